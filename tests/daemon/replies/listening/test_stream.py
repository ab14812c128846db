"""A topic is read to the letter of ntfy's documentation, and whatever its server does ends in a reason."""

import itertools
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from hersteld.config.texts.speech import said
from hersteld.daemon.replies.listening.stream import LONGEST_LINE, StreamEnded, read_topic
from tests.support.ntfy.certificates import authority_and_server
from tests.support.ntfy.server import NtfyServer

TOPIC = "w8woord-topic"
NEVER = "1"
"""Long ago, in seconds since 1970."""


@pytest.fixture
def ntfy() -> Iterator[NtfyServer]:
    with NtfyServer() as server:
        yield server


def first(ntfy: NtfyServer, count: int, since: str = NEVER, **options: float) -> list[str]:
    """Return the first messages of the topic."""
    stream = read_topic(f"{ntfy.url}/{TOPIC}", None, since, **options)  # type: ignore[arg-type]
    return [message.text for message in itertools.islice(stream, count)]


def ended(ntfy: NtfyServer, token: str | None = None, *, silent_s: float = 10.0) -> StreamEnded:
    """Read the topic until that ends, and return how."""
    with pytest.raises(StreamEnded) as caught:
        list(read_topic(f"{ntfy.url}/{TOPIC}", token, NEVER, silent_s=silent_s))
    words = said(caught.value.reason)
    assert not [secret for secret in (TOPIC, "127.0.0.1", "g3heim") if secret in words]
    return caught.value


def test_what_is_there_and_what_comes_is_read_in_order(ntfy: NtfyServer) -> None:
    ntfy.publish(TOPIC, "before")
    ntfy.publish("another", "of nobody here")
    threading.Timer(0.2, ntfy.publish, (TOPIC, "after")).start()
    assert first(ntfy, 2) == ["before", "after"]


def test_after_an_absence_it_is_read_from_where_it_was_left(ntfy: NtfyServer) -> None:
    ntfy.publish(TOPIC, "one")
    last = ntfy.publish(TOPIC, "two")
    ntfy.publish(TOPIC, "three")
    assert first(ntfy, 1, since=last.id) == ["three"]
    assert first(ntfy, 3, since="nobodyknows1") == ["one", "two", "three"]


def test_a_poll_ends_with_what_is_there(ntfy: NtfyServer) -> None:
    ntfy.publish(TOPIC, "one")
    assert [one.text for one in read_topic(f"{ntfy.url}/{TOPIC}", None, NEVER, is_poll=True)] == ["one"]
    assert ntfy.asked[-1].query == {"since": NEVER, "poll": "1"}


def test_the_moment_is_that_of_the_server(ntfy: NtfyServer) -> None:
    one = ntfy.publish(TOPIC, "one")
    (read,) = read_topic(f"{ntfy.url}/{TOPIC}", None, NEVER, is_poll=True)
    assert (read.id, read.sent_at) == (one.id, datetime.fromtimestamp(one.at_s, UTC))


