"""What is held up in the watched folders is known to other processes, as it was at the last look."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hersteld.daemon.database.connection import Store
from hersteld.daemon.inbox.held_up import read_held_up, write_held_up
from hersteld.daemon.inbox.settling import JUST_CHANGED
from hersteld.parsers.line import Line
from tests.support.command_line import call
from tests.support.pipeline import NOON, Pipeline, a_file


def test_the_last_look_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        write_held_up(store, {"a.fit": None, "b.fit": Line("system.closed")})
        assert read_held_up(store) == {"a.fit": None, "b.fit": Line("system.closed")}
        write_held_up(store, {})
        assert read_held_up(store) == {}


def test_a_file_that_is_still_being_written_is_held_up_until_it_is_whole(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    content = a_file(NOON, minutes=30)
    path = pipeline.put("half.fit", content[: len(content) // 2])
    pipeline.look()
    part = Line("inbox.why_only_a_part", {"path": str(path), "hours": 24})
    assert read_held_up(pipeline.store) == {str(path): part}
    waits = "only a part of it is here; the rest is waited for, until nothing came for 24 hours"
    assert f"{path}   {waits}" in call("status", home=tmp_path).stdout
    (told,) = json.loads(call("status", "--json", home=tmp_path).stdout)["held_up"]
    assert (told["reason"], told["reason_id"]) == (waits, "inbox.why_only_a_part")
    path.write_bytes(content)
    os.utime(path, ((NOON - timedelta(hours=1)).timestamp(),) * 2)
    pipeline.pass_time(minutes=2, step=timedelta(seconds=30))
    assert pipeline.statuses() == {"half.fit": "workout"}
    assert read_held_up(pipeline.store) == {}


def test_a_file_that_is_damaged_is_said_to_be_waited_for_as_that(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    content = bytearray(a_file(NOON, minutes=30))
    content[len(content) // 2] ^= 0xFF
    path = pipeline.put("odd.fit", bytes(content))
    pipeline.look()
    assert read_held_up(pipeline.store) == {str(path): Line("inbox.why_damaged", {"path": str(path), "seconds": 30})}


def test_a_whole_file_that_was_changed_a_moment_ago_is_said_to_be_waited_for_as_that(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=datetime.now(UTC))
    path = pipeline.put("whole.fit", a_file(NOON, minutes=30))
    os.utime(path)
    pipeline.look()
    assert pipeline.statuses() == {"whole.fit": "workout"}
    assert read_held_up(pipeline.store) == {str(path): JUST_CHANGED}
