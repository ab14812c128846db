"""A copy of the database is whole, whenever it is taken, and the service goes on from it as if nothing had happened."""

import json
import os
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.backup import BackupFailed, back_up
from hersteld.daemon.replies.key import key_of, read_key
from tests.support.command_line import call, call_process, environment_in, take_in
from tests.support.languages import speaking
from tests.support.machine.components import require
from tests.support.machine.process import PATIENCE_S, Program
from tests.support.measured.figures import Measured
from tests.support.pipeline import NOON, a_file
from tests.support.receivers import HttpReceiver

CONFIG = """\
[watch]
folders = ["{inbox}"]
[notify]
language = "en"
quiet_hours = ""
[[notify.targets]]
name = "phone"
url = "{phone}"
[rules.messages]
per_day = 10
"""


class Home:
    """A folder that workouts arrive in, and a phone."""

    def __init__(self, folder: Path, phone: HttpReceiver) -> None:
        self.folder, self.phone = folder, phone
        self.inbox = folder / "Workouts"
        self.inbox.mkdir()
        self.database = folder / "state" / "hersteld.db"
        config = folder / ".config" / "hersteld" / "hersteld.toml"
        config.parent.mkdir(parents=True)
        config.touch(mode=0o600)
        config.write_text(CONFIG.format(inbox=self.inbox, phone=phone.url), encoding="utf-8")
        self._ends_at = datetime.now(UTC) - timedelta(hours=8)

    def drop(self, name: str, minutes: int) -> None:
        self._ends_at += timedelta(hours=2)
        (self.inbox / name).write_bytes(a_file(self._ends_at, minutes=minutes))

    @contextmanager
    def running(self) -> Iterator[Program]:
        words = [sys.executable, "-m", "hersteld", "run"]
        with Program(words, environment=environment_in(self.folder), folder=self.folder) as daemon:
            yield daemon
            daemon.stop_cleanly()

    def wait_until_told(self, daemon: Program, workouts: int) -> None:
        question = "SELECT count(*) FROM outbox WHERE rule = 'first' AND state = 'sent'"
        daemon.wait_for(
            lambda: self.database.exists() and rows(self.database, question) == [(workouts,)], f"{workouts} told"
        )


