"""The installed `hersteld run` ends within 5 s of SIGTERM, also while the process that reads is at a file."""

import contextlib
import io
import os
import signal
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.inbox.candidate import LARGE_BYTES
from tests.support.home import Home
from tests.support.machine.process import wait_until
from tests.support.measured.figures import Measured
from tests.support.receivers import HttpReceiver

STOP_WITHIN_S = 5.0


def reader_of(pid: int) -> int | None:
    """Return the process that reads for a service."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            if b"daemon.reading.reader" in Path(f"/proc/{child}/cmdline").read_bytes():
                return int(child)
    return None


def reads(pid: int, folder: Path) -> bool:
    """Return whether a process has a FIT file in a folder open."""
    opened = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed meanwhile
            opened.append(link.readlink())
    return any(path.parent == folder and path.suffix in (".fit", ".zip") for path in opened)


def put_workout(home: Home, *, in_large_archive: bool) -> None:
    """Let a workout arrive, by itself or beside so much else that it is written down which file is in hand."""
    if not in_large_archive:
        (home.inbox / "run.fit").write_bytes(home.workout())
        return
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("run.fit", home.workout())
        archive.writestr("film.bin", bytes(LARGE_BYTES))
    (home.inbox / "run.zip").write_bytes(packed.getvalue())


@pytest.mark.figures("a stop while the process that reads is at a file", "{tried} stops: lost 0, repeated {repeated}")
@pytest.mark.parametrize("is_large", [False, True], ids=["file", "large archive"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_does_not_wait_for_the_process_that_reads(
    tmp_path: Path, number: signal.Signals, measured: Measured, *, is_large: bool
) -> None:
    with HttpReceiver() as phone:
        home = Home(tmp_path / "home", phone.url)
        home.configure()
        with home.daemon() as daemon:
            daemon.wait_for_line("ready")
            (home.inbox / "old.fit").write_bytes(home.workout(ended_ago=timedelta(days=2)))
            daemon.wait_for_line("old.fit: ")
            reader = reader_of(daemon.pid)
            assert reader is not None
            os.kill(reader, signal.SIGSTOP)  # so that it is at it for as long as the test needs
            put_workout(home, in_large_archive=is_large)
            daemon.wait_for(lambda: reads(daemon.pid, home.inbox), "the service to have the file read")
            daemon.send_signal(number)
            daemon.wait_for(lambda: not daemon.running, "the end of the service", STOP_WITHIN_S)
            assert daemon.stop() == 0
            wait_until(lambda: not Path(f"/proc/{reader}").exists(), "the end of the process that read")
        assert phone.received == []
        with home.daemon() as daemon:
            daemon.wait_for(lambda: phone.received, "the message, at the next start")
            daemon.stop_cleanly()
        blamed = [file for file in home.ask("status")["held_up"] if file["try_at"]]
        assert blamed == [], "it was the stop that ended the reading, and not the file"
        measured(repeated=len(phone.received) - 1)
