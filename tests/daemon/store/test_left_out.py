"""What is left out is counted once, whatever becomes of the file that held it."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.files import FileRow, add_file
from hersteld.daemon.store.left_out import Contents, LeftOut, count_left_out, left_out_line, remember_left_out
from hersteld.parsers.format.foreign import Kind, named
from hersteld.parsers.line import Line

NOW = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)


def contents(sha256: str | None = None, **files: int) -> Contents:
    kinds: Counter[Kind] = Counter(files)  # type: ignore[arg-type]
    return Contents(sha256, kinds)


def test_an_archive_that_is_read_again_is_counted_as_it_is_now(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        remember_left_out(store, {"export.zip": contents(gpx=4, other=1), "walk.tcx": contents(tcx=1)}, now=NOW)
        remember_left_out(store, {"export.zip": contents(gpx=5)}, now=NOW)
        assert count_left_out(store) == LeftOut(gpx=5, tcx=1, other=0)
        remember_left_out(store, {"export.zip": contents()}, now=NOW)
        assert count_left_out(store) == LeftOut(tcx=1)


def test_a_copy_under_another_name_counts_once_and_what_is_gone_does_not_count(tmp_path: Path) -> None:
    places = [tmp_path / "export.zip", tmp_path / "export (1).zip"]
    for place in places:
        place.touch()
    with Store(tmp_path / "a.db") as store:
        remember_left_out(store, {str(place): contents("5a", gpx=4, tcx=2) for place in places}, now=NOW)
        assert count_left_out(store) == LeftOut(gpx=4, tcx=2)
        places[0].unlink()
        assert count_left_out(store) == LeftOut(gpx=4, tcx=2)
        places[1].unlink()
        assert count_left_out(store) == LeftOut()


def test_a_rejected_track_in_an_archive_counts_while_the_archive_is_there(tmp_path: Path) -> None:
    archive = tmp_path / "export.zip"
    archive.touch()
    with Store(tmp_path / "a.db") as store:
        add_file(store, FileRow("1", f"{archive}/a/walk.fit", 9, "rejected", named(b"<gpx>"), NOW))
        assert count_left_out(store) == LeftOut(gpx=1)
        archive.unlink()
        assert count_left_out(store) == LeftOut()


def test_a_track_that_was_rejected_by_its_own_name_counts_as_well(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        for number, content in enumerate((b"<gpx>", b"<kml>", b"<html>")):
            reason = named(content)
            add_file(store, FileRow(str(number), f"{number}.gpx.gz", 9, "rejected", reason, NOW))
        # The reason of an early release, which was no data yet, does not disturb the count.
        store.db.execute("UPDATE files SET reason = 'This is a web page.' WHERE sha256 = '2'")
        assert count_left_out(store) == LeftOut(gpx=1, tcx=0, other=1)


def test_only_activities_are_said_to_be_lacking() -> None:
    assert LeftOut(gpx=1, tcx=2, other=9).activities == 3
    assert left_out_line(LeftOut(gpx=1, tcx=2)) == Line("files.left_out", {"count": 3})
    assert left_out_line(LeftOut(tcx=1)) == Line("files.left_out_one", {"count": 1})
