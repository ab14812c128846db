"""A file that is cut off is imported as it is, unless it may be being copied this minute."""

import os
import zipfile
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.workouts import Workouts
from tests.daemon.importing.test_importer import DAY, NOW, take_history
from tests.support.pipeline import NOON, a_file
from tests.support.sentences import sentence


def test_a_file_cut_off_years_ago_is_salvaged_and_one_that_may_be_growing_is_left_to_grow(tmp_path: Path) -> None:
    long_ago, today = a_file(NOON - 500 * DAY), a_file(NOW - timedelta(hours=1))
    write_at(NOW - timedelta(seconds=1), tmp_path / "then.fit", long_ago[: len(long_ago) // 2])
    write_at(NOW - timedelta(seconds=1), tmp_path / "now.fit", today[: len(today) // 2])
    database = tmp_path / "state" / "hersteld.db"
    summary = take_history(database, tmp_path)
    assert summary.workouts == 1
    assert [Path(path).name for path, _ in summary.unread] == ["now.fit"]
    write_at(NOW, tmp_path / "now.fit", today)
    assert take_history(database, tmp_path).workouts == 1
    with Store(database) as store:
        assert [one.salvaged for one in Workouts(store).newest(5)] == [False, True]


def test_what_is_cut_off_and_was_copied_two_minutes_ago_is_taken_as_it_is(tmp_path: Path) -> None:
    zipped = BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("run.fit", a_file(NOON - 900 * DAY))
    today = a_file(NOW - timedelta(hours=1))
    files = {
        "export.zip": zipped.getvalue()[:-30],
        "header.fit": a_file(NOON - 500 * DAY)[:40],
        "today.fit": today[: len(today) // 2],
    }
    for name, content in files.items():
        write_at(NOW - timedelta(seconds=20), tmp_path / name, content)
    database = tmp_path / "state" / "hersteld.db"
    waits = take_history(database, tmp_path)
    assert (waits.workouts, {Path(path).name for path, _ in waits.unread}) == (0, set(files))
    assert all("a minute after its last change it is taken" in sentence(reason).lower() for _, reason in waits.unread)
    summary = take_history(database, tmp_path, now=NOW + timedelta(minutes=2))
    why = {Path(path).name: reason for path, reason in summary.unread}
    assert (summary.workouts, set(why)) == (1, {"export.zip", "header.fit"})
    assert not any("minute" in sentence(reason) for reason in why.values())
    write_at(NOW, tmp_path / "today.fit", today)
    assert take_history(database, tmp_path / "today.fit", now=NOW + timedelta(minutes=5)).workouts == 1
    with Store(database) as store:
        assert [one.salvaged for one in Workouts(store).newest(5)] == [False]


def write_at(moment: datetime, path: Path, content: bytes) -> None:
    """Write a file that was last changed at a moment."""
    path.write_bytes(content)
    os.utime(path, (moment.timestamp(), moment.timestamp()))
