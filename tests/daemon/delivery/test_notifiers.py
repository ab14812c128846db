"""A message reaches real receivers exactly as it was sent, or its failure is told in plain words."""

import io
import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from hersteld.config.problems import ConfigError
from hersteld.config.settings import Target
from hersteld.daemon.delivery.call_process import LATER, CallProcess
from hersteld.daemon.delivery.notifiers import AppriseNotifier, LogNotifier, Message, SendResult, Several, notifier_for
from hersteld.parsers.line import Line
from tests.support.receivers import SECRETS, HttpReceiver, Received, SmtpReceiver, free_port
from tests.support.sentences import sentence

MESSAGE = Message(
    "Zware rit, 2 u 04",
    "Zwaar: 24 minuten boven je drempel. Hard vanaf do 10:00.\n"
    "Koud bad, 11–15 °C en 11–15 minuten, vóór 20:00; niet alleen.\n"
    "Rek 20 minuten: bovenbenen & bilspieren, <kuiten>, één voor één. 100 %",
    "workout-17",
)


def notifier(**addresses: str) -> AppriseNotifier:
    return AppriseNotifier([Target(name, SecretStr(url)) for name, url in addresses.items()])


def test_a_message_reaches_a_web_service_as_it_was_sent() -> None:
    with HttpReceiver() as receiver:
        assert notifier(phone=receiver.url).send("phone", MESSAGE) == SendResult(ok=True)
        assert receiver.received == [Received(MESSAGE.title, MESSAGE.body)]


def test_a_message_reaches_a_mailbox_as_it_was_sent() -> None:
    with SmtpReceiver() as receiver:
        assert notifier(mail=receiver.url).send("mail", MESSAGE) == SendResult(ok=True)
        assert receiver.received == [Received(MESSAGE.title, MESSAGE.body)]
        assert receiver.mails[0]["to"] == "anna.de.vries@example.org"


def test_each_call_reaches_its_own_target_alone() -> None:
    with HttpReceiver() as phone, HttpReceiver() as tablet:
        both = notifier(phone=phone.url, tablet=tablet.url)
        assert both.targets() == ("phone", "tablet")
        assert both.send("tablet", MESSAGE).ok
        assert (len(phone.received), len(tablet.received)) == (0, 1)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, "the server answered 401 (not allowed)"),
        (403, "the server answered 403 (not allowed)"),
        (429, "the server answered 429 (too many messages)"),
        (500, "the server answered 500 (it is in trouble itself)"),
    ],
)
def test_a_refusal_is_told_in_plain_words_after_a_single_attempt(status: int, reason: str) -> None:
    with HttpReceiver() as receiver:
        receiver.status = status
        result = notifier(phone=receiver.url).send("phone", MESSAGE)
        assert (result.ok, sentence(result.reason)) == (False, reason)
        assert receiver.attempts == 1


def test_a_receiver_that_is_back_gets_the_next_attempt() -> None:
    with HttpReceiver() as receiver:
        phone = notifier(phone=receiver.url)
        receiver.down()
        assert phone.send("phone", MESSAGE) == SendResult(ok=False, reason=Line("delivery.refused_connection"))
        receiver.up()
        assert phone.send("phone", MESSAGE).ok
        assert receiver.received == [Received(MESSAGE.title, MESSAGE.body)]


def test_options_of_an_address_cannot_retry_or_hide_a_failure() -> None:
    with HttpReceiver() as receiver:
        receiver.status = 500
        assert not notifier(phone=receiver.url + "&retry=3&wait=0&optional=yes").send("phone", MESSAGE).ok
        assert receiver.attempts == 1


def test_no_service_makes_a_message_wait_for_the_one_before() -> None:
    """A message that waits inside a call can be sent after the daemon has ended, which then cannot know."""
    services = notifier(
        mail="mailto://a:b@example.org",
        phone="ntfys://ntfy.example.org/x",
        chat="tgram://123456789:abcdefghijklmnopqrstuvwxyz_012345678/9",
    )
    assert {service[0].request_rate_per_sec for service in services._services.values()} == {0}


def test_a_mailbox_that_refuses_is_told_in_plain_words() -> None:
    with SmtpReceiver() as receiver:
        receiver.reply = "550 anna.de.vries is unknown here"
        delivery = notifier(mail=receiver.url).send("mail", MESSAGE)
        assert sentence(delivery.reason) == "the mail server answered 550 (it does not know the recipient)"


def test_a_wrong_password_is_told_in_plain_words() -> None:
    with SmtpReceiver() as receiver:
        wrong = receiver.url.replace(SECRETS[0], "w8woord-van-vroeger")
        assert (
            sentence(notifier(mail=wrong).send("mail", MESSAGE).reason) == "the mail server answered 535 (not allowed)"
        )
        assert receiver.received == []


