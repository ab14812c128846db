"""The installed `hersteld run`: real files land in a folder, and a phone, a mailbox and a desktop are told, once."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.line_column import line_of
from hersteld.daemon.system.clock import iso
from hersteld.parsers.line import Line
from tests.support.fit.corpus import corpus_bytes
from tests.support.hours import noon_zone
from tests.support.machine.components import require
from tests.support.machine.desktop import Desktop, private_desktop
from tests.support.machine.fresh import redated
from tests.support.machine.process import PATIENCE_S, Program, wait_until
from tests.support.machine.systemd import listening
from tests.support.receivers import SECRETS, HttpReceiver, Received, SmtpReceiver

# Each of another sport or length, so that at any hour no title can pass for another's.
WORKOUTS = (
    "philosowaffle__peloton-to-garmin/src/UnitTests/Data/sample_fit/row_from_p2g.fit",
    "philosowaffle__peloton-to-garmin/src/UnitTests/Data/sample_fit/row_from_epix.fit",
    "thomaschampagne__elevate/desktop/src/specs/integration/file/fixtures/cycling/zwift-pschit.fit",
    "GPSBabel__gpsbabel/reference/track/wahoo-element-bolt.fit",
    "andrewcooke__choochoo/data/test/source/other/movescount-export-no-timestamp.fit",
    "andrewcooke__choochoo/data/test/source/other/2019-05-09-051352-Running-iWatchSeries3.fit",
)
APART = timedelta(minutes=100)
"""Half an hour of training, and more than the hour within which the next would belong to it."""

CONFIG = """\
[athlete]
experience = "recreational"
birth_year = 1986
mass_kg = 72
max_hr = 180
[watch]
folders = ["{inbox}"]
[notify]
language = "nl"
quiet_hours = ""
[[notify.targets]]
name = "phone"
url = "{phone}"
[[notify.targets]]
name = "mail"
url = "{mail}"
[[notify.targets]]
name = "desktop"
url = "desktop://"
[rules.messages]
per_day = 10
"""


TARGETS = ("phone", "mail", "desktop")


class Household:
    """A folder that workouts arrive in, three receivers, and the configuration that joins them."""

    def __init__(self, folder: Path, phone: HttpReceiver, mailbox: SmtpReceiver, desktop: Desktop) -> None:
        self.folder, self.phone, self.mailbox, self.desktop = folder, phone, mailbox, desktop
        self.inbox = folder / "Workouts"
        self.inbox.mkdir()
        self.database = folder / "state" / "hersteld.db"
        self.logs: list[Program] = []
        self._config = folder / "hersteld.toml"
        self._config.touch(mode=0o600)
        self._config.write_text(CONFIG.format(inbox=self.inbox, phone=phone.url, mail=mailbox.url), encoding="utf-8")
        self._ends_at = datetime.now(UTC) - APART * len(WORKOUTS)
        self._left = list(WORKOUTS)

    @contextmanager
    def running(self) -> Iterator[Program]:
        """Run the daemon until the block ends; it begins when the daemon tells systemd that it is ready."""
        command = Path(sys.executable).with_name("hersteld")
        assert command.exists(), f"{command} is not installed; run: make install"
        address = self.folder / "notify"
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "TZ": noon_zone(),
            "STATE_DIRECTORY": str(self.database.parent),
            "NOTIFY_SOCKET": str(address),
            **self.desktop.environment,
        }
        words = [str(command), "run", "--verbose", "--config", str(self._config)]
        with listening(address) as heard, Program(words, environment=environment, folder=self.folder) as daemon:
            self.logs.append(daemon)
            daemon.wait_for(lambda: "READY=1" in heard, "the daemon to be ready")
            yield daemon
            daemon.stop_cleanly()
            assert "STOPPING=1" in heard

    def next_workout(self) -> bytes:
        """Return a real workout nobody has seen, later than the one before and not long ago."""
        self._ends_at += APART
        return redated(corpus_bytes(self._left.pop(0)), self._ends_at)

    def drop(self, name: str) -> None:
        """Copy the next workout into the inbox."""
        (self.inbox / name).write_bytes(self.next_workout())

    def told(self, target: str) -> Counter[Received]:
        """Return how often a receiver has heard each message: its own word, not the daemon's."""
        heard = {
            "phone": self.phone.received,
            "mail": self.mailbox.received,
            "desktop": [Received(bubble.title, bubble.body) for bubble in self.desktop.arrived()],
        }
        return Counter(heard[target])

    def sent(self, target: str, rule: str = "%") -> list[Received]:
        """Return what the daemon believes it has sent: "first" is the message that each workout has one of."""
        question = "SELECT title, body FROM outbox WHERE target = ? AND rule LIKE ? AND state = 'sent' ORDER BY id"
        return [Received(str(title), str(body)) for title, body in self.rows(question, target, rule)]

    def wait_until_told(self, daemon: Program, count: int, *, on: tuple[str, ...] = TARGETS) -> None:
        """Wait until these receivers have heard of so many workouts."""
        daemon.wait_for(
            lambda: all(len(self.sent(target, "first")) >= count for target in on), f"workout {count} told on {on}"
        )

    def assert_each_message_came_once(self) -> None:
        """Compare what the receivers heard with what was sent; for a daemon that has ended."""
        for target in TARGETS:
            assert self.told(target) == Counter(self.sent(target))
            for first in self.sent(target, "first"):
                assert self.told(target)[first] == 1

    def rows(self, question: str, *values: str) -> list[tuple[object, ...]]:
        """Ask the database, as Datasette may while the daemon writes."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            return database.execute(question, values).fetchall()


@pytest.fixture
def household(tmp_path: Path) -> Iterator[Household]:
    with private_desktop(tmp_path / "desktop") as desktop, HttpReceiver() as phone, SmtpReceiver() as mailbox:
        made = Household(tmp_path, phone, mailbox, desktop)
        yield made
        said = "\n".join(line for log in made.logs for line in (*log.stderr_lines, *log.stdout_lines))
        stored = b"".join(path.read_bytes() for path in made.database.parent.glob("*"))
        for secret in SECRETS:
            assert secret not in said
            assert secret.encode() not in stored
        assert "Traceback" not in said


def written_slowly(path: Path, content: bytes) -> None:
    """Write as a watch on a slow cable does: the pauses are the point, nothing waits for them."""
    with path.open("wb", buffering=0) as file:
        step = len(content) // 8 + 1
        for start in range(0, len(content), step):
            file.write(content[start : start + step])
            time.sleep(0.15)


def test_each_workout_is_told_once_however_it_arrives(household: Household, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    with household.running() as daemon:
        household.drop("copied.fit")
        household.wait_until_told(daemon, 1)

        part = household.inbox / "renamed.fit.part"
        part.write_bytes(household.next_workout())
        part.rename(household.inbox / "renamed.fit")
        household.wait_until_told(daemon, 2)

        deeper = household.inbox / "2026" / "watch"
        deeper.mkdir(parents=True)
        written_slowly(deeper / "grown.fit", household.next_workout())
        household.wait_until_told(daemon, 3)

        (outside / "synced.fit").write_bytes(household.next_workout())
        subprocess.run([require("rsync"), "-a", f"{outside}/", household.inbox], check=True, timeout=PATIENCE_S)
        household.wait_until_told(daemon, 4)

        # Nothing new in these; the workout after them is the sign that they have been looked at.
        shutil.copy(household.inbox / "copied.fit", household.inbox / "again.fit")
        (household.inbox / "renamed.fit").touch()
        household.drop("fifth.fit")
        household.wait_until_told(daemon, 5)
        assert daemon.running

    with household.running() as daemon:
        household.drop("sixth.fit")
        household.wait_until_told(daemon, 6)

    household.assert_each_message_came_once()
    firsts = household.sent("phone", "first")
    assert firsts == household.sent("mail", "first") == household.sent("desktop", "first")
    assert len({message.title for message in firsts}) == len(firsts) == len(WORKOUTS)
    for message in household.told("phone"):
        assert message.title
        assert 0 < len(message.body) <= 600
    assert household.rows("SELECT count(*) FROM files WHERE status = 'workout'") == [(len(WORKOUTS),)]


def test_a_receiver_that_was_down_gets_its_message_later(household: Household) -> None:
    with household.running() as daemon:
        household.phone.down()
        household.drop("run.fit")
        household.wait_until_told(daemon, 1, on=("mail", "desktop"))
        refused = "SELECT reason FROM outbox WHERE target = 'phone' AND state = 'pending' AND attempts > 0"
        daemon.wait_for(lambda: household.rows(refused), "a try to reach the phone")
        ((reason,),) = household.rows(refused)
        assert line_of(str(reason)) == Line("delivery.refused_connection")
        household.phone.up()
        household.wait_until_told(daemon, 1)
    household.assert_each_message_came_once()
    assert household.sent("phone", "first") == household.sent("mail", "first")


def test_a_message_whose_time_has_passed_never_comes(household: Household) -> None:
    waiting = "SELECT count(*) FROM outbox WHERE target = 'phone' AND state = 'pending' AND attempts > 0"
    with household.running() as daemon:
        household.phone.down()
        household.drop("run.fit")
        household.wait_until_told(daemon, 1, on=("mail", "desktop"))
        daemon.wait_for(lambda: household.rows(waiting) == [(1,)], "a try to reach the phone")

    # The machine slept: what was waiting was of use until an hour ago.
    past = iso(datetime.now(UTC) - timedelta(hours=1))
    with closing(sqlite3.connect(household.database)) as database, database:
        database.execute(
            "UPDATE outbox SET due_at = min(due_at, ?), expires_at = ?, try_at = ? WHERE state = 'pending'",
            (past, past, past),
        )

    household.phone.up()
    with household.running() as daemon:
        household.drop("second.fit")
        household.wait_until_told(daemon, 1, on=("phone",))
        household.wait_until_told(daemon, 2, on=("mail", "desktop"))
    household.assert_each_message_came_once()
    lost, second = household.sent("mail", "first")
    assert household.told("phone")[lost] == 0
    assert household.told("phone")[second] == 1
    # It was tried while the phone was away, so the outbox calls it failed.
    states = "SELECT state FROM outbox WHERE target = 'phone' AND rule = 'first' ORDER BY id"
    assert household.rows(states) == [("failed",), ("sent",)]


def test_wait_until_is_not_used_in_vain() -> None:
    """The waiting itself can fail: otherwise none of the above proves anything."""
    with pytest.raises(AssertionError, match="in vain: the moon"):
        wait_until(lambda: False, "the moon", patience_s=0.05)
