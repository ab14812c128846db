"""Whoever weighed before a workout is asked for the weight after it where that would change what they are told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.answers.weighing import Values, Weighing
from hersteld.daemon.replies.asking import MOST_UNANSWERED
from hersteld.daemon.store.answers.rows import Kind, Source, add_answer
from hersteld.daemon.system.clock import ManualClock
from tests.daemon.replies.test_asking import QUESTION, WEIGHTS, Asked
from tests.support.pipeline import NOON, a_file

ASKS = "Your weight now, before you drink? hersteld weigh --after"
NEAR_MIN, FAR_MIN = 60, 120
"""Minutes of running that take 0.8 l and 1.2 l of somebody of 72 kg, whose timetable begins at 0.72 l."""


class Weighed(Asked):
    """An athlete of 72 kg who steps on the scales before a run."""

    def run(self, minutes: int = NEAR_MIN, *, late: timedelta = timedelta(minutes=5), bpm: float | None = 165) -> None:
        """Let a run come in that has ended some time ago."""
        sport, sub_sport = ("running", "generic") if bpm else WEIGHTS
        ended_at = self.clock.now() - late
        self.put(f"{ended_at:%d%H%M}.fit", a_file(ended_at, minutes=minutes, bpm=bpm, sport=sport, sub_sport=sub_sport))
        self.look()

    def weigh(self, values: Values, *, ago_min: float) -> None:
        clock = ManualClock(self.clock.now() - timedelta(minutes=ago_min))
        weighing = Weighing(self.store, self.settings, clock)
        weighing.take(weighing.intend(values, None), Source.COMMAND)

    def weight_asks(self, target: str = "phone") -> int:
        return sum(ASKS in message.body for message in self.messages(target))


@pytest.fixture
def weighed(tmp_path: Path) -> Iterator[Weighed]:
    weighed = Weighed(tmp_path, athlete__mass_kg="72", athlete__birth_year="1986")
    yield weighed
    weighed.store.close()


def test_the_line_names_the_command_for_every_target_and_no_buttons(weighed: Weighed) -> None:
    weighed.weigh({"mass_kg": 72.4}, ago_min=NEAR_MIN + 15)
    weighed.run()
    for target in ("phone", "screen", "mail"):
        (message,) = weighed.messages(target)
        assert f"{ASKS} 71.6" in message.body
        assert (message.actions, message.choices) == ("", ())


def test_in_dutch_as_well(tmp_path: Path) -> None:
    weighed = Weighed(tmp_path, athlete__mass_kg="72", athlete__max_hr="190", notify__language="nl")
    weighed.weigh({"mass_kg": 72.4}, ago_min=NEAR_MIN + 15)
    weighed.run()
    assert "Je gewicht nu, voordat je drinkt? hersteld weigh --after 71.6" in weighed.messages("phone")[0].body
    weighed.store.close()


@pytest.mark.parametrize(
    ("minutes", "is_asked"),
    [(35, False), (NEAR_MIN, True), (FAR_MIN, False), (250, True)],
    ids=["little is lost", "near the timetable", "far beyond it", "so long that no volume is named without scales"],
)
def test_it_is_asked_near_where_other_advice_begins(weighed: Weighed, minutes: int, *, is_asked: bool) -> None:
    weighed.weigh({"mass_kg": 72.4}, ago_min=minutes + 15)
    weighed.run(minutes)
    assert weighed.messages("phone")
    assert bool(weighed.weight_asks()) == is_asked


@pytest.mark.parametrize(
    "given",
    [{}, {"drunk_ml": 500.0}, {"before_kg": 72.4, "after_kg": 71.7}],
    ids=["nothing", "what was drunk alone", "both weights"],
)
def test_without_a_weight_before_or_with_both_nothing_is_asked(weighed: Weighed, given: Values) -> None:
    if given:
        weighed.weigh(given, ago_min=15)
    weighed.run()
    assert weighed.messages("phone")
    assert weighed.weight_asks() == 0


def test_a_reading_of_a_scale_before_the_workout_is_enough(weighed: Weighed) -> None:
    at = weighed.clock.now() - timedelta(minutes=NEAR_MIN + 20)
    add_answer(weighed.store, Kind.WEIGHTS, {"mass_kg": 72.4}, source=Source.FILE, workout_id=None, at=at, now=at)
    weighed.run()
    assert weighed.weight_asks() == 1


def test_of_a_rating_and_a_weight_the_rating_is_asked(weighed: Weighed) -> None:
    weighed.weigh({"mass_kg": 72.4}, ago_min=NEAR_MIN + 15)
    weighed.run(bpm=None)
    (message,) = weighed.messages("phone")
    assert QUESTION in message.body
    assert ASKS not in message.body


def test_an_hour_after_the_end_the_scales_tell_nothing_more(weighed: Weighed) -> None:
    weighed.weigh({"mass_kg": 72.4}, ago_min=NEAR_MIN + 80)
    weighed.run(late=timedelta(minutes=70))
    assert weighed.messages("phone")
    assert weighed.weight_asks() == 0


@pytest.mark.parametrize(
    "who",
    [{"athlete__conditions": '["eating_disorder"]'}, {"athlete__conditions": '["heart"]'}, {"birth_year": "2012"}],
)
def test_who_is_named_no_volumes_is_not_asked_to_weigh(tmp_path: Path, who: dict[str, str]) -> None:
    born = who.get("birth_year", "1986")
    others = {key: value for key, value in who.items() if key != "birth_year"}
    weighed = Weighed(tmp_path, athlete__mass_kg="72", athlete__birth_year=born, **others)
    weighed.weigh({"mass_kg": 72.4}, ago_min=NEAR_MIN + 15)
    weighed.run()
    assert weighed.messages("phone")
    assert weighed.weight_asks() == 0
    weighed.store.close()


def test_three_unanswered_weights_end_the_asking_until_one_is_told(weighed: Weighed) -> None:
    for _ in range(5):
        weighed.weigh({"mass_kg": 72.4}, ago_min=NEAR_MIN + 15)
        weighed.run()
        weighed.clock.move(timedelta(days=4))
    assert weighed.weight_asks() == MOST_UNANSWERED
    weighed.weigh({"mass_kg": 72.4}, ago_min=NEAR_MIN + 15)
    weighed.run()
    weighed.weigh({"mass_kg": 71.7}, ago_min=0)
    weighed.clock.move(timedelta(days=4))
    weighed.weigh({"mass_kg": 72.4}, ago_min=NEAR_MIN + 15)
    weighed.run()
    assert weighed.weight_asks() == MOST_UNANSWERED + 1


def test_the_answer_changes_the_advice(weighed: Weighed) -> None:
    weighed.weigh({"mass_kg": 72.4}, ago_min=NEAR_MIN + 15)
    weighed.run()
    workout = weighed.stored()[-1]
    assert weighed.workouts.recovery(workout.id).to_drink_ml > 1000
    weighed.weigh({"after_kg": 71.8}, ago_min=0)
    weighed.look()
    advice = [one.id for one in weighed.workouts.recovery(workout.id).plan if one.key == "hydration"]
    assert advice == ["drink_with_meal"]
    assert workout.ended_at == NOON
