"""The object of a file has every key, also where there is nothing to say, and only what JSON knows."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.views.plan_file import FitFile, PlannedFile, Planning, plan_fit
from hersteld.daemon.views.plan_json import planned_json
from hersteld.parsers.line import Line
from tests.support.command_line import AMSTERDAM, settings_in
from tests.support.pipeline import NOON, a_file

RUN = a_file(NOON, minutes=50, bpm=172)


@pytest.fixture
def planning(tmp_path: Path) -> Planning:
    return Planning(settings_in(tmp_path), load_texts("nl"), AMSTERDAM)


def as_json(planned: PlannedFile, planning: Planning, *, with_samples: bool = False) -> dict[str, Any]:
    found = planned_json(planned, planning.settings.rules, planning.texts, planning.zone, with_samples=with_samples)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    return found


def planned(planning: Planning, content: bytes = RUN) -> PlannedFile:
    return plan_fit(FitFile("/in/run.fit", content, has_grown=False), planning)


def test_a_workout_and_a_bad_file_have_the_same_keys(planning: Planning) -> None:
    run, bad = as_json(planned(planning), planning), as_json(planned(planning, b"a text"), planning)
    assert list(run) == list(bad)
    assert (run["status"], run["reason"], run["reason_id"], run["reason_values"]) == ("workout", None, None, None)
    assert (bad["status"], bad["workout"], bad["load"], bad["assessment"]) == ("rejected", None, None, None)
    assert (bad["plan"], bad["messages"]) == ([], [])
    assert run["sha256"] == sha256(RUN).hexdigest()


def test_a_reason_is_in_english_for_people_and_named_for_programs(planning: Planning) -> None:
    bad = as_json(planned(planning, b"a text"), planning)
    assert bad["reason"] == "This is a text file, not a FIT file."
    assert (bad["reason_id"], bad["reason_values"]) == ("files.foreign", {"kind": "text"})
    gone = PlannedFile("/in/x", None, "rejected", Line("files.unreadable", {"why": (Line("reasons.not_there"),)}))
    assert as_json(gone, planning)["reason_values"] == {"why": [{"id": "reasons.not_there", "values": {}}]}


def test_advice_is_in_the_language_of_the_user_with_its_numbers_beside_it(planning: Planning) -> None:
    plan = as_json(planned(planning), planning)["plan"]
    rest = next(advice for advice in plan if advice["key"] == "rest")
    assert rest["text"] == "Neem morgen een rustdag en train vrijdag weer."
    assert rest["due_at"].endswith("Z")
    assert all(set(reason) == {"name", "value", "unit", "kind", "source"} for reason in rest["reasons"])


def test_samples_come_only_when_asked_for_and_a_missing_one_is_null(planning: Planning) -> None:
    run = planned(planning)
    assert "samples" not in as_json(run, planning)["workout"]
    samples = as_json(run, planning, with_samples=True)["workout"]["samples"]
    assert run.workout is not None
    assert len(samples["time_s"]) == len(samples["heart_rate_bpm"]) == run.workout.records
    assert samples["power_w"] is None
    assert run.workout.samples.heart_rate_bpm is not None
    run.workout.samples.heart_rate_bpm[3] = float("nan")
    after = as_json(run, planning, with_samples=True)["workout"]["samples"]["heart_rate_bpm"]
    assert (after[3], after[4]) == (None, samples["heart_rate_bpm"][4])
