"""Why the rest is longer or shorter than the workouts ask for, in both languages, by `status`, `explain` and JSON."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.config.languages import Language
from hersteld.daemon.cli.look.status import _night
from hersteld.daemon.views.explained import from_store
from hersteld.daemon.views.plan_json import recovery_json
from hersteld.daemon.views.status import how_things_stand, status_json
from hersteld.daemon.words.nights import moved_line
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.nights.verdict import NightVerdict
from tests.daemon.planning.test_nights import GOOD, MORNING, POOR, a_pipeline, wake
from tests.support.command_line import settings_in
from tests.support.nights.stored import nights_come
from tests.support.nights.usual import a_night

VERDICT = NightVerdict(MORNING, datetime(2026, 5, 7, 7, tzinfo=UTC), 6, ("rmssd_low",), 30, 50)


@pytest.mark.parametrize(
    ("language", "hours", "said"),
    [
        ("en", 6, "So your rest lasts up to 6 h longer than your workouts alone ask for."),
        ("en", -6, "So your rest is up to 6 h shorter than your workouts alone ask for."),
        ("nl", 12, "Daarom duurt je rust tot 12 uur langer dan je trainingen alleen vragen."),
        ("nl", -6, "Daarom is je rust tot 6 uur korter dan je trainingen alleen vragen."),
    ],
)
def test_what_a_night_makes_of_the_rest_is_said(tmp_path: Path, language: Language, hours: float, said: str) -> None:
    voice = Voice(replace(settings_in(tmp_path).notify, language=language), UTC)
    assert voice.line(moved_line(replace(VERDICT, hours=hours))).endswith(said)


@pytest.mark.parametrize("measured", [POOR, GOOD])
def test_status_and_explain_say_what_moved_the_readiness(tmp_path: Path, measured: tuple[float, float]) -> None:
    pipeline = a_pipeline(tmp_path)
    wake(pipeline)
    nights_come(pipeline, a_night(MORNING, *measured))
    stand = how_things_stand(pipeline.database, pipeline.settings, pipeline.clock.now())
    voice = Voice(pipeline.settings.notify, UTC)
    assert stand.last is not None
    assert stand.night is not None
    assert _night(voice, pipeline.settings, stand.last, stand) == [voice.line(moved_line(stand.night))]
    careful = replace(pipeline.settings, athlete=replace(pipeline.settings.athlete, conditions=frozenset({"heart"})))
    assert _night(voice, careful, stand.last, stand) == []
    long_after = replace(stand, now=stand.now + timedelta(days=3))
    assert _night(voice, pipeline.settings, stand.last, long_after) == []
    told = status_json(stand)["night"]
    assert (told["day"], told["rmssd_ms"], round(told["usual_resting_hr_bpm"])) == ("2026-05-07", measured[0], 50)
    explained = from_store(pipeline.store, None, pipeline.settings, pipeline.clock)
    assert explained.recovery.assessment.night == stand.night
    assessment = recovery_json(explained.recovery, voice.texts, UTC)["assessment"]
    assert json.loads(json.dumps(assessment["night"])) == told
    names = {reason.name for reason in explained.recovery.assessment.reasons}
    assert {"rmssd_ms", "usual_rmssd_ms", "night_resting_hr_bpm", "usual_resting_hr_bpm"} <= names
