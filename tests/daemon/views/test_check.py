"""What check finds of folders, targets, the state, the service and the clock, and what it says to do."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hersteld.config.languages import LANGUAGES
from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.health.record import Health, HealthFile
from hersteld.daemon.health.trouble import Trouble
from hersteld.daemon.system.clock import BUILT_AT
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views import check
from hersteld.daemon.views.check import Finding, check_machine, check_settings
from hersteld.parsers.line import Line
from tests.support.command_line import AMSTERDAM, call, environment_in, settings_in, take_in
from tests.support.pipeline import NOON, a_file

NOW = datetime.now(AMSTERDAM)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment without systemd and without a desktop."""
    return environment_in(tmp_path) | {"PATH": str(tmp_path)}


def ids(findings: Iterator[Finding], what: str) -> list[tuple[str, str, str | None]]:
    """Return the state, text and advice of each finding of a kind."""
    return [
        (found.state, found.line.id.partition(".")[2], found.advice.id.partition(".")[2] if found.advice else None)
        for found in findings
        if found.what == what
    ]


def test_every_state_has_a_word_in_every_language() -> None:
    for language in LANGUAGES:
        words = load_texts(language).words
        assert set(words["check.state"]) == {"ok", "warn", "bad"}
        assert {"read", "write"} == set(words["check.may"])


def test_a_folder_is_there_missing_or_a_file(tmp_path: Path, environ: dict[str, str]) -> None:
    def folder() -> list[tuple[str, str, str | None]]:
        return ids(check_settings(settings_in(tmp_path), environ), "folder")

    assert folder() == [("warn", "folder_missing", "folder_missing_do")]
    (tmp_path / "Workouts").mkdir()
    assert folder()[0][:2] in (("ok", "folder_ok"), ("ok", "folder_polled"))
    (tmp_path / "Workouts").rmdir()
    (tmp_path / "Workouts").touch()
    assert folder() == [("bad", "no_folder", "no_folder_do")]


