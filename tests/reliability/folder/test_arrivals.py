"""However a file comes into the folder: its workout is taken in once and told once, and nothing of it is touched.

The folder is looked at every ten minutes only, so that each test proves the kernel's word as well, unless it says
that only a look is sure to find what it makes.
"""

import os
import shutil
import subprocess
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.parsers.writing.encode import Recorded, encode_activity
from tests.support.faults.folder_house import OFTEN_S, House, call
from tests.support.machine.components import require
from tests.support.machine.process import PATIENCE_S


@pytest.mark.figures("renamed into the folder", "{workouts} workouts: lost 0, repeated {repeated}")
def test_renamed_in_and_the_writer_never_closes(house: House) -> None:
    house.inbox.mkdir()
    with house.running() as daemon:
        finished, still_open = house.outside / "a", house.outside / "b"
        finished.write_bytes(house.workout())
        finished.rename(house.inbox / "finished.fit")
        house.wait_until_told(daemon)
        with still_open.open("wb", buffering=0) as writer:
            writer.write(house.workout())
            still_open.rename(house.inbox / "still open.fit")
            house.wait_until_told(daemon)
        with (house.inbox / ".hidden").open("wb", buffering=0) as writer:
            writer.write(house.workout())
            (house.inbox / ".hidden").rename(house.inbox / "shown.fit")
            house.assert_each_came_once(daemon)


@pytest.mark.figures("new folders within", "{workouts} workouts: lost 0, repeated {repeated}")
def test_a_new_tree_of_folders_is_entered_whole(house: House) -> None:
    """Folders may be made faster than each can be watched."""
    house.inbox.mkdir()
    house.poll_s = OFTEN_S
    tree = house.outside / "2026" / "11" / "watch"
    tree.mkdir(parents=True)
    (tree / "deep.fit").write_bytes(house.workout())
    (house.outside / "2026" / "notes.txt").write_text("intervals")
    with house.running() as daemon:
        call("cp", "-r", house.outside / "2026", house.inbox)
        house.wait_until_told(daemon)
        deeper = house.inbox / "a" / "b" / "c" / "d"
        call("mkdir", "-p", deeper)
        (deeper / "one.fit").write_bytes(house.workout())
        house.wait_until_told(daemon)
        (deeper / "two.fit").write_bytes(house.workout())
        house.wait_until_told(daemon)
        # A folder that was known is known under its new name, and in its new place.
        deeper.rename(house.inbox / "moved")
        (house.inbox / "moved" / "three.fit").write_bytes(house.workout())
        house.assert_each_came_once(daemon)


@pytest.mark.figures("replaced, and cut short", "{workouts} workouts: lost 0, repeated {repeated}")
def test_replaced_again_and_again_while_it_is_read(house: House) -> None:
    house.inbox.mkdir()
    other, content, path = house.workout(), house.workout(), house.inbox / "ride.fit"
    stop = threading.Event()
    rounds = 0

    def restless() -> None:
        """Replace it by parts of itself, now by another file and now in place, without a pause."""
        nonlocal rounds
        while not stop.is_set():
            part = content[: len(content) * (rounds % 10) // 10]
            beside = house.inbox / "ride.fit.part"
            beside.write_bytes(part)
            beside.rename(path)
            path.write_bytes(part[: len(part) // 2])
            rounds += 1

    with house.running() as daemon:
        writer = threading.Thread(target=restless)
        writer.start()
        try:
            daemon.wait_for(lambda: rounds > 50, "the writer to be at it")
            (house.inbox / "other.fit").write_bytes(other)
            house.wait_until_told(daemon, 1)
        finally:
            stop.set()
            writer.join()
        assert rounds > 100
        path.write_bytes(content)
        house.assert_each_came_once(daemon)
        assert path.read_bytes() == content


@pytest.mark.figures("a slow writer with", "{workouts} workouts: lost 0, repeated {repeated}")
def test_written_slowly_with_long_pauses(house: House) -> None:
    """The pauses are the fault that is tried; nothing waits for them."""
    house.inbox.mkdir()
    with house.running() as daemon:
        grown, filled = house.workout(), house.workout()
        size = len(filled)
        with (
            (house.inbox / "grown.fit").open("wb", buffering=0) as growing,
            (house.inbox / "filled.fit").open("wb", buffering=0) as filling,
        ):
            filling.truncate(size)  # room for all of it first, as some copiers make
            for part in range(3):
                growing.write(grown[len(grown) * part // 4 : len(grown) * (part + 1) // 4])
                filling.write(filled[size * part // 4 : size * (part + 1) // 4])
                time.sleep(2.5)
            assert house.told() == 0
            growing.write(grown[len(grown) * 3 // 4 :])
            house.wait_until_told(daemon, 1)
            filling.write(filled[size * 3 // 4 :])
            house.wait_until_told(daemon, 2)
        house.assert_each_came_once(daemon)
        assert (house.inbox / "grown.fit").read_bytes() == grown
        assert (house.inbox / "filled.fit").read_bytes() == filled


@pytest.mark.figures("`rsync`", "{workouts} workouts: lost 0, repeated {repeated}")
def test_rsync_and_rsync_in_place(house: House) -> None:
    rsync = require("rsync")
    house.inbox.mkdir()
    with house.running() as daemon:
        (house.outside / "whole.fit").write_bytes(house.workout())
        _run(rsync, "-a", f"{house.outside}/", house.inbox)
        house.wait_until_told(daemon)
        # Slow, in place, over the first half that an earlier try left behind.
        content = house.workout()
        (house.outside / "in place.fit").write_bytes(content)
        (house.inbox / "in place.fit").write_bytes(content[: len(content) // 2])
        _run(rsync, "-a", "--inplace", "--no-whole-file", "--bwlimit=10", f"{house.outside}/", house.inbox)
        house.wait_until_told(daemon)
        _run(rsync, "-a", "--inplace", "--ignore-times", f"{house.outside}/", house.inbox)
        house.assert_each_came_once(daemon)
        assert (house.inbox / "in place.fit").read_bytes() == content


@pytest.mark.figures("a file dated 2038", "{workouts} workouts: lost 0, repeated {repeated}")
def test_a_file_of_the_future_and_a_workout_of_the_future(house: House) -> None:
    house.inbox.mkdir()
    with house.running() as daemon:
        path = house.outside / "2038.fit"
        path.write_bytes(house.workout())
        os.utime(path, (2**31 - 1, 2**31 - 1))
        shutil.copy2(path, house.inbox)
        house.wait_until_told(daemon)
        in_a_year = datetime.now(UTC).replace(microsecond=0) + timedelta(days=365)
        ahead = encode_activity(in_a_year, "running", Recorded(heart_rate_bpm=[150] * 1800))
        (house.inbox / "next year.fit").write_bytes(ahead)
        daemon.wait_for_line("next year.fit:")
        house.put("after.fit")
        house.assert_each_came_once(daemon, silent=1)


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, timeout=PATIENCE_S, capture_output=True)
