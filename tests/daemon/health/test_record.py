"""What the service says of itself can be read as it was written, and nothing else is taken for it."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.health.record import Health, HealthFile, Pinged, health_file, read_health
from hersteld.daemon.health.trouble import Trouble
from hersteld.parsers.line import Line
from tests.support.machine.storage import fill, small_disk

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
PLAIN = Health(4711, NOON)
FULL = Health(
    pid=4711,
    alive_at=NOON,
    looked_at=NOON - timedelta(minutes=7),
    trouble=Trouble("folder_missing", Line("health.unseen", {"path": "/a\udcff", "reason": (Line("reasons.gone"),)})),
    since=NOON - timedelta(minutes=5),
    reads_alone=Line("reasons.no_memory"),
    pinged=Pinged(NOON, NOON - timedelta(days=1), Line("delivery.server_answered", {"code": 500, "words": "x"})),
    configured="00ff:0123",
    unwritten=Line("reasons.no_room"),
    untold=Line("home_assistant.no_answer"),
    tapped_at=NOON - timedelta(minutes=2),
)


@pytest.mark.parametrize("health", [PLAIN, FULL, Health(1, NOON, pinged=Pinged())])
def test_it_is_read_as_it_was_written(health: Health, tmp_path: Path) -> None:
    HealthFile(tmp_path / "a.db").write(health)
    assert read_health(tmp_path / "a.db") == health


def test_a_shorter_word_leaves_nothing_of_a_longer_one_and_the_file_is_the_owners_alone(tmp_path: Path) -> None:
    file = HealthFile(tmp_path / "a.db")
    for health in (FULL, PLAIN):
        file.write(health)
    assert read_health(tmp_path / "a.db") == PLAIN
    assert health_file(tmp_path / "a.db").stat().st_mode & 0o777 == 0o600


def test_on_a_disk_that_has_become_full_it_still_says_so(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 512) as disk:
        file = HealthFile(disk / "a.db")
        file.write(PLAIN)
        fill(disk)
        file.write(FULL)
        assert read_health(disk / "a.db") == FULL


def test_what_cannot_be_written_disturbs_nobody(tmp_path: Path) -> None:
    HealthFile(tmp_path / "none" / "a.db").write(PLAIN)
    target = tmp_path / "mine"
    target.write_text("mine")
    health_file(tmp_path / "a.db").symlink_to(target)
    HealthFile(tmp_path / "a.db").write(PLAIN)
    assert target.read_text() == "mine"
    assert read_health(tmp_path / "a.db") is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"5",
        b"[" * 100_000,
        b'{"pid": "x", "pinged": null, "trouble": null}',
        b'{"pid": 1, "alive_at": "yesterday", "looked_at": null, "trouble": null, "since": null, "pinged": null}',
        b'{"pid": 1, "alive_at": "2026-05-06T12:00:00Z", "looked_at": null, "trouble": {"id": "other", "line": null}}',
    ],
)
def test_what_is_no_such_word_is_none(content: bytes, tmp_path: Path) -> None:
    health_file(tmp_path / "a.db").write_bytes(content)
    assert read_health(tmp_path / "a.db") is None


def test_a_pipe_in_its_place_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(health_file(tmp_path / "a.db"))
    assert read_health(tmp_path / "a.db") is None


@pytest.mark.parametrize(
    ("pinged", "last_ok"),
    [
        (Pinged(), None),
        (Pinged(NOON), True),
        (Pinged(None, NOON), False),
        (Pinged(NOON, NOON - timedelta(1)), True),
        (Pinged(NOON, NOON + timedelta(1)), False),
    ],
)
def test_the_last_ping_is_the_later_one(pinged: Pinged, last_ok: bool | None) -> None:
    assert pinged.last_ok is last_ok
