"""Who was told the rest of a workout that is forgotten is told once what holds, as long as it matters."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.answers.answers import Answers
from hersteld.daemon.planning.telling.corrections import heard
from hersteld.daemon.store.answers.rows import Source
from hersteld.recovery.messages.draft import MessageKind
from tests.support.changes import bodies, change, told_hard
from tests.support.pipeline import NOON, Pipeline, a_file

FORGOTTEN = "That workout is forgotten, and its rest with it. Instead of what was said before:"


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path)


def test_the_only_workout_forgotten_leaves_an_athlete_who_is_ready(pipeline: Pipeline) -> None:
    told_hard(pipeline)
    change(pipeline)
    assert bodies(pipeline) == [f"{FORGOTTEN}\nYou are ready for anything."]
    pipeline.pass_time(days=5, step=timedelta(hours=3))
    assert len(pipeline.notifier.received) == 2


@pytest.mark.parametrize(
    ("athlete", "ready"),
    [
        ({"athlete__conditions": '["heart"]'}, "Your rest is over; train as you agreed with your doctor."),
        ({"athlete__birth_year": "2012"}, "Your rest is over; train as you feel."),
        ({"notify__language": '"nl"'}, "Je kunt alles weer."),
    ],
)
def test_it_is_said_with_the_athletes_care_and_in_the_athletes_language(
    athlete: dict[str, str], ready: str, tmp_path: Path
) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.configure(**athlete)
    told_hard(pipeline)
    change(pipeline)
    (body,) = bodies(pipeline)
    assert body.splitlines()[1] == ready


def test_an_earlier_rest_that_is_over_leaves_an_athlete_who_is_ready(pipeline: Pipeline) -> None:
    pipeline.put("weeks-ago.fit", a_file(NOON - timedelta(days=20)))
    pipeline.look()
    told_hard(pipeline)
    change(pipeline)
    assert bodies(pipeline) == [f"{FORGOTTEN}\nYou are ready for anything."]


def test_a_readiness_that_has_passed_is_never_corrected(pipeline: Pipeline) -> None:
    told_hard(pipeline)
    pipeline.pass_time(days=8, step=timedelta(hours=3))
    before = len(pipeline.notifier.received)
    change(pipeline)
    assert len(pipeline.notifier.received) == before


def test_a_readiness_that_passes_in_the_quiet_hours_is_not_corrected_after_them(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, notify__quiet_hours="00:00-23:00", now=NOON + timedelta(hours=11, minutes=5))
    told_hard(pipeline)
    (workout,) = pipeline.stored()
    assert workout.easy_week_until is not None, "until then the week was to be kept easy"
    pipeline.clock.move(workout.easy_week_until - timedelta(minutes=30) - pipeline.clock.now())
    change(pipeline)
    pipeline.pass_time(days=2, step=timedelta(hours=1))
    assert FORGOTTEN not in "\n".join(bodies(pipeline))


def test_who_was_told_nothing_is_told_nothing(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, "phone", "desk")
    pipeline.notifier.names = ("phone",)
    pipeline.start()
    told_hard(pipeline)
    pipeline.notifier.names = ("phone", "desk")
    pipeline.start()
    change(pipeline)
    assert [target for target, _ in pipeline.notifier.received] == ["phone", "phone"]


def test_a_correction_that_waits_follows_the_language_and_goes_with_the_undo(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, notify__quiet_hours="14:00-18:00")
    told_hard(pipeline)
    pipeline.clock.move(timedelta(hours=2))
    change(pipeline)
    pipeline.configure(notify__language='"nl"')
    (waiting,) = [row for row in pipeline.rows() if row.state == "pending"]
    assert waiting.body.endswith("\nJe kunt alles weer.")
    change(pipeline, undo=True)
    pipeline.pass_time(hours=6)
    assert not any("vergeten" in body for body in bodies(pipeline))


def test_a_rest_day_is_put_right_in_other_words_than_those_that_were_told(tmp_path: Path) -> None:
    """The ride that comes in late moves hard training from Friday 11:30 to that night, and so to Saturday morning."""
    ended_at = NOON + timedelta(hours=6)
    pipeline = Pipeline(tmp_path, now=ended_at + timedelta(minutes=1), athlete__experience="beginner")
    pipeline.put("ride.fit", a_file(ended_at, bpm=170, sport="cycling"))
    pipeline.look()
    pipeline.put("earlier.fit", a_file(ended_at - timedelta(hours=3), bpm=150, sport="cycling"))
    pipeline.look()
    told, correction = (message.body.splitlines() for _, message in pipeline.notifier.received)
    assert told[0] == "Keep tomorrow free, train again on Friday."
    assert correction[1] == "Keep tomorrow free, train easily again on Friday."


SAID = {
    "en": ("Your rating of the swim of Wednesday 6 May, ", "is 10 of 10, and that changes your rest."),
    "nl": (
        "Jouw cijfer voor de training van woensdag 6 mei, ",
        "(zwemtraining) is 10 van 10, en dat verandert je rust.",
    ),
}


def tapping(folder: Path, language: str = "en") -> Pipeline:
    """Return a service that has told of a swim and of a run after it, both without a heart rate."""
    pipeline = Pipeline(folder, now=NOON - timedelta(hours=4), notify__language=language)
    for name, ended_at, sport in (("a.fit", NOON - timedelta(hours=4), "swimming"), ("b.fit", NOON, "running")):
        pipeline.clock.move(max(timedelta(0), ended_at + timedelta(minutes=5) - pipeline.clock.now()))
        pipeline.put(name, a_file(ended_at, minutes=60, bpm=None, sport=sport))
        pipeline.look()
    return pipeline


def answers(pipeline: Pipeline) -> Answers:
    return Answers(pipeline.store, pipeline.settings, pipeline.clock)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_workout_and_the_rating_are_named(language: str, tmp_path: Path) -> None:
    pipeline = tapping(tmp_path, language)
    said = answers(pipeline)
    said.rate(pipeline.stored()[0], 10, Source.NTFY)
    pipeline.look()
    (told,) = [row.body for row in pipeline.rows() if row.kind is MessageKind.CORRECTION]
    assert all(part in told for part in SAID[language])
    pipeline.store.close()


def test_only_the_last_thing_that_was_said_is_named(tmp_path: Path) -> None:
    pipeline = tapping(tmp_path)
    assert heard(pipeline.store) is None
    said, (swim, run) = answers(pipeline), pipeline.stored()
    said.rate(swim, 6, Source.NTFY)
    pipeline.clock.move(timedelta(seconds=1))
    said.rate(run, 8, Source.DESKTOP)
    line = heard(pipeline.store)
    assert line is not None
    assert (line.values["sport"], line.values["rpe"]) == ("running", 8)
    pipeline.clock.move(timedelta(seconds=1))
    said.unrate(run)
    assert heard(pipeline.store) is None, "a rating that was taken back is not why"
    pipeline.clock.move(timedelta(seconds=1))
    said.rate(swim, 7, Source.NTFY)
    pipeline.clock.move(timedelta(seconds=1))
    said.feel(12, Source.COMMAND)
    assert heard(pipeline.store) is None
