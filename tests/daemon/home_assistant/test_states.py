"""What Home Assistant shows is what `hersteld status` and `hersteld history` say at the same moment."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hersteld.daemon.cli.readiness import readiness_said
from hersteld.daemon.home_assistant.states import States, health_payload, read_states
from hersteld.daemon.views.status import how_things_stand
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.load.trends import daily_loads, trend
from hersteld.recovery.occasions.told_moments import ToldMoments
from tests.support.pipeline import NOON, Pipeline, a_file

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Athlete(Pipeline):
    """Somebody in Amsterdam."""

    zone = AMSTERDAM

    def states(self) -> States:
        return read_states(self.store, self.settings, self.clock.now(), AMSTERDAM)

    def shown(self) -> dict[str, Any]:
        """Return what Home Assistant makes of the message."""
        found: dict[str, Any] = json.loads(self.states().payload(self.clock.now()))
        for name in ("ready_at", "easy_from"):
            found[name] = None if found[name] is None else datetime.fromisoformat(found[name])
        return found

    def status(self) -> str:
        stand = how_things_stand(self.database, self.settings, self.clock.now())
        if stand.last is None:
            return ""
        voice = self.voice()
        return readiness_said(voice, self.settings, stand.last, stand.now, stand.rest_day_until, adult=stand.adult)

    def voice(self) -> Voice:
        return Voice(self.settings.notify, AMSTERDAM)

    def said(self, form: str, moment: datetime | None) -> str:
        """Return a moment as it is said in a sentence."""
        return "" if moment is None else self.voice().say(form, at=moment)


HARD, VERY_HARD = a_file(), a_file(minutes=150, bpm=178)
MODERATE = a_file(minutes=80, bpm=150)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(
    ("content", "overrides"),
    [
        (HARD, {}),
        (VERY_HARD, {}),
        (HARD, {"athlete__conditions": '["pregnancy"]'}),
        (HARD, {"athlete__birth_year": "2013"}),
        (VERY_HARD, {"athlete__experience": "elite"}),
        (VERY_HARD, {"athlete__experience": "beginner"}),
        (MODERATE, {}),
    ],
)
def test_told_is_status_is_sensor(content: bytes, overrides: dict[str, str], language: str, tmp_path: Path) -> None:
    """Each moment that a sensor shows and that is still to come is in the sentence, and no other one."""
    athlete = Athlete(tmp_path, notify__language=language)
    athlete.configure(**overrides)
    athlete.put("run.fit", content)
    athlete.look()
    for _ in range(30):
        shown, sentence, now = athlete.shown(), athlete.status(), athlete.clock.now()
        to_come = {moment for moment in (shown["ready_at"], shown["easy_from"]) if moment is not None and moment > now}
        for moment in to_come:
            assert athlete.said("when", moment) in sentence
        assert sentence.count(":") == len(to_come), sentence
        athlete.clock.move(timedelta(hours=4))
        athlete.look()
    assert to_come == set()


@pytest.mark.parametrize("change", [{}, {"athlete__experience": "elite"}, {"athlete__max_hr": "215"}])
def test_what_a_message_has_told_is_what_the_sensors_show_also_after_a_change(
    change: dict[str, str], tmp_path: Path
) -> None:
    athlete = Athlete(tmp_path)
    athlete.put("run.fit", HARD)
    athlete.look()
    if change:
        athlete.configure(**change)
        athlete.pass_time(minutes=20)
    told = [row for row in athlete.rows() if row.told_ready_at is not None and row.state == "sent"]
    assert len(told) == 1 + bool(change)
    shown = athlete.shown()
    assert (shown["easy_from"], shown["ready_at"]) == (told[-1].told_easy_from, told[-1].told_ready_at)


@pytest.mark.parametrize("content", [HARD, MODERATE])
def test_where_a_beginner_is_told_a_day_that_day_is_shown_from_its_midnight_on(content: bytes, tmp_path: Path) -> None:
    athlete = Athlete(tmp_path, athlete__experience="beginner")
    athlete.put("run.fit", content)
    athlete.look()
    shown, sentence = athlete.shown(), athlete.status()
    assert sentence.startswith("Rest until ")
    midnight = shown["easy_from"].astimezone(AMSTERDAM)
    assert (midnight.hour, midnight.minute) == (0, 0)
    assert f"{midnight:%A}" in sentence
    assert shown["ready_at"] in (shown["easy_from"], None)
    athlete.clock.move(shown["easy_from"] - athlete.clock.now())
    assert not athlete.status().startswith("Rest until ")
    assert athlete.shown()["hours_left"] == 0


def test_without_any_workout_nothing_is_known_and_nothing_was_done(tmp_path: Path) -> None:
    shown = Athlete(tmp_path).shown()
    assert shown.pop("load_today") == 0
    assert set(shown.values()) == {None}


@pytest.mark.parametrize(("language", "what"), [("en", "Hard run, 1 h"), ("nl", "Zware")])
def test_the_last_workout_is_that_of_status(language: str, what: str, tmp_path: Path) -> None:
    athlete = Athlete(tmp_path, notify__language=language)
    athlete.put("run.fit", HARD)
    athlete.look()
    shown = athlete.shown()
    (stored,) = athlete.stored()
    assert shown["last_workout"].startswith(what)
    assert shown["last_workout_load"] == shown["load_today"] == round(stored.load)


def test_the_load_of_today_ends_with_the_day_where_the_athlete_lives(tmp_path: Path) -> None:
    athlete = Athlete(tmp_path)
    athlete.put("run.fit", HARD)
    athlete.look()
    before_midnight = datetime(2026, 5, 6, 21, 59, tzinfo=UTC)
    athlete.clock.move(before_midnight - athlete.clock.now())
    assert athlete.shown()["load_today"] > 0
    athlete.clock.move(timedelta(minutes=1))
    shown = athlete.shown()
    assert shown["load_today"] == 0
    assert shown["last_workout_load"] > 0


def test_the_trend_is_that_of_history_and_unknown_before_it_means_anything(tmp_path: Path) -> None:
    athlete = Athlete(tmp_path)
    for days in range(40, -1, -3):
        athlete.put(f"{days}.fit", a_file(NOON - timedelta(days=days), minutes=40 + days))
        athlete.look()
        athlete.pass_time(minutes=20)
        past = athlete.workouts.history(athlete.clock.now() + timedelta(days=1)).workouts
        today = trend(
            daily_loads(past, athlete.clock.now().astimezone(AMSTERDAM).date(), AMSTERDAM), athlete.settings.rules.rest
        )
        states = athlete.states()
        if today.days < athlete.settings.rules.rest.history_days:
            assert (states.ctl, states.atl, states.tsb) == (None, None, None)
        else:
            assert (states.ctl, states.atl, states.tsb) == (today.ctl, today.atl, today.tsb)
    assert states.ctl is not None


def test_hours_are_left_until_the_moment_and_no_longer(tmp_path: Path) -> None:
    athlete = Athlete(tmp_path)
    athlete.put("run.fit", HARD)
    athlete.look()
    ready_at = athlete.shown()["ready_at"]
    athlete.clock.move(ready_at - athlete.clock.now() - timedelta(seconds=1))
    assert athlete.shown()["hours_left"] == 1
    athlete.clock.move(timedelta(seconds=1))
    assert athlete.shown()["hours_left"] == 0
    assert athlete.status() == "You are ready for hard training."


def test_numbers_are_rounded_as_a_person_would_say_them() -> None:
    told = json.loads(States(ToldMoments(), "Run", 50.51, 0.2, 40.04, 40.06, -0.02).payload(NOON))
    assert (told["last_workout_load"], told["load_today"], told["ctl"], told["atl"]) == (51, 0, 40.0, 40.1)
    assert str(told["tsb"]) == "0.0"


def test_the_health_of_the_service_is_a_word_and_no_more() -> None:
    assert json.loads(health_payload(None)) == {"problem": "OFF", "attributes": {"trouble": None}}
    assert json.loads(health_payload("folder_missing")) == {
        "problem": "ON",
        "attributes": {"trouble": "folder_missing"},
    }
