"""The real daemon and receivers that fail in every way: each by itself, told in `status`, and none delays another."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.notifiers import AppriseNotifier
from hersteld.daemon.delivery.sender import TargetSender
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.tries import FIRST_RETRY_S, LAST_RETRY_S
from hersteld.daemon.system.clock import ManualClock
from tests.support.command_line import call
from tests.support.faults.misbehaving import Misbehaving, answer, drip, gush, hang, redirect_to_itself, reset
from tests.support.machine.components import require
from tests.support.machine.process import PATIENCE_S, Program
from tests.support.machine.systemd import listening
from tests.support.measured.figures import Measured
from tests.support.messages import a_message
from tests.support.pipeline import a_file
from tests.support.receivers import SECRETS, HttpReceiver, free_port
from tests.support.sentences import sentence

UNANSWERED = "it was sent, but no answer came"
REASONS = {
    "r401": "the server answered 401 (not allowed)",
    "r404": "the server answered 404 (no such address there)",
    "r429": "the server answered 429 (too many messages)",
    "later": "the server answered 429 (too many messages)",
    "r500": "the server answered 500 (it is in trouble itself)",
    "round": "the server answered 307 (it names another address)",
    "reset": UNANSWERED,
    "gush": "the server answered more than can be read",
    "refused": "the server refused the connection",
    "noname": "the server's name could not be looked up; is there a network?",
    "tls": "no secure connection to the server; is its certificate valid?",
    "hang": UNANSWERED,
    "drip": UNANSWERED,
}
BEHAVIOURS = {
    "r401": answer(401),
    "r404": answer(404),
    "r429": answer(429),
    "later": answer(429, "Retry-After: 86400"),
    "r500": answer(500, body=b"\x1b[31m\x1b]0;owned\x07" + "\u202egeheim".encode()),
    "round": redirect_to_itself,
    "reset": reset,
    "gush": gush,
    "hang": hang,
    "drip": drip,
}


@pytest.mark.figures("a receiver answers 401", "{bad} bad, {good} good: repeated {repeated}, {secrets} secrets seen")
def test_bad_receivers_are_told_each_by_itself_and_delay_no_other(tmp_path: Path, measured: Measured) -> None:
    require("openssl")
    inbox, config, address = tmp_path / "Workouts", tmp_path / "hersteld.toml", tmp_path / "notify"
    inbox.mkdir()
    config.touch(mode=0o600)
    hersteld = Path(sys.executable).with_name("hersteld")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "STATE_DIRECTORY": str(tmp_path / "state"),
    }
    with ExitStack() as stack:
        servers = {name: stack.enter_context(Misbehaving(behaviour)) for name, behaviour in BEHAVIOURS.items()}
        servers["tls"] = stack.enter_context(Misbehaving(answer(200), certificate=tmp_path))
        good = stack.enter_context(HttpReceiver())
        password, path, token = SECRETS
        elsewhere = f"anna:{password}@{{}}/{path}?-token={token}"
        urls = {name: server.url for name, server in servers.items()}
        urls["refused"] = "json://" + elsewhere.format(f"127.0.0.1:{free_port()}")
        urls["noname"] = "json://" + elsewhere.format("no-such-host.invalid")
        urls["good"] = good.url  # the last, so that one queue for all would show
        targets = "".join(f'[[notify.targets]]\nname = "{name}"\nurl = "{url}"\n' for name, url in urls.items())
        config.write_text(f'[watch]\nfolders = ["{inbox}"]\n[notify]\nlanguage = "nl"\nquiet_hours = ""\n{targets}')

        def status(*words: str) -> str:
            command = [str(hersteld), "status", "--config", str(config), *words]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
            return done.stdout

        def failing() -> dict[str, dict[str, Any]]:
            due = json.loads(status("--json"))["due"]
            return {row["target"]: row for row in due if row["rule"] == "first" and row["reason"]}

        command = [str(hersteld), "run", "--verbose", "--config", str(config)]
        notifying = {**environment, "NOTIFY_SOCKET": str(address)}
        with listening(address) as heard, Program(command, environment=notifying, folder=tmp_path) as daemon:
            daemon.wait_for(lambda: "READY=1" in heard, "the daemon to be ready")
            (inbox / "a.fit").write_bytes(a_file(datetime.now(UTC) - timedelta(minutes=1)))
            daemon.wait_for(lambda: servers["drip"].open, "the slow one to be called")
            daemon.wait_for(lambda: good.received, "the good one to be told")
            assert servers["drip"].open == 1, "it has its message while another's call still hangs"
            daemon.wait_for(lambda: set(REASONS) <= set(failing()), "each bad one to have failed", 2 * PATIENCE_S)
            rows = failing()
            assert {name: row["reason"] for name, row in rows.items()} == REASONS
            for row in rows.values():
                waits = "unknown" if row["reason"] == UNANSWERED else "pending"
                assert row["state"] in {waits, "sending"}  # another try may have begun
                assert row["attempts"] >= 1
                assert row["try_at"] < row["expires_at"]
            daemon.wait_for(lambda: "de server antwoordde 401 (geen toegang)" in status(), "a pause between two tries")
            printed = status()
            assert "× mislukt" in printed
            assert "hersteld draait;" in printed
            daemon.stop_cleanly()
        assert "hersteld draait niet" in status()
        assert len(good.received) == 1
        everything = printed + daemon.stderr + status() + status("--json")
        everything += b"".join(file.read_bytes() for file in (tmp_path / "state").iterdir()).decode("latin-1")
    seen = [secret for secret in SECRETS if secret in everything]
    assert seen == []
    assert "owned" not in everything
    assert "Traceback" not in daemon.stderr
    measured(bad=len(rows), good=len(urls) - len(rows), repeated=len(good.received) - 1, secrets=len(seen))


@pytest.mark.figures("it goes on so until the message", "{tried} receivers: all given up")
@pytest.mark.parametrize("name", ["r401", "later"])
def test_what_failed_until_its_time_was_over_is_given_up_with_the_last_reason(tmp_path: Path, name: str) -> None:
    began = datetime.now(UTC) - timedelta(hours=3)
    clock, tries = ManualClock(began), []
    with Misbehaving(BEHAVIOURS[name]) as server, Store(tmp_path / "state" / "hersteld.db") as store:
        outbox = Outbox(store)
        outbox.queue(
            "a", None, [a_message("first", "Zwaar", "Rust", began, began + timedelta(hours=2))], ["x"], now=began
        )
        sender = TargetSender(store, AppriseNotifier([Target("x", SecretStr(server.url))]), "x", clock)
        while clock.now() < began + timedelta(hours=2, minutes=1):
            if sender.step():
                tries.append(clock.now())
            clock.move(timedelta(seconds=30))
        (row,) = outbox.rows()
        assert (row.state, sentence(row.reason), row.attempts) == ("failed", REASONS[name], len(tries))
        assert len(server.bodies) == len(tries)
        assert 8 <= len(tries) <= 14
        pauses = [(after - before).total_seconds() for before, after in pairwise(tries)]
        assert min(pauses) >= FIRST_RETRY_S
        assert max(pauses) <= LAST_RETRY_S + 30, "whatever a Retry-After asks"
    printed = call("status", "--language", "en", home=tmp_path).stdout
    assert f"given up: {REASONS[name]}" in " ".join(printed.split())
    assert not any(secret in printed for secret in SECRETS)
