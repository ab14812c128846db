"""Many files are read at once, whatever one of them takes, and each is counted when it has been read."""

import os
import signal
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.importing.bulk_reader import BulkReader
from hersteld.daemon.importing.spool import Spool, Spooled
from hersteld.daemon.system.channel import Json
from tests.daemon.importing.test_import_cut_off import write_at
from tests.daemon.importing.test_importer import DAY, NOW, take_history, workers_of
from tests.support.pipeline import NOON, a_file


def test_a_file_that_takes_long_holds_up_no_other(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    for day in range(24):
        (old / f"{day:02}.fit").write_bytes(a_file(NOON - day * DAY, minutes=10))
    stopped: list[int] = []

    def stop_one(step: str, done: int, of: int) -> None:
        if step == "reading" and not stopped:
            stopped.append(workers_of(os.getpid())[0])
            os.kill(stopped[0], signal.SIGSTOP)
        elif step == "reading" and done == of - 2:  # all that the other one can read
            os.kill(stopped[0], signal.SIGCONT)

    summary = take_history(tmp_path / "hersteld.db", old, report=stop_one)
    assert len(stopped) == 1
    assert (summary.workouts, summary.unread) == (24, [])


class CountedSpool(Spool):
    """A spool that counts what was put in."""

    came = 0

    def put(self, start_s: float, message: Json, samples: bytes) -> Spooled:
        self.came += 1
        return super().put(start_s, message, samples)


@pytest.mark.parametrize("workers", [1, 4])
def test_an_archive_is_counted_when_its_last_file_has_been_read(workers: int, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "week.zip", "w") as archive:
        for day in range(3):
            archive.writestr(f"{day}.fit", a_file(NOON - day * DAY, minutes=10))
    came: list[int] = []
    with CountedSpool(tmp_path / "hersteld.db") as spool:
        reader = BulkReader(
            spool, known_file=lambda _: None, say_unread=lambda _path, _why: None, now=NOON, workers=workers
        )
        reader.read([tmp_path / "week.zip"], lambda: came.append(spool.came))
    assert came == [3]


def test_after_ctrl_c_no_more_files_are_counted_than_were_read(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    for number in range(6):  # cut off a moment ago: each is named as soon as it has been read
        write_at(NOW, tmp_path / "old" / f"{number}.fit", a_file(NOW - timedelta(minutes=number))[:3000])

    def interrupt(step: str, done: int, of: int) -> None:
        if (step, done, of) == ("reading", 3, 6):
            raise KeyboardInterrupt

    summary = take_history(tmp_path / "hersteld.db", tmp_path / "old", report=interrupt)
    assert summary.files == 3
    assert len(summary.unread) >= 3
