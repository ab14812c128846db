"""A picture arrives whole with its words, and one that is refused takes nothing from them."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.delivery.call_process import LATER, CallProcess
from hersteld.daemon.delivery.message import Message, SendResult
from hersteld.daemon.delivery.notifiers import AppriseNotifier
from hersteld.daemon.delivery.pictures.attached import drawn
from hersteld.daemon.delivery.pictures.ways import Way
from hersteld.daemon.replies.buttons import actions_of
from tests.support.card.samples import ride
from tests.support.faults.misbehaving import Behaviour, Misbehaving, hang, reset
from tests.support.ntfy.server import NtfyServer
from tests.support.pictures.recording import SIGN, Recorder, Request
from tests.support.receivers import SmtpReceiver
from tests.support.sentences import sentence

FACTS = ride("nl")
WORDS = "Zwaar: één uur boven je drempel.\nDrink 750 ml & rust."
MESSAGE = Message("Zware rit, 2 u 04 ☹", WORDS, "workout-1", picture=FACTS)
PNG = drawn(FACTS)


@pytest.fixture(autouse=True)
def as_in_the_service() -> None:
    """Have somebody end what is idle."""
    LATER.start()


@pytest.fixture
def ntfy() -> Iterator[NtfyServer]:
    with NtfyServer() as server:
        yield server


def test_to_ntfy_it_goes_with_words_and_buttons_and_no_word_stands_in_an_address(ntfy: NtfyServer) -> None:
    actions = actions_of(f"{ntfy.url}/answers", [("zwaar → 6", "token")])
    message = Message(MESSAGE.title, WORDS, "workout-1", actions, picture=FACTS)
    assert CallProcess(ntfy.target("anna")).call(message) == SendResult(ok=True)
    (one,) = ntfy.published
    assert (one.topic, one.title, one.body) == ("anna", MESSAGE.title, WORDS)
    assert one.file == PNG
    assert PNG is not None
    assert PNG.startswith(SIGN)
    assert [action["label"] for action in one.actions] == ["zwaar → 6"]
    assert ntfy.addresses == ["/anna"]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (False, "the server answered 400 (it did not understand the message)"),
        (413, "the server answered 413 (message too long)"),
        (429, "the server answered 429 (too many messages)"),
        (507, "the server answered 507 (it is in trouble itself)"),
    ],
)
def test_where_only_the_picture_is_refused_the_words_arrive_once_and_at_once(
    ntfy: NtfyServer, status: bool | int, reason: str
) -> None:
    ntfy.takes_files = status
    result = CallProcess(ntfy.target("anna")).call(MESSAGE)
    assert (result.ok, sentence(result.picture_refused)) == (True, reason)
    (one,) = ntfy.published
    assert (one.title, one.body, one.file) == (MESSAGE.title, WORDS, None)


def test_a_server_that_is_down_is_no_matter_of_the_picture(ntfy: NtfyServer) -> None:
    ntfy.down()
    result = CallProcess(ntfy.target("anna")).call(MESSAGE)
    assert (result.ok, result.may_have_arrived, result.picture_refused) == (False, False, None)
    assert sentence(result.reason) == "the server refused the connection"


def test_where_one_receiver_of_two_has_it_with_the_picture_it_is_not_sent_again_in_this_attempt() -> None:
    """Else the first would have it twice; the next attempt carries no picture."""

    def first_only(request: Request) -> tuple[int, dict[str, Any]]:
        return (200 if request.path == "/two" else 400), {}

    with Recorder(first_only) as server:
        result = CallProcess(f"ntfy://{server.place}/one/two").call(MESSAGE)
    assert (result.ok, result.may_have_arrived) == (False, False)
    assert sentence(result.picture_refused) == "the server answered 400 (it did not understand the message)"
    assert sorted(request.path for request in server.requests) == ["/one", "/two"]


@pytest.mark.parametrize("scheme", ["json", "form", "xml"])
def test_it_goes_in_one_request_and_is_the_same_bytes(scheme: str) -> None:
    with Recorder() as server:
        assert CallProcess(f"{scheme}://{server.place}/").call(MESSAGE).ok
    (request,) = server.requests
    assert request.says("Drink 750 ml")
    if scheme == "xml":
        assert b'mimetype="image/png"' in request.body
    else:
        assert request.picture == PNG


def test_it_is_attached_to_a_mail() -> None:
    with SmtpReceiver() as mailbox:
        assert CallProcess(mailbox.url).call(MESSAGE).ok
    (mail,) = mailbox.mails
    (picture,) = mail.iter_attachments()
    assert (picture.get_content_type(), picture.get_content()) == ("image/png", PNG)
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip().replace("\r\n", "\n") == WORDS


def test_a_mail_server_that_refuses_only_what_is_large_gets_the_words() -> None:
    with SmtpReceiver() as mailbox:
        mailbox.most_bytes = 5000
        result = CallProcess(mailbox.url).call(MESSAGE)
    assert result.ok
    assert sentence(result.picture_refused) == "the mail server answered 552 (no reason given)"
    (mail,) = mailbox.mails
    assert not list(mail.iter_attachments())


def test_a_wrong_password_is_not_tried_a_second_time_for_a_picture() -> None:
    with SmtpReceiver() as mailbox:
        address = mailbox.url.replace("anna:", "otto:")
        assert not CallProcess(address).call(Message(MESSAGE.title, WORDS, "workout-1")).ok
        usual = mailbox.logins
        result = CallProcess(address).call(MESSAGE)
        assert (result.ok, result.picture_refused) == (False, None)
        assert mailbox.logins == 2 * usual > 0


@pytest.mark.parametrize("behaviour", [hang, reset])
def test_silence_on_words_with_a_picture_is_silence_and_no_refusal(behaviour: Behaviour) -> None:
    with Misbehaving(behaviour) as server:
        result = CallProcess(server.url, timeout_s=2).call(MESSAGE)
        assert (result.ok, result.may_have_arrived, result.picture_refused) == (False, True, None)
        assert len(server.bodies) == 1


def uploads(*, takes_file: int, takes_post: int = 201) -> Any:
    def mattermost(request: Request) -> tuple[int, dict[str, Any]]:
        if request.path.startswith("/api/v4/files"):
            return takes_file, {"file_infos": [{"id": "f" * 26}]}
        return takes_post if "posts" in request.path else 200, {"id": "c" * 26}

    return mattermost


MATTERMOST = "mmost://{place}/" + "t" * 26 + "?mode=bot&to=%2B" + "c" * 26


def test_where_it_is_uploaded_first_the_message_names_it() -> None:
    with Recorder(uploads(takes_file=201)) as server:
        assert CallProcess(MATTERMOST.format(place=server.place)).call(MESSAGE) == SendResult(ok=True)
    assert server.pictures == [PNG]
    (post,) = server.with_words("Drink 750 ml")
    assert post.says("f" * 26)


def test_where_the_upload_is_refused_the_words_go_once_without() -> None:
    with Recorder(uploads(takes_file=413)) as server:
        result = CallProcess(MATTERMOST.format(place=server.place)).call(MESSAGE)
    assert result.ok
    assert sentence(result.picture_refused) == "the server answered 413 (message too long)"
    (post,) = server.with_words("Drink 750 ml")
    assert not post.says("f" * 26)


def test_an_upload_is_no_message_so_that_words_refused_after_it_are_refused() -> None:
    with Recorder(uploads(takes_file=201, takes_post=500)) as server:
        result = CallProcess(MATTERMOST.format(place=server.place)).call(MESSAGE)
    assert (result.ok, result.may_have_arrived, result.picture_refused) == (False, False, None)
    assert len(server.with_words("Drink 750 ml")) == 2


def matrix(*, takes_picture: bool) -> Any:
    def answer(request: Request) -> tuple[int, dict[str, Any]]:
        if request.picture is not None:
            return (200, {"content_uri": "mxc://x/y"}) if takes_picture else (413, {"errcode": "M_TOO_LARGE"})
        return 200, {"room_id": "!room:x", "access_token": "t", "home_server": "x", "user_id": "@u:x", "event_id": "$e"}

    return answer


MATRIX = "matrix://u:p@{place}/!room:x?v=2&e2ee=no"


@pytest.mark.parametrize("takes_picture", [True, False])
def test_where_it_follows_the_words_these_arrive_once_whatever_becomes_of_it(takes_picture: bool) -> None:
    with Recorder(matrix(takes_picture=takes_picture)) as server:
        address = MATRIX.format(place=server.place)
        notifier = AppriseNotifier([Target("room", SecretStr(address))])
        assert notifier.picture_way("room") is Way.AFTER_WORDS
        assert notifier.send("room", Message(MESSAGE.title, WORDS, MESSAGE.tag)) == SendResult(ok=True)
        assert server.pictures == []
        result = notifier.send("room", Message(MESSAGE.title, "", MESSAGE.tag, picture=FACTS))
    assert server.pictures == [PNG]
    assert len(server.with_words("Drink 750 ml")) == 1
    assert result.ok is takes_picture
    assert (result.picture_refused is None) is takes_picture


def test_a_picture_that_ends_the_process_costs_no_words(ntfy: NtfyServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that takes all memory, say, or a fault in what draws."""
    caller = CallProcess(ntfy.target("anna"))
    process = caller._ready()
    tell = process.tell

    def tell_and_end(*given: Any, **options: Any) -> None:
        tell(*given, **options)
        process.end()

    monkeypatch.setattr(process, "tell", tell_and_end)
    assert caller.call(MESSAGE).ok
    (one,) = ntfy.published
    assert (one.body, one.file) == (WORDS, None)