def rows(database: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute(question).fetchall()
        except sqlite3.OperationalError:  # not made yet
            return []


def is_sound(copy: Path) -> bool:
    return rows(copy, "PRAGMA integrity_check") == [("ok",)] and rows(copy, "PRAGMA foreign_key_check") == []


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    """A home with one workout in its history."""
    take_in(tmp_path, [("run.fit", a_file())], now=NOON + timedelta(minutes=5))
    return tmp_path


@pytest.mark.figures(
    "`hersteld backup` while the service writes", "{workouts} workouts come in meanwhile: 0 copies damaged"
)
def test_a_copy_taken_while_the_service_writes_is_whole(tmp_path: Path, measured: Measured) -> None:
    with HttpReceiver() as phone:
        home = Home(tmp_path, phone)
        with home.running() as daemon:
            home.wait_until_told(daemon, 0)
            ended = datetime.now(UTC) - timedelta(days=30)
            for number in range(40):
                name, minutes = f"{number}.fit", 30 + number
                (home.inbox / name).write_bytes(a_file(ended - timedelta(days=number), minutes=minutes))
            counts: list[int] = []
            while not counts or counts[-1] < 40:
                assert daemon.running
                copy = tmp_path / f"copy{len(counts)}.db"
                done = call_process("backup", copy, "--json", home=tmp_path)
                assert done.returncode == 0, done.stderr
                assert is_sound(copy)
                said = json.loads(done.stdout)
                assert said["bytes"] == copy.stat().st_size
                # A workout is there with its file, or not at all.
                assert rows(copy, "SELECT count(*) FROM files WHERE status = 'workout'") == [(said["workouts"],)]
                counts.append(said["workouts"])
            assert counts == sorted(counts)
            assert len(counts) < 100
            measured(workouts=counts[-1])


@pytest.mark.figures(
    "the database is lost, and a copy takes its place", "{workouts} workouts: lost 0, repeated {repeated}"
)
def test_from_a_copy_nothing_is_repeated_and_nothing_lost(tmp_path: Path, measured: Measured) -> None:
    with HttpReceiver() as phone:
        home = Home(tmp_path, phone)
        copy = tmp_path / "safe" / "copy.db"
        copy.parent.mkdir()
        with home.running() as daemon:
            home.drop("one.fit", 40)
            home.wait_until_told(daemon, 1)
            home.drop("two.fit", 45)
            home.wait_until_told(daemon, 2)
            assert call_process("backup", copy, home=tmp_path).returncode == 0
        waiting = "SELECT workout_identity, rule, due_at FROM outbox WHERE state = 'pending' ORDER BY id"
        assert rows(copy, waiting)
        told = Counter(phone.received)

        # As the command says: all that belongs to the database goes, then the copy takes its place.
        for file in home.database.parent.glob("hersteld.db*"):
            file.unlink()
        home.drop("meanwhile.fit", 50)
        shutil.copy(copy, home.database)
        with home.running() as daemon:
            home.wait_until_told(daemon, 3)
            home.drop("four.fit", 55)
            home.wait_until_told(daemon, 4)
        assert not told - Counter(phone.received)
        again = [one for one, count in Counter(phone.received).items() if count > 1]
        assert again == []
        workouts = len(rows(home.database, "SELECT id FROM workouts"))
        assert workouts == 4
        kept = set(rows(copy, "SELECT workout_identity, rule FROM outbox"))
        assert kept <= set(rows(home.database, "SELECT workout_identity, rule FROM outbox"))
    measured(workouts=workouts, repeated=len(again))


def test_a_copy_is_the_owners_alone_whatever_the_umask(trained: Path) -> None:
    before = os.umask(0)
    try:
        assert call("backup", trained / "copy.db", home=trained).exit_code == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE((trained / "copy.db").stat().st_mode) == 0o600


def test_what_stands_under_the_name_is_kept_unless_told_otherwise(trained: Path) -> None:
    copy = trained / "copy.db"
    copy.write_text("a letter")
    refused = call("backup", copy, home=trained)
    assert refused.exit_code == 1
    assert "is there already. Name another file, or say --replace." in refused.output
    assert copy.read_text() == "a letter"
    done = call("backup", copy, "--replace", home=trained)
    assert done.exit_code == 0
    assert is_sound(copy)
    assert f"move away {trained}/state/hersteld.db" in done.output


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere/copy.db", "there is no folder"),
        ("inbox", "is a folder. Name the file"),
        ("state/hersteld.db", "belongs to the database"),
        ("state/hersteld.db-wal", "belongs to the database"),
        ("state/../link.db", "belongs to the database"),
        ("pipe", "is no ordinary file"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(name: str, said: str, trained: Path) -> None:
    (trained / "link.db").hardlink_to(trained / "state" / "hersteld.db")
    os.mkfifo(trained / "pipe")
    before = (trained / "state" / "hersteld.db").read_bytes()
    done = call("backup", trained / name, "--replace", home=trained)
    assert done.exit_code == 1
    assert said in done.output
    assert (trained / "state" / "hersteld.db").read_bytes() == before


def test_without_a_database_there_is_nothing_to_copy(tmp_path: Path) -> None:
    done = call("backup", tmp_path / "copy.db", home=tmp_path)
    assert (done.exit_code, "no database here yet" in done.output) == (1, True)
    assert not (tmp_path / "copy.db").exists()


def test_a_damaged_database_gives_no_copy(trained: Path) -> None:
    database = trained / "state" / "hersteld.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with database.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xa5" * 4096 * 8)
    done = call("backup", trained / "copy.db", home=trained)
    assert done.exit_code == 1
    assert "damaged" in done.output or "malformed" in done.output
    assert [path.name for path in trained.iterdir() if "copy" in path.name] == []


def test_a_copy_in_which_a_row_is_missing_is_not_kept_and_that_is_said_in_dutch(trained: Path) -> None:
    database = trained / "state" / "hersteld.db"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM workouts")
    with pytest.raises(BackupFailed) as caught:
        back_up(database, trained / "copy.db")
    assert str(caught.value).endswith("a row refers to one that is not there. No copy was kept.")
    with speaking("nl"):
        assert str(caught.value) == (
            f"{database}: de database is beschadigd: een rij verwijst naar een rij die er niet is. "
            "Er is geen kopie bewaard."
        )
    assert not (trained / "copy.db").exists()


def test_where_no_file_can_be_made_it_is_said_why(trained: Path) -> None:
    database, target = trained / "state" / "hersteld.db", Path("/proc/copy.db")
    with pytest.raises(BackupFailed, match=r"^/proc/copy\.db: cannot be written \(.+\)\. Name a file in a folder"):
        back_up(database, target)


@pytest.mark.figures("the disk of the copy is full", "{tried} tried: lost 0")
def test_a_disk_that_is_full_keeps_the_copy_that_was(trained: Path) -> None:
    mount, unshare = require("mount"), require("unshare")
    disk = trained / "disk"
    disk.mkdir()
    command = f'{mount} -t tmpfs -o size=64k tmpfs "$1" && echo old > "$1/copy.db" && "$2" -m hersteld backup --replace'
    command += ' "$1/copy.db"; echo "exit $?"; ls -A "$1"; cat "$1/copy.db"'
    done = subprocess.run(
        [unshare, "--mount", "--map-root-user", "sh", "-c", command, "sh", disk, sys.executable],
        env=environment_in(trained),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert "copy.db: the disk is full. Make room" in done.stderr, done.stderr
    assert done.stdout.splitlines() == ["exit 1", "copy.db", "old"]


@pytest.mark.figures("the disk of the copy is full", "{tried} tried: lost 0")
def test_a_copy_that_breaks_off_leaves_nothing_behind(trained: Path) -> None:
    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        [sys.executable, "-m", "hersteld", "backup", "copy.db"],
        env=environment_in(trained),
        cwd=trained,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        preexec_fn=small_files,
        check=False,
    )
    assert done.returncode == 1
    assert "cannot be copied to" in done.stderr
    assert [path.name for path in trained.iterdir() if "copy" in path.name] == []


def test_a_name_of_any_bytes_will_do(trained: Path) -> None:
    copy = trained / os.fsdecode(b"file:c\xff?py #%41\n.db")
    done = call_process("backup", copy, "--json", home=trained)
    assert done.returncode == 0, done.stderr
    assert is_sound_bytes(copy)


def is_sound_bytes(copy: Path) -> bool:
    plain = copy.with_name("plain.db")
    shutil.copy(copy, plain)
    return is_sound(plain)


def test_the_key_of_the_buttons_lies_beside_the_copy_for_its_owner_alone(trained: Path) -> None:
    database, copy = trained / "state" / "hersteld.db", trained / "copy.db"
    key = key_of(database)
    done = call_process("backup", copy, "--json", home=trained)
    assert json.loads(done.stdout)["reply_key"] == f"{copy}.reply-key"
    assert read_key(copy) == key
    assert stat.S_IMODE(Path(f"{copy}.reply-key").stat().st_mode) == 0o600
    assert str(database) + ".reply-key" in call_process("backup", copy, "--replace", home=trained).stdout
    Path(f"{database}.reply-key").unlink()
    done = call_process("backup", copy, "--replace", "--json", home=trained)
    assert json.loads(done.stdout)["reply_key"] is None
    assert read_key(copy) is None, "that of an earlier copy would answer nothing"
