"""What is held up in the watched folders is known to other processes, as it was at the last look."""

import os
from datetime import timedelta
from pathlib import Path

from hersteld.daemon.database.connection import Store
from hersteld.daemon.inbox.held_up import read_held_up, write_held_up
from hersteld.parsers.line import Line
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
    assert read_held_up(pipeline.store) == {str(path): None}
    path.write_bytes(content)
    os.utime(path, ((NOON - timedelta(hours=1)).timestamp(),) * 2)
    pipeline.pass_time(minutes=2, step=timedelta(seconds=30))
    assert pipeline.statuses() == {"half.fit": "workout"}
    assert read_held_up(pipeline.store) == {}
