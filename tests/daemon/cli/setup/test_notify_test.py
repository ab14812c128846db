"""`hersteld notify-test` sends one message to each target and says what came of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.cli.setup import notify_test
from hersteld.daemon.delivery.call_process import CallProcess
from hersteld.daemon.delivery.failure_reasons import UNANSWERED
from hersteld.daemon.delivery.message import Message, SendResult
from hersteld.daemon.delivery.pictures.ways import Way
from hersteld.parsers.line import Line
from tests.support.command_line import call
from tests.support.ntfy.server import NtfyServer
from tests.support.pictures.recording import Recorder, Request
from tests.support.receivers import HttpReceiver


def test_without_targets_the_test_goes_to_the_log(tmp_path: Path) -> None:
    result = call("notify-test", "--json", "--language", "nl", home=tmp_path)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "target": "log",
        "ok": True,
        "reason": None,
        "reason_id": None,
        "reason_values": None,
        "picture": None,
    }
    assert "hersteld: test" in result.stderr
    assert call("notify-test", "telephone", home=tmp_path).exit_code == 2


def test_a_receiver_is_tried_before_it_is_configured(capsys: pytest.CaptureFixture[str]) -> None:
    with HttpReceiver() as receiver:
        assert notify_test.try_target(Target("phone", SecretStr(receiver.url)))
        assert [message.title for message in receiver.received] == ["hersteld: test"]
        receiver.down()
        assert not notify_test.try_target(Target("phone", SecretStr(receiver.url)))
    assert capsys.readouterr().out == (
        "phone: sent; look whether it is there.\nphone: not delivered: the server refused the connection.\n"
    )


def test_a_target_that_does_not_take_it_makes_it_fail(tmp_path: Path) -> None:
    config = tmp_path / "own.toml"
    config.touch(mode=0o600)
    config.write_text('[[notify.targets]]\nname = "phone"\nurl = "json://user:s3cret@127.0.0.1:9/"\n')
    result = call("notify-test", "--config", config, home=tmp_path)
    assert result.exit_code == 1
    assert "phone: not delivered: the server refused the connection." in result.stdout
    assert "s3cret" not in result.output


def test_at_a_terminal_it_waits_for_a_press_and_says_when_none_came(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Shown:
        def targets(self) -> tuple[str, ...]:
            return ("desktop",)

        def send(self, target: str, message: Message) -> SendResult:
            assert len(message.choices) == 3, target
            return SendResult(ok=True)

        def picture_way(self, target: str) -> Way:  # noqa: ARG002 - one target
            return Way.NONE

    monkeypatch.setattr(notify_test, "notifier_for", lambda *_, **_named: Shown())
    monkeypatch.setattr(notify_test, "PRESS_WITHIN_S", 0)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    for words in ((), ("--json",)):
        notify_test.notify_test.main([*words, "--language", "en"], standalone_mode=False)
    said = capsys.readouterr().out
    assert said.count("desktop: press one of its buttons within 0 s") == 1, "not in JSON, which a program reads"
    assert said.count("desktop: no press was heard.") == 1


@pytest.mark.parametrize(
    ("reason", "language", "told"),
    [
        (UNANSWERED, "en", "phone: sent, but no answer came; it may have arrived."),
        (UNANSWERED, "nl", "phone: verstuurd, maar er kwam geen antwoord; misschien is het aangekomen."),
        (Line("delivery.not_accepted"), "en", "phone: not known whether it arrived: the service did not accept"),
        (Line("delivery.not_accepted"), "nl", "phone: onbekend of het is aangekomen: "),
    ],
)
def test_what_may_have_arrived_is_not_called_undelivered(
    reason: Line, language: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsure = SendResult(ok=False, reason=reason, may_have_arrived=True)
    monkeypatch.setattr(CallProcess, "call", lambda _caller, _message: unsure)
    config = tmp_path / "own.toml"
    config.touch(mode=0o600)
    config.write_text('[[notify.targets]]\nname = "phone"\nurl = "json://127.0.0.1:9/"\n')
    result = call("notify-test", "--config", config, "--language", language, home=tmp_path)
    assert result.exit_code == 1
    assert told in result.stdout


def with_target(folder: Path, url: str) -> Path:
    config = folder / "own.toml"
    config.touch(mode=0o600)
    config.write_text(f'[[notify.targets]]\nname = "phone"\nurl = "{url}"\n')
    return config


@pytest.mark.parametrize("takes", [True, False])
def test_a_picture_goes_with_the_test_and_where_it_is_refused_that_is_said(tmp_path: Path, *, takes: bool) -> None:
    with NtfyServer(takes_files=takes) as ntfy:
        config = with_target(tmp_path, ntfy.target("anna"))
        result = call("notify-test", "--config", config, home=tmp_path)
        asked = call("notify-test", "--json", "--config", config, home=tmp_path)
    assert (result.exit_code, json.loads(asked.stdout)["picture"]) == (0, takes)
    assert ("phone: the picture was not taken: the server answered 400" in result.stdout) is not takes
    assert [one.file is not None for one in ntfy.published] == [takes] * 2


def test_a_picture_that_follows_its_words_is_tried_too(tmp_path: Path) -> None:
    with Recorder(takes_no_upload) as server:
        config = with_target(tmp_path, f"matrix://u:p@{server.place}/!room:x?v=2&e2ee=no")
        sent = call("notify-test", "--json", "--config", config, home=tmp_path)
    assert json.loads(sent.stdout)["ok"]
    assert json.loads(sent.stdout)["picture"] is False
    assert len(server.pictures) == 1
    assert len(server.with_words("This is a test")) == 1


def takes_no_upload(request: Request) -> tuple[int, dict[str, Any]]:
    if request.picture is not None:
        return 413, {"errcode": "M_TOO_LARGE"}
    return 200, {"room_id": "!room:x", "access_token": "t", "home_server": "x", "user_id": "@u:x", "event_id": "$e"}


def test_without_a_library_that_draws_the_words_are_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notify_test, "fault", lambda: Line("card.not_installed"))
    with NtfyServer() as ntfy:
        sent = call("notify-test", "--json", "--config", with_target(tmp_path, ntfy.target("anna")), home=tmp_path)
    assert json.loads(sent.stdout)["picture"] is False
    assert [one.file for one in ntfy.published] == [None]