def test_the_token_goes_to_the_server_and_nothing_may_be_cached(
    ntfy: NtfyServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login anna password of-another\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    ntfy.readers[TOPIC] = "tk_g3heim"
    list(read_topic(f"{ntfy.url}/{TOPIC}", "tk_g3heim", NEVER, is_poll=True))
    assert ntfy.asked[-1].headers["Authorization"] == "Bearer tk_g3heim"
    assert "no-store" in ntfy.asked[-1].headers["Cache-Control"]
    del ntfy.readers[TOPIC]
    list(read_topic(f"{ntfy.url}/{TOPIC}", None, NEVER, is_poll=True))
    assert "Authorization" not in ntfy.asked[-1].headers


@pytest.mark.parametrize(("token", "code"), [("tk_g3heim-wrong", "401"), (None, "403")])
def test_who_may_not_read_is_refused(ntfy: NtfyServer, token: str | None, code: str) -> None:
    ntfy.readers[TOPIC] = "tk_g3heim"
    refused = ended(ntfy, token)
    assert refused.is_refused
    assert code in said(refused.reason)


def test_too_many_requests_say_how_long_to_wait(ntfy: NtfyServer) -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    answers = {"17": 17, "0": 1, "999999": 3600, "-5": None, "": None, "soon": None, "1e3": None}
    for text in (*answers, at):
        ntfy.refusals.append((429, {"Retry-After": text}))
    waits = [ended(ntfy).wait_s for _ in answers]
    assert waits == list(answers.values())
    until = ended(ntfy).wait_s
    assert until is not None
    assert 60 < until <= 90


def test_a_redirection_is_not_followed(ntfy: NtfyServer) -> None:
    with NtfyServer() as elsewhere:
        ntfy.refusals.append((302, {"Location": f"{elsewhere.url}/{TOPIC}/json"}))
        assert "302" in said(ended(ntfy, "tk_g3heim").reason)
        assert elsewhere.asked == []


def test_a_connection_that_falls_silent_is_given_up(ntfy: NtfyServer) -> None:
    ntfy.keepalive_s = None
    assert ended(ntfy, silent_s=0.3).reason.id == "delivery.no_answer_within"


def test_one_that_drips_without_a_line_is_given_up() -> None:
    class Dripping(NtfyServer):
        def stream(self, handler, topic, since, *, is_poll):  # type: ignore[no-untyped-def]
            del topic, since, is_poll
            tick = threading.Event()
            for _ in range(1000):
                handler.chunk(b" ")
                tick.wait(0.05)

    with Dripping() as dripping:
        assert ended(dripping, silent_s=0.5).reason.id == "delivery.no_answer_within"


def test_one_that_says_that_it_is_there_stays_open(ntfy: NtfyServer) -> None:
    ntfy.keepalive_s = 0.05
    threading.Timer(1.0, ntfy.publish, (TOPIC, "late")).start()
    assert first(ntfy, 1, silent_s=0.5) == ["late"]


def test_a_server_that_ends_the_connection_or_is_not_there_is_told_apart(ntfy: NtfyServer) -> None:
    threading.Timer(0.3, ntfy.cut).start()
    assert ended(ntfy).reason.id == "delivery.broken_off"
    ntfy.down()
    assert ended(ntfy).reason.id == "delivery.refused_connection"


@pytest.mark.parametrize(
    "raw",
    [
        b"\n\n\x00\xff\n",
        b"[]\n7\nnull\n" + b"[" * 10_000 + b"\n",
        b'{"event":"message"}\n{"event":"message","id":"a","time":"x","message":"m"}\n',
        b'{"event":"message","id":"a&poll=1","time":1,"message":"m"}\n',
        b'{"event":"message","id":"a","time":1e300,"message":"m"}\n{"event":"message","id":1,"time":1,"message":"m"}\n',
        b'{"event":"message","id":"a","time":1,"message":"' + b"m" * LONGEST_LINE + b'"}\n',
        b"x" * (50 * LONGEST_LINE) + b"\n",
        b'{"event":"message","id":"' + b"a" * 9000 + b'","time":1,"message":"m"}\n',
        json.dumps({"event": "keepalive", "id": "a", "time": 1, "message": "m"}).encode() + b"\n",
    ],
    ids=[
        "no text",
        "no object",
        "half a message",
        "an id that asks",
        "no numbers",
        "too long",
        "far too long",
        "an id too long to ask for",
        "alive",
    ],
)
def test_a_line_that_is_no_message_is_left_out_and_the_next_one_read(ntfy: NtfyServer, raw: bytes) -> None:
    ntfy.raw = raw
    ntfy.publish(TOPIC, "sound")
    assert first(ntfy, 1) == ["sound"]


def test_an_authority_of_ones_own_is_believed_where_it_is_named_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, certificate = authority_and_server(tmp_path)
    with NtfyServer(certificate=certificate) as ntfy:
        ntfy.publish(TOPIC, "one")
        assert ended(ntfy).reason.id == "delivery.not_secure"
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority))
        assert first(ntfy, 1) == ["one"]
