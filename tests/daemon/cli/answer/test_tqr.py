"""`tqr` is a sign of overload once some weeks of answers are known."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Kind, Source, Value, add_answer
from hersteld.daemon.system.paths import database_path
from tests.support.command_line import call, environment_in, take_in
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)


def test_answers_of_some_weeks_are_compared_with_what_is_usual(tmp_path: Path) -> None:
    files = [(f"{days}.fit", a_file(NOW - timedelta(days=days, hours=1))) for days in (40, 0)]
    take_in(tmp_path, files, now=NOW)
    with Store(database_path(environment_in(tmp_path)), create=False) as store:
        for back in range(1, 68):
            at = NOW - timedelta(days=back)
            values: dict[str, Value] = {"tqr": 9.0 if back < 7 else 16.0, "day": at.date().isoformat()}
            add_answer(store, Kind.TQR, values, source=Source.COMMAND, workout_id=None, at=at, now=at)
    assert call("tqr", "9", home=tmp_path).exit_code == 0
    signals = json.loads(call("history", "--json", home=tmp_path).stdout)["overload"]["signals"]
    (felt,) = [one for one in signals if one["id"] == "tqr"]
    assert (felt["value"], felt["is_over"]) == (pytest.approx(9), True)
