"""Whatever the receiver of pings does, the service works, `status` says what came of it, and no secret is seen."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hersteld.daemon.cli.exit_codes import EXIT_DATABASE
from tests.support.faults.misbehaving import Behaviour, Misbehaving, answer, drip, hang, redirect_to_itself, reset
from tests.support.home import HERSTELD, Home
from tests.support.machine.components import require
from tests.support.machine.process import Program
from tests.support.receivers import HttpReceiver, PingReceiver, free_port

SECRET = "ping-geheim-5f0e77"


@pytest.fixture
def phone() -> Iterator[HttpReceiver]:
    with HttpReceiver() as phone:
        yield phone


@pytest.fixture
def home(tmp_path: Path, phone: HttpReceiver) -> Home:
    home = Home(tmp_path / "home", phone.url)
    home.configure(experience="trained")
    return home


def call_at(home: Home, url: str) -> None:
    """Have pings go to this address."""
    with home.config.open("a", encoding="utf-8") as config:
        config.write(f'[health]\nping_url = "{url}"\n')


@contextmanager
def receiver_that(does: Behaviour | str, folder: Path) -> Iterator[str]:
    """Give the address of a receiver that does so."""
    if does == "refuses":
        yield f"http://127.0.0.1:{free_port()}/{SECRET}"
    elif does == "has no name":
        yield f"https://{SECRET}.invalid/{SECRET}"
    elif does == "has a bad certificate":
        require("openssl")
        with Misbehaving(answer(200), certificate=folder) as server:
            yield f"https://anna:{SECRET}@127.0.0.1:{server.port}/{SECRET}"
    else:
        assert callable(does)
        with Misbehaving(does) as server:
            yield f"http://anna:{SECRET}@127.0.0.1:{server.port}/{SECRET}?rid={SECRET}"


@pytest.mark.figures("the receiver of pings refuses", "{tried} receivers: lost 0, 0 secrets seen")
@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("refuses", "delivery.refused_connection"),
        ("has no name", "delivery.name_unknown"),
        ("has a bad certificate", "delivery.not_secure"),
        (hang, "delivery.answered_late"),
        (reset, "delivery.broken_off"),
        (answer(500, body=SECRET.encode()), "delivery.server_answered"),
        (redirect_to_itself, "delivery.server_answered"),
        (drip, None),
    ],
    ids=["refuses", "no name", "bad certificate", "hangs", "breaks off", "answers 500", "redirects", "drips"],
)
def test_the_service_works_and_tells_whatever_the_receiver_does(
    does: Behaviour | str, reason: str | None, home: Home, phone: HttpReceiver, tmp_path: Path
) -> None:
    with receiver_that(does, tmp_path) as url:
        call_at(home, url)
        words: list[str | Path] = [HERSTELD, "--verbose", *home.words]
        with Program(words, environment=home.environment, folder=home.folder) as daemon:
            (home.inbox / "run.fit").write_bytes(home.workout())
            daemon.wait_for(lambda: phone.received, "the workout to be told")
            daemon.wait_for(lambda: home.ask("status")["ping"]["ok"] is (reason is None), "the ping to be over")
            found = home.ask("status")
            assert (found["well"], found["ping"]["reason_id"]) == (True, reason)
            assert found["ping"]["failed_at" if reason else "ok_at"] <= found["now"]
            text = home.call("status")
            outcome = "The last call of health.ping_url failed" if reason else "was last called with success"
            assert re.search(rf"{outcome} (just now|\d min ago)", text)
            daemon.stop_cleanly()
        said = [*daemon.stdout_lines, *daemon.stderr_lines, text, json.dumps(found), home.call("config", "show")]
        said += [home.call("check"), home.call("check", "--json")]
        assert SECRET not in "\n".join(said)
        assert not any(SECRET.encode() in file.read_bytes() for file in home.database.parent.iterdir())


def test_a_service_that_is_stopped_tells_nobody_anything_more(home: Home) -> None:
    with PingReceiver() as receiver:
        call_at(home, f"http://127.0.0.1:{receiver.port}/{SECRET}")
        with home.daemon() as daemon:
            daemon.wait_for(lambda: receiver.heard, "the first ping")
            daemon.wait_for(lambda: home.ask("status")["ping"]["ok"], "it to be told")
            daemon.stop_cleanly()
        assert receiver.heard == [f"GET /{SECRET}"]
        found = home.ask("status")
        assert (found["running"], found["well"], found["trouble"]) == (False, False, None)
        assert found["looked_at"] <= found["now"]
        assert found["ping"]["ok"]


def test_a_service_that_ends_as_its_database_is_damaged_says_so_first(home: Home) -> None:
    with PingReceiver() as receiver:
        call_at(home, f"http://127.0.0.1:{receiver.port}/{SECRET}")
        home.database.parent.mkdir()
        home.database.write_bytes(b"no database" * 1000)
        done = subprocess.run(
            [HERSTELD, *home.words], env=home.environment, cwd=home.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == EXIT_DATABASE
        assert receiver.heard == [f"POST /{SECRET}/fail database_unusable"]
        assert SECRET not in done.stdout + done.stderr


def test_an_address_from_the_credential_store_is_called(home: Home) -> None:
    credentials = home.folder / "credentials"
    credentials.mkdir()
    with PingReceiver() as receiver:
        (credentials / "ping_url").write_text(f"http://127.0.0.1:{receiver.port}/{SECRET}\n")
        environment = {**home.environment, "CREDENTIALS_DIRECTORY": str(credentials)}
        with Program([HERSTELD, *home.words], environment=environment, folder=home.folder) as daemon:
            daemon.wait_for(lambda: receiver.heard, "the ping")
            daemon.stop_cleanly()
        assert receiver.heard == [f"GET /{SECRET}"]


@pytest.mark.parametrize("status", [200, 500])
def test_the_command_that_tries_the_targets_tries_the_ping_as_well(
    status: int, home: Home, phone: HttpReceiver
) -> None:
    with PingReceiver() as receiver:
        receiver.status = status
        call_at(home, f"http://127.0.0.1:{receiver.port}/{SECRET}")

        def call(*words: str) -> subprocess.CompletedProcess[str]:
            command = [sys.executable, "-m", "hersteld", "notify-test", *words, "--config", str(home.config)]
            return subprocess.run(
                command, env=home.environment, cwd=home.folder, capture_output=True, text=True, check=False
            )

        done = call()
        assert done.returncode == (0 if status == 200 else 1)
        assert ("called, and accepted there" in done.stdout) is (status == 200)
        assert ("not accepted: the server answered 500" in done.stdout) is (status == 500)
        answers: list[dict[str, Any]] = [json.loads(line) for line in call("--json").stdout.splitlines()]
        assert [one.get("target") for one in answers] == ["phone", None]
        assert (answers[1]["ping"], answers[1]["ok"]) == (True, status == 200)
        assert receiver.heard == [f"GET /{SECRET}"] * 2
        assert call("phone").returncode == 0
        assert len(receiver.heard) == 2, "who names a target means that target"
        assert len(phone.received) == 3
        assert SECRET not in done.stdout + done.stderr