def test_a_folder_on_a_network_is_looked_at_now_and_then(
    tmp_path: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Workouts").mkdir()
    monkeypatch.setattr(check, "must_be_polled", lambda _folder: True)
    (found,) = (each for each in check_settings(settings_in(tmp_path), environ) if each.what == "folder")
    assert found.line == Line("check.folder_polled", {"folder": str(tmp_path / "Workouts"), "seconds": 60.0})


@pytest.mark.parametrize(
    ("watches", "instances", "expected"),
    [
        ("1000", "128", ("ok", "inotify_many", None)),
        ("3", "128", ("warn", "inotify_many", "inotify_do")),
        ("1000", "8", ("warn", "inotify_many", "inotify_do")),
        ("many", "128", ("warn", "no_inotify", None)),
    ],
)
def test_folders_are_compared_with_what_the_kernel_allows(
    watches: str,
    instances: str,
    expected: tuple[str, str, str | None],
    tmp_path: Path,
    environ: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, text in (("max_user_watches", watches), ("max_user_instances", instances)):
        (tmp_path / name).write_text(text)
    (tmp_path / "Workouts" / "a" / "b").mkdir(parents=True)
    monkeypatch.setattr(check, "_INOTIFY", tmp_path)
    assert ids(check_settings(settings_in(tmp_path), environ), "inotify") == [expected]


def test_without_targets_messages_go_to_the_log(tmp_path: Path, environ: dict[str, str]) -> None:
    assert ids(check_settings(settings_in(tmp_path), environ), "target") == [("warn", "target_log", "target_log_do")]


def test_the_state_folder_is_one_that_can_be_written_by_nobody_else(tmp_path: Path, environ: dict[str, str]) -> None:
    def first() -> tuple[str, str, str | None]:
        return ids(check_machine(environ, NOW), "state")[0]

    assert first() == ("ok", "state_ok", None)
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    assert first() == ("ok", "state_ok", None)
    state.chmod(0o777)
    assert first() == ("warn", "state_open", "state_open_do")
    state.rmdir()
    state.touch()
    assert first() == ("bad", "no_folder", "state_no_folder_do")


def test_a_full_and_a_read_only_disk_are_told(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_ROOM_BYTES", 2**80)
    assert ids(check_machine(environ, NOW), "state")[0] == ("warn", "state_full", "state_full_do")
    monkeypatch.setattr(check, "is_read_only", lambda _folder: True)
    assert ids(check_machine(environ, NOW), "state")[0] == ("bad", "state_closed", "state_read_only_do")


def test_the_database_is_counted_and_its_files_are_looked_at(tmp_path: Path, environ: dict[str, str]) -> None:
    assert ids(check_machine(environ, NOW), "state")[1:] == [("ok", "state_new", None)]
    take_in(tmp_path, [("a.fit", a_file())], now=NOON)
    assert ids(check_machine(environ, NOW), "state")[1:] == [("ok", "database_one", None)]
    database = database_path(environ)
    database.write_bytes(b"this is no database" * 100)
    assert ids(check_machine(environ, NOW), "state")[1:] == [("bad", "failing", None)]


def test_a_clock_that_shows_what_has_passed_is_bad(environ: dict[str, str]) -> None:
    assert ids(check_machine(environ, NOW), "clock") == [("ok", "clock_ok", None)]
    before = BUILT_AT - timedelta(days=1)
    assert ids(check_machine(environ, before), "clock") == [("bad", "clock_behind", "clock_behind_do")]


def test_check_tells_whether_hersteld_runs_on_this_database(environ: dict[str, str]) -> None:
    def service() -> Finding:
        (found,) = (one for one in check_machine(environ, NOW) if one.what == "service")
        return found

    assert service().line.id == "check.service_stopped"
    with DatabaseLock(database_path(environ)) as lock:
        lock.looked(NOW)
        running = {"process": str(os.getpid()), "moment": f"{NOW:%Y-%m-%d %H:%M}"}
        assert service() == Finding("service", "ok", Line("check.service_runs_as", running))
        trouble = Trouble("no_memory", Line("reasons.no_memory"))
        HealthFile(database_path(environ)).write(Health(os.getpid(), NOW, trouble=trouble))
        assert (service().state, service().line.id) == ("bad", "check.service_in_trouble")
        lock.looked(NOW - timedelta(minutes=3))
        HealthFile(database_path(environ)).write(Health(os.getpid(), NOW - timedelta(minutes=3)))
        silent = Line("health.no_sign_of_life", {"moment": f"{NOW - timedelta(minutes=3):%Y-%m-%d %H:%M}"})
        assert service().line == Line("check.service_in_trouble", {"reason": (silent,)})
    assert service().state == "warn"


def test_that_the_service_reads_files_by_itself_is_said_with_the_reason(environ: dict[str, str]) -> None:
    with Store(database_path(environ)), DatabaseLock(database_path(environ)) as lock:
        lock.looked(NOW)
        why = Line("reasons.no_memory")
        HealthFile(database_path(environ)).write(Health(os.getpid(), NOW, reads_alone=why))
        found = [one for one in check_machine(environ, NOW) if one.what == "service"]
    assert Finding("service", "warn", Line("check.reads_alone", {"reason": (why,)})) in found


@pytest.mark.parametrize(
    ("active", "running", "expected"),
    [
        ("active", False, ("ok", "unit_runs", None)),
        ("failed", False, ("warn", "unit_state", "unit_stopped_do")),
        ("inactive", True, ("ok", "unit_state", None)),
    ],
)
def test_a_unit_is_told_with_how_to_start_it(active: str, running: bool, expected: tuple[str, str, str | None]) -> None:
    for scope in ("--user", "--system"):
        found = check._unit(scope, "hersteld.service", active, running=running)
        assert ids(iter([found]), "service") == [expected]
        if found.advice:
            assert ("--user" in str(found.advice.values["command"])) is (scope == "--user")


def test_the_word_of_the_week_is_said_to_come_when_it_comes(tmp_path: Path) -> None:
    assert "the weekly message comes on Sunday at 19:00" in call("check", home=tmp_path).output
    quiet = call("check", "--set", "notify.quiet_hours=18:00-07:30", home=tmp_path).output
    assert "the weekly message comes on Monday at 07:30" in quiet
