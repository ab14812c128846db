"""`hersteld retry` has a file read again that was set aside."""

import json
import os
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.inbox.set_aside import SetAside, read_set_aside, write_set_aside
from hersteld.daemon.system.paths import shown
from hersteld.parsers.line import Line
from tests.support.command_line import call, environment_in
from tests.support.pipeline import NOON


def database_in(home: Path) -> Path:
    """Return where the commands of these tests keep their database."""
    return Path(environment_in(home)["STATE_DIRECTORY"]) / "hersteld.db"


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A file that is set aside."""
    path = tmp_path / "odd.fit"
    path.write_bytes(b"")
    reason = Line("reasons.signal", {"number": 9})
    with Store(database_in(tmp_path)) as store:
        write_set_aside(store, SetAside(shown(path), 0, 0, None, 2, reason, NOON), "1")
        write_set_aside(store, SetAside("/once.fit", 0, 0, None, 1, reason, NOON), "1")
    return path


def test_it_prints_what_is_set_aside_and_why(odd: Path) -> None:
    home = odd.parent
    assert call("retry", "--language", "en", home=home).stdout == f"{odd}: signal 9\n"
    assert call("retry", "--language", "nl", home=home).stdout == f"{odd}: signaal 9\n"


def test_a_file_is_not_set_aside_any_more(odd: Path) -> None:
    home = odd.parent
    result = call("retry", "--language", "en", odd, home=home)
    assert (result.exit_code, result.stdout) == (0, "It is read again when the service starts.\n")
    with Store(database_in(home)) as store:
        assert list(read_set_aside(store)) == ["/once.fit"]
    assert call("retry", "--language", "en", home=home).stdout == "No file is set aside.\n"


@pytest.mark.parametrize(
    ("language", "one", "several"),
    [
        ("en", "It is read again when the service starts.\n", "They are read again when the service starts.\n"),
        ("nl", "Het wordt opnieuw gelezen als de dienst start.\n", "Ze worden opnieuw gelezen als de dienst start.\n"),
    ],
)
def test_several_files_are_spoken_of_as_several(language: str, one: str, several: str, odd: Path) -> None:
    home = odd.parent
    assert call("retry", "--language", language, odd, "/once.fit", home=home).stdout == several
    reason = Line("reasons.signal", {"number": 9})
    with Store(database_in(home)) as store:
        write_set_aside(store, SetAside(shown(odd), 0, 0, None, 2, reason, NOON), "1")
    assert call("retry", "--language", language, odd, home=home).stdout == one


@pytest.mark.parametrize(
    ("language", "said"), [("en", "They are read again now.\n"), ("nl", "Ze worden nu opnieuw gelezen.\n")]
)
def test_while_the_service_runs_files_are_read_now(language: str, said: str, odd: Path) -> None:
    home = odd.parent
    with DatabaseLock(database_in(home)):
        assert call("retry", "--language", language, odd, "/once.fit", home=home).stdout == said


def test_a_file_that_is_not_set_aside_is_refused_and_so_are_all_given_with_it(odd: Path) -> None:
    home = odd.parent
    result = call("retry", "--language", "en", odd, home / "other.fit", home=home)
    assert result.exit_code == 1
    assert f"{home / 'other.fit'}: is not set aside; `hersteld retry` prints what is" in result.stderr
    with Store(database_in(home)) as store:
        assert len(read_set_aside(store)) == 2


def test_a_file_may_be_given_by_the_name_that_was_printed(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"odd\xff.fit")
    for given in (path, shown(path)):
        with Store(database_in(tmp_path)) as store:
            set_aside = SetAside(shown(path), 0, 0, None, 2, Line("reasons.signal", {"number": 9}), NOON)
            write_set_aside(store, set_aside, "1")
        assert call("retry", "--language", "en", given, home=tmp_path).exit_code == 0
        with Store(database_in(tmp_path)) as store:
            assert not read_set_aside(store)


def test_a_file_may_be_given_by_any_way_that_leads_to_it(odd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = odd.parent
    (home / "elsewhere" / "deep").mkdir(parents=True)
    (home / "link").symlink_to(home, target_is_directory=True)
    (home / "elsewhere" / "far").symlink_to(home / "elsewhere" / "deep", target_is_directory=True)
    (home / "file").symlink_to(odd)
    monkeypatch.chdir(home / "elsewhere")
    ways = ("../odd.fit", "./../elsewhere/../odd.fit", home / "link" / "odd.fit", home / "file", "far/../../odd.fit")
    for way in ways:
        with Store(database_in(home)) as store:
            write_set_aside(store, SetAside(shown(odd), 0, 0, None, 2, Line("reasons.no_memory"), NOON), "1")
        assert call("retry", "--language", "en", way, home=home).exit_code == 0, way
        with Store(database_in(home)) as store:
            assert list(read_set_aside(store)) == ["/once.fit"], way


def test_a_file_that_is_gone_is_found_by_its_way_and_no_other_is_taken_for_it(odd: Path) -> None:
    """What "link/.." means is asked of the file system as long as there is a file."""
    home = odd.parent
    (home / "elsewhere" / "deep").mkdir(parents=True)
    (home / "link").symlink_to(home / "elsewhere" / "deep", target_is_directory=True)
    (home / "elsewhere" / "odd.fit").write_bytes(b"")
    assert call("retry", "--language", "en", home / "link" / ".." / "odd.fit", home=home).exit_code == 1
    odd.unlink()
    assert call("retry", "--language", "en", home / "elsewhere" / ".." / "odd.fit", home=home).exit_code == 0


def test_a_program_hears_what_is_set_aside_and_what_is_tried_again(odd: Path) -> None:
    home = odd.parent
    why = {"reason": "signal 9", "reason_id": "reasons.signal", "reason_values": {"number": 9}}
    file = {"path": str(odd), "at": "2026-05-06T12:00:00Z", **why}
    (before,), (after,) = (
        [json.loads(line) for line in call("retry", *words, "--json", home=home).stdout.splitlines()]
        for words in ((), (odd,))
    )
    assert before == {"set_aside": [file], "tried_again": [], "running": False}
    assert after == {"set_aside": [], "tried_again": [str(odd)], "running": False}
