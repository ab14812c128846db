"""A text that is too long for its service loses whole lines, the last first, and stays one message."""

from typing import TYPE_CHECKING

import pytest
from apprise import Apprise
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.delivery.apprise_plugins import make_known
from hersteld.daemon.delivery.apprise_service import fault_of_address, fitted, service_of, shortened
from hersteld.daemon.delivery.notifiers import AppriseNotifier, Message
from tests.support.measured.figures import Measured
from tests.support.receivers import HttpReceiver

if TYPE_CHECKING:
    from apprise.plugins.base import NotifyBase


def plugin(url: str) -> "NotifyBase":
    make_known(url.partition("://")[0])
    found = Apprise.instantiate(url)
    assert found is not None
    return found


@pytest.mark.figures("a text is too long for its", "{lines} lines: {messages} message")
def test_a_text_beyond_the_limit_arrives_as_one_message_that_ends_with_a_whole_line(measured: Measured) -> None:
    lines = [f"{number:03} " + "rustig " * 14 + "aan" for number in range(400)]
    with HttpReceiver() as receiver:
        phone = AppriseNotifier([Target("phone", SecretStr(receiver.url))])
        limit = plugin(receiver.url).body_maxlen
        assert len("\n".join(lines)) > limit
        assert phone.send("phone", Message("Lang", "\n".join(lines), "")).ok
        (received,) = receiver.received
    arrived = received.body.split("\n")
    assert arrived == lines[: len(arrived)]
    assert len(received.body) <= limit < len(received.body) + 1 + len(lines[len(arrived)])
    measured(lines=len(lines), messages=len(receiver.received))


def test_an_option_that_asks_for_splitting_gets_one_message_all_the_same() -> None:
    with HttpReceiver() as receiver:
        phone = AppriseNotifier([Target("phone", SecretStr(receiver.url + "&overflow=split"))])
        assert phone.send("phone", Message("Lang", "regel\n" * 10_000, "")).ok
        assert len(receiver.received) == 1


def test_a_service_without_a_title_leaves_room_for_ours() -> None:
    telegram = plugin("tgram://123456789:abcdefg_hijklmnop-qrstuvwxyz0123456/12315544")
    assert telegram.title_maxlen == 0
    title, body = fitted("Zware rit", "\n".join(["x" * 99] * 50), telegram)
    assert title == "Zware rit"
    assert len(title) + 2 + len(body) <= telegram.body_maxlen
    assert set(body.split("\n")) == {"x" * 99}


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("één\ntwee", 8, "één\ntwee"),
        ("één\ntwee", 7, "één"),
        ("Rustig trainen kan, vanaf wo 08:00", 22, "Rustig trainen kan…"),
        ("Rustigtrainen", 7, "Rustig…"),
    ],
)
def test_whole_lines_then_whole_words_are_kept(text: str, limit: int, expected: str) -> None:
    assert shortened(text, limit) == expected


def test_a_service_that_shows_few_lines_gets_the_first_ones() -> None:
    assert shortened("a\nb\nc", 100, most_lines=2) == "a\nb"


@given(text=st.text(alphabet="ab \n,é", max_size=60), limit=st.integers(1, 70))
def test_a_shortened_text_fits_and_begins_as_the_whole(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert len(short) <= limit
    assert text.startswith(short.removesuffix("…"))


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("json://127.0.0.1:99999/x", "problems.address_port"),
        ("json://127.0.0.1:0/x", "problems.address_port"),
        ("xml://h:-1/x", "problems.address_port"),
        ("json://[::1]:65536/x", "problems.address_port"),
        ("mailtos://anna:s3cret@mail.example.org:99999?to=anna@example.org", "problems.address_port"),
        ("hassios://homeassistant.local:99999/long-lived-token", "problems.address_port"),
        ("mqtt://broker:99999/topic", "problems.address_port"),
        ("ntfy://ntfy.example.org:99999/topic", "problems.address_port"),
        ("ntfy://", "problems.address_nobody"),
        ("ntfys://ntfy.sh/", "problems.address_nobody"),
        ("ntfys://ntfy.example.org", "problems.address_nobody"),
        ("https://ntfy.sh", "problems.address_nobody"),
        ("mqtt://broker/", "problems.address_nobody"),
        ("mailtos://anna:s3cret@mail.example.org?to=anna", "problems.address_nobody"),
        ("signal://localhost:8080/+15551234567/anna", "problems.address_nobody"),
        ("nctalk://anna:s3cret@cloud.example.org/", "problems.address_nobody"),
        ("json://localhost", None),
        ("json://127.0.0.1:65535/x", None),
        ("ntfy://topic", None),
        ("ntfys://ntfy.example.org:8443/topic", None),
        ("mailtos://anna:s3cret@example.org", None),
        ("mqtt://anna:s3cret@broker/topic", None),
        ("pover://anna@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", None),
        ("tgram://123456789:abcdefg_hijklmnop-qrstuvwxyz0123456", None),
        ("twilio://AC1234567890123456789012345678901a:12345678901234567890123456789012@15551234567", None),
        ("desktop://", None),
    ],
)
def test_an_address_to_which_nothing_can_be_sent_is_known_before_the_first_message(url: str, fault: str | None) -> None:
    service = service_of(url)
    assert service is not None
    assert fault_of_address(service) == fault
