"""A fingerprint of the configuration tells whether it is still the same, and nothing of what stands in it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Settings
from hersteld.daemon.database.lock import RunningDaemon
from hersteld.daemon.health.configured import fingerprint, is_configured_otherwise
from hersteld.daemon.health.record import Health, HealthFile
from tests.support.command_line import settings_in

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)


def settings(folder: Path, written: str) -> Settings:
    return replace(settings_in(folder), written=SecretStr(written))


def test_two_starts_with_one_configuration_have_fingerprints_that_tell_nothing(tmp_path: Path) -> None:
    first, second = (fingerprint(settings(tmp_path, "json://s3cret")) for _ in range(2))
    assert first != second
    assert "s3cret" not in f"{first}{second}"
    assert fingerprint(settings(tmp_path, "")) is None


@pytest.mark.parametrize(
    ("kept", "now", "pid", "otherwise"),
    [
        ("a", "a", 7, False),
        ("a", "b", 7, True),
        ("a", "b", None, True),
        ("a", "b", 8, False),  # the record is of an earlier run
        ("", "b", 7, False),
        ("a", "", 7, False),
    ],
)
def test_it_is_known_whether_the_service_was_started_with_it(
    kept: str, now: str, pid: int | None, otherwise: bool, tmp_path: Path
) -> None:
    database = tmp_path / "a.db"
    HealthFile(database).write(Health(7, NOON, configured=fingerprint(settings(tmp_path, kept))))
    assert is_configured_otherwise(settings(tmp_path, now), database, RunningDaemon(pid, NOON)) == otherwise


@pytest.mark.parametrize("kept", [None, "", "zz:00", "00"])
def test_where_no_fingerprint_can_be_read_of_a_record_nothing_is_claimed_or_it_differs(
    kept: str | None, tmp_path: Path
) -> None:
    database = tmp_path / "a.db"
    HealthFile(database).write(Health(7, NOON, configured=kept))
    told = is_configured_otherwise(settings(tmp_path, "a"), database, RunningDaemon(7, NOON))
    assert told == (kept in ("", "00"))
