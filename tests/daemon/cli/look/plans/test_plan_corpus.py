"""`hersteld plan --json --samples` over every real file at once: no traceback, and what independent decoders agree on.

Where a file differs from its expectation, the tables of `tests.parsers.scenarios.test_corpus` say why.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fitparse import FitFile

from tests.parsers.scenarios.test_corpus import CONTRADICTED, ROUNDING_S, SALVAGED_RECORDS, beating, excepted
from tests.support.command_line import PATIENCE_S, environment_in
from tests.support.fit.corpus import Row, corpus_bytes, corpus_folder, expected_rows, needs_corpus

pytestmark = needs_corpus

ROWS = expected_rows()
MONITORING_HR_DATA, CURRENT_DAY = "unknown_211", 1
"""How fitparse, whose profile is older than they are, calls the message, and the field of the resting heart rate."""
Planned = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """What came out, by path: all files in one call."""
    folder = corpus_folder()
    assert folder is not None
    home = tmp_path_factory.mktemp("home")
    result = subprocess.run(
        [sys.executable, "-m", "hersteld", "plan", "--json", "--samples", *(row["path"] for row in ROWS)],
        capture_output=True,
        text=True,
        env=environment_in(home),
        cwd=folder,
        timeout=PATIENCE_S,
        check=False,
    )
    assert result.stderr == ""
    assert result.returncode == 65  # some are no FIT files
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["path"] for one in found] == [row["path"] for row in ROWS]
    return {one["path"]: one for one in found}


def expected_status(row: Row) -> str:
    if row["condition"] == "not_fit":
        return "rejected"
    if row["condition"] == "damaged":
        return "workout" if Path(row["path"]).name in SALVAGED_RECORDS else "rejected"
    return {"activity": "workout", "weight": "scale"}.get(str(row["file_type"]), "ignored")


def resting_heart_rates() -> dict[str, list[int]]:
    """Return what fitparse reads as the resting heart rates of the day in files that are no activity, by path."""
    found = {}
    for row in ROWS:
        if row["file_type"] == "monitoring_b" and row["condition"] == "intact":
            messages = FitFile(corpus_bytes(row["path"])).get_messages(MONITORING_HR_DATA)
            told = [field for message in messages for field in message.fields if field.def_num == CURRENT_DAY]
            found[row["path"]] = [field.raw_value for field in told if field.raw_value is not None]
    return {path: values for path, values in found.items() if values}


def test_every_file_becomes_what_it_is(planned: Planned) -> None:
    nights = resting_heart_rates()
    assert len(nights) == 13
    expected = {row["path"]: "night" if row["path"] in nights else expected_status(row) for row in ROWS}
    assert {path: one["status"] for path, one in planned.items()} == expected


def test_the_resting_heart_rate_of_a_day_is_the_last_that_another_decoder_reads(planned: Planned) -> None:
    nights = {path: one["nights"] for path, one in planned.items() if one["nights"]}
    assert {path: last["resting_hr_bpm"] for path, (*_, last) in nights.items()} == {
        path: values[-1] for path, values in resting_heart_rates().items()
    }


def test_a_reason_is_there_exactly_when_there_is_no_workout(planned: Planned) -> None:
    for path, one in planned.items():
        assert (one["reason"] is None) == (one["status"] == "workout"), path
        assert (one["workout"] is None) == (one["status"] != "workout"), path


def test_only_what_was_damaged_is_salvaged(planned: Planned) -> None:
    salvaged = {path for path, one in planned.items() if one["workout"] and one["workout"]["salvaged"]}
    assert {Path(path).name for path in salvaged} == set(SALVAGED_RECORDS)


def test_records_heart_rates_and_powers_are_those_the_references_agree_on(planned: Planned) -> None:
    differing = {}
    for row in activities():
        workout = planned[row["path"]]["workout"]
        samples = workout["samples"]
        agreed = {
            "records": workout["records"] == row["records"] == len(samples["time_s"]),
            "heart_rate": agrees(samples["heart_rate_bpm"], beating(row)),
            "power": agrees(samples["power_w"], row["power"]),
        }
        wrong = {quantity for quantity, same in agreed.items() if not same}
        if wrong != {quantity for quantity in agreed if excepted(row["path"], quantity)}:
            differing[row["path"]] = wrong
    assert differing == {}


def test_sessions_are_those_of_the_reference(planned: Planned) -> None:
    for row in activities():
        workout = planned[row["path"]]["workout"]
        told = sorted(row["sessions"], key=lambda one: str(one["start_time"]))
        if not told:  # none in the file: one is derived
            assert len(workout["sessions"]) == 1, row["path"]
            continue
        if Path(row["path"]).name in CONTRADICTED:
            continue
        assert workout["started_at"] == told[0]["start_time"], row["path"]
        for ours, theirs in zip(workout["sessions"], told, strict=True):
            assert ours["started_at"] == theirs["start_time"], row["path"]
            assert ours["sport"] == theirs.get("sport", "generic"), row["path"]
            timer_s = theirs.get("total_timer_time", ours["timer_s"])
            elapsed_s = max(theirs["total_elapsed_time"], timer_s)
            assert elapsed_s - ROUNDING_S <= ours["elapsed_s"] <= elapsed_s + 1e-6, row["path"]
            assert timer_s - ROUNDING_S <= ours["timer_s"] <= timer_s + 1e-6, row["path"]


def test_every_plan_holds_together(planned: Planned) -> None:
    for path, one in planned.items():
        assert all(advice["due_at"] < advice["expires_at"] for advice in one["plan"]), path
        assert all(advice["text"] for advice in one["plan"]), path
        assert all(message["due_at"] < message["expires_at"] for message in one["messages"]), path
        assert all(0 < len(message["body"]) <= 600 for message in one["messages"]), path
        if one["status"] == "workout":
            assert one["load"]["value"] >= 0, path
            assert 0 <= one["workout"]["hr_coverage"] <= 1, path
            assert 0 <= one["assessment"]["recovery_h"] <= 96, path


def activities() -> list[Row]:
    return [row for row in ROWS if row["condition"] == "intact" and row["file_type"] == "activity"]


def agrees(column: list[float | None] | None, *expected: list[float] | None) -> bool:
    """Whether number and sum are one of those expected; no agreement among the references is no expectation."""
    values = [value for value in column or [] if value is not None]
    return None in expected or any(
        one is not None and len(values) == one[0] and sum(values) == pytest.approx(one[1], rel=1e-9, abs=1e-6)
        for one in expected
    )
