"""`status` says of the service what is true of it, in the text and in JSON."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.file_numbers import Signature
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.health.record import Health, HealthFile, Pinged
from hersteld.daemon.health.trouble import Trouble
from hersteld.daemon.inbox.first_seen import FirstSeen
from hersteld.daemon.inbox.held_up import write_held_up
from hersteld.daemon.inbox.set_aside import DEATHS, SetAside, write_set_aside
from hersteld.daemon.store.planned import write_sessions
from hersteld.daemon.system.clock import ManualClock, SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.json_values import json_value
from hersteld.parsers.line import Line
from hersteld.recovery.occasions.planned_session import PlannedSession
from tests.support.command_line import call, environment_in

NOW = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
REFUSED = Line("delivery.refused_connection")
LOOKED = NOW - 7 * MINUTE - timedelta(seconds=5)
GONE = Trouble("folder_missing", Line("health.unseen", {"path": "/a", "reason": (Line("reasons.not_there"),)}))


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SystemClock, "now", lambda _clock: NOW)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = database_path(environment_in(tmp_path))
    Store(path).close()
    return path


def asked(home: Path) -> tuple[str, dict[str, Any]]:
    """Return what `status` prints, as text and as JSON."""
    text = call("status", "--language", "en", home=home).stdout
    return text, json.loads(call("status", "--json", home=home).stdout)


def says(database: Path, **more: Any) -> None:
    HealthFile(database).write(Health(**{"pid": os.getpid(), "alive_at": NOW, **more}))


@pytest.mark.parametrize(
    ("health", "lines", "trouble"),
    [
        ({}, ["hersteld is running; it has not looked into all its folders yet."], None),
        ({"looked_at": LOOKED}, ["hersteld is running; it last looked into the folders 7 min ago."], None),
        (
            {"looked_at": LOOKED, "trouble": GONE, "since": NOW - 5 * MINUTE},
            [
                "hersteld is running, but for 5 min it has not been able to do all of its work: ",
                ": /a cannot be looked into: no such file or directory.",
                "It last looked into all its folders with success 7 min ago.",
            ],
            "folder_missing",
        ),
        (
            {"reads_alone": Line("reasons.no_memory")},
            ["It reads files by itself, without limits on time and memory", "there is not enough memory."],
            None,
        ),
        (
            {"unwritten": Line("reasons.no_room")},
            ["The calendar of your recovery (recovery.ics) cannot be written: "],
            None,
        ),
        (
            {"untold": Line("home_assistant.no_answer")},
            ["Home Assistant is not told how you are: the broker does not answer."],
            None,
        ),
        ({"pinged": Pinged()}, ["The address of health.ping_url has not been called yet."], None),
        ({"pinged": Pinged(LOOKED)}, ["health.ping_url was last called with success 7 min ago."], None),
        (
            {"pinged": Pinged(NOW - 121 * MINUTE, LOOKED, REFUSED)},
            ["The last call of health.ping_url failed 7 min ago: the server refused the connection. It last succeeded"],
            None,
        ),
    ],
)
def test_a_running_service_says_how_it_is(
    health: dict[str, Any], lines: list[str], trouble: str | None, database: Path, tmp_path: Path
) -> None:
    with DatabaseLock(database) as lock:
        lock.looked(datetime.now(UTC))
        says(database, **health)
        text, found = asked(tmp_path)
    assert [line for line in lines if line not in text] == []
    assert (found["running"], found["well"]) == (True, trouble is None)
    assert (found["trouble"] or {}).get("id") == trouble
    pinged = health.get("pinged")
    assert (found["ping"] or {}).get("ok") is (pinged.last_ok if pinged else None)
    assert bool(found["reads_alone"]) is ("reads_alone" in health)
    assert bool(found["recovery_unwritten"]) is ("unwritten" in health)
    assert bool(found["home_assistant_untold"]) is ("untold" in health)


SECONDS = NOW - timedelta(seconds=5)


@pytest.mark.parametrize(
    ("health", "english", "dutch"),
    [
        (
            {"looked_at": SECONDS, "trouble": GONE, "since": NOW - 5 * MINUTE},
            "It last looked into all its folders with success just now.",
            "Hij keek zojuist voor het laatst met succes in al zijn mappen.",
        ),
        (
            {"pinged": Pinged(SECONDS)},
            "health.ping_url was last called with success just now.",
            "health.ping_url is zojuist voor het laatst met succes aangeroepen.",
        ),
        (
            {"pinged": Pinged(SECONDS - timedelta(seconds=3), SECONDS, REFUSED)},
            "failed just now: the server refused the connection. It last succeeded just now.",
            "mislukte zojuist: de server weigerde de verbinding. De laatste die lukte, was zojuist.",
        ),
        (
            {"pinged": Pinged(NOW - MINUTE, SECONDS, REFUSED)},
            "failed just now: the server refused the connection. It last succeeded 1 min ago.",
            "mislukte zojuist: de server weigerde de verbinding. De laatste die lukte, was 1 min geleden.",
        ),
    ],
)
def test_what_was_seconds_ago_was_just_now(
    health: dict[str, Any], english: str, dutch: str, database: Path, tmp_path: Path
) -> None:
    with DatabaseLock(database) as lock:
        lock.looked(datetime.now(UTC))
        says(database, **health)
        assert english in asked(tmp_path)[0]
        assert dutch in call("status", "--language", "nl", home=tmp_path).stdout


def test_a_service_that_hangs_is_not_well_whatever_it_said_last(database: Path, tmp_path: Path) -> None:
    with DatabaseLock(database) as lock:
        lock.looked(NOW - 3 * MINUTE)
        says(database, alive_at=NOW - 2 * MINUTE, looked_at=NOW - 2 * MINUTE)
        text, found = asked(tmp_path)
    assert "hersteld is running, but has shown no sign of life for 2 min." in text
    assert (found["running"], found["well"], found["trouble"]["id"]) == (True, False, "no_sign_of_life")


def test_a_service_that_has_written_nothing_since_the_clock_was_set_back_is_not_well(
    database: Path, tmp_path: Path
) -> None:
    with DatabaseLock(database) as lock:
        lock.looked(datetime.now(UTC) + timedelta(days=30))
        text, found = asked(tmp_path)
    assert "hersteld is running, but has shown no sign of life since the clock was set back." in text
    assert (found["well"], found["trouble"]["id"], found["trouble"]["since"]) == (False, "no_sign_of_life", None)


def test_a_service_that_does_not_run_looked_when_it_did(database: Path, tmp_path: Path) -> None:
    says(database, looked_at=LOOKED, trouble=GONE)
    text, found = asked(tmp_path)
    assert "hersteld is not running" in text
    assert "It last looked into all its folders with success 7 min ago." in text
    assert (found["running"], found["well"], found["trouble"]) == (False, False, None)
    assert datetime.fromisoformat(found["looked_at"]) == LOOKED


def test_when_a_file_is_tried_once_more_is_told(database: Path, tmp_path: Path) -> None:
    with Store(database) as store:
        ended = SetAside("/a/odd.fit", 1, 1, None, 1, Line("reasons.signal", {"number": 9}), NOW)
        write_set_aside(store, ended, "1")
        why = Line("inbox.why_tried_again", {"reason": (ended.reason,)})
        write_held_up(store, {ended.path: why, "/a/b.fit": None})
    text, found = asked(tmp_path)
    at = f"{(NOW + 10 * MINUTE).astimezone(ZoneInfo('Europe/Amsterdam')):%H:%M}"
    assert f"/a/odd.fit   reading it went wrong (signal 9); tried once more at {at}" in text
    assert [file["try_at"] for file in found["held_up"]] == [None, json_value(NOW + 10 * MINUTE)]
    assert found["set_aside"] == []


def test_what_is_set_aside_and_what_waits_longest_is_named(database: Path, tmp_path: Path) -> None:
    with Store(database) as store:
        clock = ManualClock(NOW - 3 * 60 * MINUTE - MINUTE)
        FirstSeen(store, clock).see({"/a/odd.fit": Signature(1, 1, 1, 1)})
        clock.move(60 * MINUTE)
        FirstSeen(store, clock).see({"/a/half.fit": Signature(1, 1, 1, 1)})
        write_set_aside(store, SetAside("/a/odd.fit", 1, 1, None, DEATHS, Line("reasons.no_memory"), NOW), "1")
        write_held_up(store, {"/a/odd.fit": Line("reasons.no_memory"), "/a/half.fit": None})
    text, found = asked(tmp_path)
    assert "The oldest file that is not taken in yet has waited for 2 h 01: /a/half.fit" in text
    set_aside = text.partition("Set aside, as reading them ended badly; `hersteld retry FILE` tries one again")[2]
    assert "/a/odd.fit" in set_aside
    assert "there is not enough memory" in set_aside
    assert text.count("/a/odd.fit") == 1, "once, not also among those that are held up"
    assert [file["path"] for file in found["set_aside"]] == ["/a/odd.fit"]
    assert (found["oldest_waiting"]["path"], found["oldest_waiting"]["waits_s"] // 60) == ("/a/half.fit", 121)


def test_a_file_that_comes_while_no_service_runs_waits(database: Path, tmp_path: Path) -> None:
    (tmp_path / "Workouts").mkdir()
    came = tmp_path / "Workouts" / "came.fit"
    came.touch()
    _, found = asked(tmp_path)
    assert found["oldest_waiting"]["path"] == str(came)
    with DatabaseLock(database) as lock:
        lock.looked(datetime.now(UTC))
        says(database)
        assert asked(tmp_path)[1]["oldest_waiting"] is None, "the service that runs has the word"


def test_the_training_that_is_planned_is_named_with_day_and_time(tmp_path: Path, database: Path) -> None:
    session = PlannedSession("a", (NOW + 6 * MINUTE).date(), NOW + 6 * MINUTE, 60, "Secret intervals", is_hard=True)
    with Store(database) as store:
        write_sessions(store, [session], now=NOW, today=NOW.date(), is_whole=True)
    text, found = asked(tmp_path)
    assert "Planned training: Wednesday 6 May 14:06 (hard)." in text
    assert found["planned"] == [
        {"day": "2026-05-06", "starts_at": "2026-05-06T12:06:00Z", "minutes": 60, "is_hard": True}
    ]
    assert "Secret" not in text