def test_a_mail_server_that_is_down_is_told_in_plain_words() -> None:
    url = f"mailto://anna:{SECRETS[0]}@127.0.0.1:{free_port()}?mode=insecure&from=a@example.org"
    assert sentence(notifier(mail=url).send("mail", MESSAGE).reason) == "the server refused the connection"


def test_a_name_that_cannot_be_looked_up_is_told_in_plain_words() -> None:
    delivery = notifier(phone="json://no-such-host.invalid/geheim").send("phone", MESSAGE)
    assert sentence(delivery.reason) == "the server's name could not be looked up; is there a network?"


def test_a_target_that_is_gone_fails_with_its_name() -> None:
    assert sentence(notifier().send("phone", MESSAGE).reason) == 'there is no target called "phone" any more'


def test_addresses_that_apprise_cannot_use_are_all_named_but_not_shown() -> None:
    with pytest.raises(ConfigError) as caught:
        notifier(phone=f"nosuch://{SECRETS[0]}", tablet=f"tgram://{SECRETS[1]}/", fine="json://localhost")
    problems = str(caught.value)
    assert '"phone"' in problems
    assert '"tablet"' in problems
    assert '"fine"' not in problems
    assert not any(secret in problems for secret in SECRETS)
    assert "://" not in problems.replace("https://appriseit.com", "")


def test_an_address_as_the_service_itself_gives_it_is_understood() -> None:
    webhook = "https://discord.com/api/webhooks/417421629812345678/JHMHI8qBe7bk2ZwO5U711o3dV_js-abcdefghijkl"
    assert notifier(chat=webhook).targets() == ("chat",)


def test_the_log_target_shows_title_and_lines() -> None:
    stream = io.StringIO()
    assert LogNotifier({}, stream).send("log", Message("Zware rit", "Drink 1,5 l.\n\x1b[31mRek", "")) == SendResult(
        ok=True
    )
    assert stream.getvalue() == "Zware rit\n  Drink 1,5 l.\n  \\x1b[31mRek\n"


def test_under_journald_each_line_of_a_message_has_its_priority(tmp_path: Path) -> None:
    with (tmp_path / "journal").open("w+", encoding="utf-8") as journal:
        status = os.fstat(journal.fileno())
        console = notifier_for((), {"JOURNAL_STREAM": f"{status.st_dev}:{status.st_ino}"}, journal)
        assert console.send("log", Message("Zware rit", "Drink 1,5 l.\nRek 20 min.", "")).ok
        journal.seek(0)
        assert journal.read() == "<6>Zware rit\n<6>  Drink 1,5 l.\n<6>  Rek 20 min.\n"


def test_a_log_that_is_closed_is_a_failure() -> None:
    stream = io.StringIO()
    stream.close()
    assert sentence(LogNotifier({}, stream).send("log", MESSAGE).reason) == "the log cannot be written"


def test_without_targets_and_desktop_the_log_gets_the_messages() -> None:
    assert notifier_for((), {}).targets() == ("log",)


def test_configured_targets_are_the_only_ones() -> None:
    assert notifier_for((Target("phone", SecretStr("json://localhost")),), {}).targets() == ("phone",)


def test_several_notifiers_answer_for_their_own_targets() -> None:
    stream = io.StringIO()
    with HttpReceiver() as receiver:
        several = Several([notifier(phone=receiver.url), LogNotifier({}, stream)])
        assert several.targets() == ("phone", "log")
        assert several.send("log", MESSAGE).ok
        assert receiver.received == []
        assert stream.getvalue().startswith(MESSAGE.title)
        assert sentence(several.send("tablet", MESSAGE).reason) == 'there is no target called "tablet" any more'


@pytest.mark.parametrize(("address", "asks_for_mqtt"), [("mqtt://", True), ("tgram://", False)])
def test_an_address_that_cannot_be_used_is_told_what_its_own_service_needs(address: str, asks_for_mqtt: bool) -> None:
    with pytest.raises(ConfigError) as told:
        AppriseNotifier([Target("phone", SecretStr(address))])
    assert ("[mqtt]" in str(told.value)) == asks_for_mqtt


def test_what_is_started_early_is_the_process_of_each_target_that_has_one() -> None:
    LATER.start()
    for other in list(CallProcess._running):  # of earlier tests
        other._leave_if_idle()
    before = _children()
    with HttpReceiver() as receiver:
        several = Several([notifier(phone=receiver.url, tablet=receiver.url), LogNotifier({}, io.StringIO())])
        several.start_early()
        early = _children() - before
        assert len(early) == 2
        assert all(several.send(target, MESSAGE).ok for target in several.targets())
        assert _children() - before == early
        assert len(receiver.received) == 2


def _children() -> set[str]:
    """Return the processes that this one has started and that still are."""
    return {pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}
