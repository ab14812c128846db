"""A ping is what its receiver understands, ends in time, follows nobody, and says why it failed in words of our own."""

from pathlib import Path

import pytest

from hersteld.daemon.health.ping import ping
from hersteld.daemon.health.trouble import TroubleId
from tests.support.faults.misbehaving import Behaviour, Misbehaving, answer, drip, gush, hang, redirect_to_itself, reset
from tests.support.machine.components import require
from tests.support.receivers import PingReceiver, free_port
from tests.support.sentences import sentence

WELL = (
    ("/ping/5f0e", "GET /ping/5f0e"),
    ("/api/push/tok?status=up&msg=OK&ping=", "GET /api/push/tok?status=up&msg=OK&ping="),
    ("/topic/trigger?x=%2F", "GET /topic/trigger?x=%2F"),
    ("", "GET /"),
)
NOT_WELL = (
    ("/ping/5f0e", "POST /ping/5f0e/fail folder_missing"),
    ("/ping/5f0e/", "POST /ping/5f0e/fail folder_missing"),
    ("/ping/5f0e?rid=7", "POST /ping/5f0e/fail?rid=7 folder_missing"),
    ("/api/push/tok?status=up&msg=OK&ping=", "GET /api/push/tok?status=down&msg=folder_missing"),
    ("/api/push/tok", "GET /api/push/tok?status=down&msg=folder_missing"),
    ("", "POST /fail folder_missing"),
)


@pytest.mark.parametrize(
    ("path", "trouble", "heard"),
    [*((path, None, heard) for path, heard in WELL), *((path, "folder_missing", heard) for path, heard in NOT_WELL)],
)
def test_the_receiver_hears_what_it_understands(path: str, trouble: TroubleId | None, heard: str) -> None:
    with PingReceiver() as receiver:
        assert ping(f"http://127.0.0.1:{receiver.port}{path}", trouble) is None
        assert receiver.heard == [heard]


def test_user_and_password_of_the_address_are_shown_to_its_server() -> None:
    with PingReceiver() as receiver:
        assert ping(f"http://anna:p%40ss@127.0.0.1:{receiver.port}/x#part", None) is None
        assert (receiver.heard, receiver.logins) == (["GET /x"], ["Basic YW5uYTpwQHNz"])


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (answer(404), "the server answered 404 (no such address there)"),
        (answer(429), "the server answered 429 (too many messages)"),
        (answer(500, body=b"error=200 certificate"), "the server answered 500 (it is in trouble itself)"),
        (redirect_to_itself, "the server answered 307 (it names another address)"),
        (answer(301, "Location: file:///etc/passwd"), "the server answered 301 (it names another address)"),
        (reset, "the server broke the connection off"),
        (gush, "the server answered 500 (it is in trouble itself)"),
    ],
)
def test_each_failure_is_told_in_plain_words(behaviour: Behaviour, reason: str) -> None:
    with Misbehaving(behaviour) as server:
        assert sentence(ping(f"http://127.0.0.1:{server.port}/s3cret", None)) == reason
        assert len(server.bodies) == 1, "one ping, one call"


def test_a_server_that_has_accepted_is_believed_whatever_it_goes_on_to_say() -> None:
    with Misbehaving(drip) as server:
        assert ping(f"http://127.0.0.1:{server.port}/s3cret", None) is None


def test_a_server_that_never_answers_is_left_in_time() -> None:
    with Misbehaving(hang) as server:
        reason = ping(f"http://127.0.0.1:{server.port}/s3cret", "no_memory", timeout_s=2)
        assert sentence(reason) == "no answer within 2 seconds"


def test_nobody_there_and_a_name_that_nobody_has() -> None:
    refused = ping(f"http://127.0.0.1:{free_port()}/s3cret", None)
    assert sentence(refused) == "the server refused the connection"
    unknown = ping("https://s3cret.invalid/s3cret", None)
    assert sentence(unknown) == "the server's name could not be looked up; is there a network?"


def test_a_certificate_that_nobody_signed_gets_no_ping(tmp_path: Path) -> None:
    require("openssl")
    with Misbehaving(answer(200), certificate=tmp_path) as server:
        reason = ping(f"https://127.0.0.1:{server.port}/s3cret", None)
        assert sentence(reason) == "no secure connection to the server; is its certificate valid?"
        assert server.bodies == []


def test_a_machine_that_starts_no_process_is_a_ping_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_words: object, **_more: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr("subprocess.Popen", refuses)
    assert sentence(ping("http://127.0.0.1:9/s3cret", None)) == "the call broke off"
