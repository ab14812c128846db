"""`check` says of each topic whether its answers can be read, and what to do where they cannot."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.health.record import Health, HealthFile
from hersteld.daemon.system.paths import database_path
from tests.support.command_line import call, environment_in
from tests.support.ntfy.server import NtfyServer

TOPIC, READER = "w8woord-topic", "tk_g3heim"


@pytest.fixture
def ntfy() -> Iterator[NtfyServer]:
    with NtfyServer(readers={TOPIC: READER}) as server:
        yield server


def checked(ntfy: NtfyServer, home: Path, *, token: str | None = READER, language: str = "en") -> str:
    """Return the lines of `hersteld check` that begin with those about answers."""
    config = home / "hersteld.toml"
    config.touch(mode=0o600)
    reply_token = "" if token is None else f'reply_token = "{token}"\n'
    config.write_text(
        f'[[notify.targets]]\nname = "phone"\nurl = "{ntfy.target("anna")}"\n'
        f'reply = "{ntfy.url}/{TOPIC}"\n{reply_token}'
    )
    said = call("check", "--config", str(config), "--language", language, home=home).output
    assert not [secret for secret in (TOPIC, READER, "tk_wrong") if secret in said]
    lines = said.splitlines()
    word = "answers:" if language == "en" else "antwoorden:"
    number = next(number for number, line in enumerate(lines) if word in line)
    return "\n".join(lines[number : number + 2])


def test_a_topic_that_can_be_read_is_well(ntfy: NtfyServer, tmp_path: Path) -> None:
    assert "ok" in checked(ntfy, tmp_path).split()
    assert ntfy.published == [], "nothing is sent"


def test_it_is_said_when_the_service_last_heard_of_a_tap(ntfy: NtfyServer, tmp_path: Path) -> None:
    database = database_path(environment_in(tmp_path))
    Store(database).close()
    assert "the last tap" not in checked(ntfy, tmp_path)
    moment = datetime(2026, 5, 6, 12, 30, tzinfo=UTC)
    HealthFile(database).write(Health(4711, moment, tapped_at=moment))
    assert "the last tap on a message was heard at 2026-05-06 14:30" in checked(ntfy, tmp_path)
    assert "de laatste tik op een bericht kwam aan om 2026-05-06 14:30" in checked(ntfy, tmp_path, language="nl")


@pytest.mark.parametrize(("token", "code"), [("tk_wrong", "401"), (None, "403")])
def test_a_refusal_is_told_with_what_to_do(ntfy: NtfyServer, tmp_path: Path, token: str | None, code: str) -> None:
    said = checked(ntfy, tmp_path, token=token)
    assert f"the server answered {code} (not allowed)" in said
    assert "ntfy access" in said
    assert "de server antwoordde" in checked(ntfy, tmp_path, token=token, language="nl")


def test_a_server_that_is_down_is_told_apart(ntfy: NtfyServer, tmp_path: Path) -> None:
    ntfy.down()
    said = checked(ntfy, tmp_path)
    assert "cannot be read" in said
    assert "tries again by itself" in said
