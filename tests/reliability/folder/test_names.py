"""What lies in the folder that is no ordinary file, has no ordinary name, or may not be read."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.inbox.held_up import read_held_up
from hersteld.parsers.line import Line
from tests.support.faults.folder_house import OFTEN_S, House, require_right
from tests.support.machine.process import PATIENCE_S


@pytest.mark.figures("a name with a line end", "{workouts} workouts: lost 0, repeated {repeated}")
def test_names_that_are_no_text_or_would_steer_a_terminal(house: House) -> None:
    house.inbox.mkdir()
    names = (
        b"two\nlines: workout, forged.fit",
        b"caf\xe9 \xff.fit",
        b"\x1b]0;owned\x07\x1b[2J\x9b31m.fit",
        "\N{RIGHT-TO-LEFT OVERRIDE}tif.fit".encode(),
        b"-rf --help $(reboot) %s {} <b>.fit",
    )
    with house.running() as daemon:
        for name in names:
            Path(os.fsdecode(os.fsencode(house.inbox) + b"/" + name)).write_bytes(house.workout())
            house.wait_until_told(daemon)
        house.assert_each_came_once(daemon)
        assert sum(": workout, " in line for line in daemon.stderr_lines if "forged" not in line) == len(names) - 1
        assert not any(line.startswith("lines:") for line in daemon.stderr_lines)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", daemon.stderr)
    looked = subprocess.run(
        [Path(sys.executable).with_name("hersteld"), "status", "--config", house.home / "hersteld.toml"],
        env={"HOME": str(house.home), "STATE_DIRECTORY": str(house.database.parent), "PATH": os.environ["PATH"]},
        capture_output=True,
        timeout=PATIENCE_S,
        check=True,
    )
    assert b"\x1b" not in looked.stdout


@pytest.mark.figures("a pipe, a device", "{workouts} workouts: lost 0, repeated {repeated}")
def test_a_pipe_a_socket_and_a_device_hold_nobody_up(house: House) -> None:
    house.inbox.mkdir()
    os.mkfifo(house.inbox / "pipe.fit")
    (house.inbox / "terminal.fit").symlink_to("/dev/tty")
    (house.inbox / "endless.fit").symlink_to("/dev/zero")
    if os.geteuid() == 0:
        os.mknod(house.inbox / "zero.fit", 0o600 | stat.S_IFCHR, os.makedev(1, 5))
    with house.running() as daemon:
        first = house.put("first.fit")
        house.wait_until_told(daemon)
        # One that takes the place of a file that is known, and gives it back.
        content = first.read_bytes()
        first.unlink()
        os.mkfifo(first)
        house.put("second.fit")
        house.wait_until_told(daemon)
        first.unlink()
        first.write_bytes(content)
        house.put("third.fit")
        house.assert_each_came_once(daemon)
        assert first.read_bytes() == content


def held_up(house: House) -> dict[str, Line | None]:
    """Return what `hersteld status` says of files that cannot be taken in."""
    with Store(house.database, create=False) as store:
        return read_held_up(store)


@pytest.mark.figures("a file, a sub-folder", "{workouts} workouts: lost 0, repeated {repeated}")
def test_what_may_not_be_read_is_taken_in_when_it_may(house: House) -> None:
    """Root may read everything; so it gives up that right first, and is then an owner like any other."""
    way = house.home / "way"
    house.inbox = way / "Workouts"
    house.folders = (house.inbox,)
    house.inbox.mkdir(parents=True)
    house.poll_s = OFTEN_S
    as_owner: tuple[str, ...] = ()
    if os.geteuid() == 0:
        without = "-dac_override,-dac_read_search"
        as_owner = ("setpriv", f"--bounding-set={without}", f"--inh-caps={without}")
        require_right(*as_owner, "true")
    with house.running(*as_owner) as daemon:
        locked = house.outside / "locked.fit"
        locked.write_bytes(house.workout())
        locked.chmod(0o000)
        locked.rename(house.inbox / "locked.fit")
        daemon.wait_for_line("locked.fit: cannot be read (permission denied); it is tried again")
        daemon.wait_for(lambda: held_up(house), "the file to be known to other processes")
        assert held_up(house) == {str(house.inbox / "locked.fit"): Line("system.os_error", {"reason": "EACCES"})}
        (house.inbox / "locked.fit").chmod(0o444)
        house.wait_until_told(daemon)

        cellar = house.inbox / "cellar"
        cellar.mkdir(mode=0o700)
        cellar.chmod(0o000)
        daemon.wait_for_line("cellar: cannot be read (permission denied); it is tried again")
        (house.outside / "deep.fit").write_bytes(house.workout())
        cellar.chmod(0o755)
        (house.outside / "deep.fit").rename(cellar / "deep.fit")
        house.wait_until_told(daemon)

        house.inbox.chmod(0o000)
        daemon.wait_for_line("Workouts: cannot be read (permission denied); it is tried again")
        house.inbox.chmod(0o755)
        house.put("fourth.fit")
        house.wait_until_told(daemon)

        # Nor is the way there open.
        way.chmod(0o600)
        daemon.wait_for_line("Workouts: cannot be reached (permission denied); waiting for it")
        way.chmod(0o755)
        house.put("last.fit")
        house.assert_each_came_once(daemon)
        assert "files cannot be taken in" not in daemon.stderr
