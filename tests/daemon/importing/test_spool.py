"""What was read comes out of the spool as it went in, in order of start, and leaves nothing behind."""

from contextlib import suppress
from pathlib import Path

import pytest

from hersteld.daemon.importing import spool as spool_module
from hersteld.daemon.importing.spool import Spool, Spooled
from hersteld.daemon.reading.contents import Reading
from hersteld.daemon.reading.reading_wire import reading_told
from hersteld.parsers.errors import Incomplete
from hersteld.parsers.line import Line


def reading(name: str) -> Reading:
    error = Incomplete(Line("files.incomplete", {"got": 7, "expected": 9}), expected_bytes=9, got_bytes=7)
    return Reading(name, name, 7, error)


@pytest.mark.parametrize("in_memory", [1, 2**20])
def test_readings_come_out_as_they_went_in_from_memory_or_disk(
    in_memory: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool_module, "_IN_MEMORY", in_memory)
    with Spool(tmp_path / "hersteld.db") as spool:
        places = {name: spool.put(0, *reading_told(reading(name))) for name in ("a", "bb", "c")}
        for name in ("c", "a", "bb", "a"):
            taken = spool.get(places[name])
            assert (taken.path, taken.size) == (name, 7)
            assert isinstance(taken.result, Incomplete)
            assert taken.result.line == Line("files.incomplete", {"got": 7, "expected": 9})
            assert (taken.result.expected_bytes, taken.result.got_bytes) == (9, 7)
        assert list(tmp_path.iterdir()) == [], "its file has no name"


def test_they_sort_by_start_and_what_is_no_workout_is_first() -> None:
    early, late, none = (Spooled(start_s, "x", "x", 0, 1) for start_s in (5.0, 9.0, 0.0))
    assert sorted([late, none, early]) == [none, early, late]


def test_it_is_gone_when_an_error_ends_the_block(tmp_path: Path) -> None:
    def stop() -> None:
        raise RuntimeError("stopped")

    places = []
    with suppress(RuntimeError), Spool(tmp_path / "hersteld.db") as spool:
        places.append(spool.put(0, *reading_told(reading("a"))))
        stop()
    with pytest.raises(ValueError, match="closed"):
        spool.get(places[0])
