"""A message is known again in whatever way a service writes it, and a login is told from it."""

import base64
import gzip
import html
import json
from urllib.parse import quote, urlencode

import pytest

from hersteld.daemon.delivery.message import Message
from hersteld.daemon.delivery.words_on_the_wire import Words

MESSAGE = Message(
    "Zware rit", "Eet vóór zessen één bord pasta & drink 750 ml; rustig aan tot morgenavond.", "workout-1"
)
BODY = MESSAGE.body
HEAD = b"POST /hook HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.parametrize(
    "content",
    [
        BODY.encode(),
        json.dumps({"text": BODY}).encode(),
        json.dumps({"text": BODY}, ensure_ascii=False).encode(),
        urlencode({"text": BODY}).encode(),
        urlencode({"payload": json.dumps({"text": "vóór"})}).encode(),
        html.escape(BODY).encode(),
        base64.b64encode(BODY.encode()),
        json.dumps({"raw": base64.urlsafe_b64encode(b"Subject: x\r\n\r\n" + BODY.encode()).decode()}).encode(),
        urlencode({"Data": base64.b64encode(BODY.encode()).decode()}).encode(),
        BODY.encode("utf-16-be").hex().encode(),
        gzip.compress(BODY.encode()),
        json.dumps({"ciphertext": base64.b64encode(bytes(range(180, 250))).decode()}).encode(),
    ],
    ids=[
        *("plain", "json", "json-utf-8", "form", "json-in-form", "page", "base64", "mail-in-json", "mail-in-form"),
        *("digits", "gzip", "encrypted"),
    ],
)
def test_a_request_that_may_hold_the_message_is_seen(content: bytes) -> None:
    assert Words(MESSAGE).may_be_in(HEAD + content)


@pytest.mark.parametrize(
    "where", [f"GET /send?text={quote(BODY)} HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\nTitle: Zware rit"]
)
def test_a_message_may_stand_before_the_content(where: str) -> None:
    assert Words(MESSAGE).may_be_in(where.encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"user=anna&password=geheim-1234",
        b'{"type": "m.login.password", "user": "anna", "password": "s3cr3t/+token", "device_id": "hersteld"}',
    ],
)
def test_a_login_is_no_message(content: bytes) -> None:
    assert not Words(MESSAGE).may_be_in(HEAD + content)


def test_a_message_without_a_word_may_be_in_anything() -> None:
    assert Words(Message("!", "…", "")).may_be_in(HEAD)


PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
FORM = (
    b"POST / HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=0f1e2d3c4b5a69788796a5b4c3d2e1f0\r\n\r\n"
    b'--0f1e2d3c4b5a69788796a5b4c3d2e1f0\r\nContent-Disposition: form-data; name="photo"; filename="hersteld.png"\r\n'
    b"Content-Type: image/png\r\n\r\n" + PNG + b"\r\n--0f1e2d3c4b5a69788796a5b4c3d2e1f0{}--\r\n"
)
CAPTION = b'\r\nContent-Disposition: form-data; name="caption"\r\n\r\nEet v\xc3\xb3\xc3\xb3r zessen'
WORD = base64.b64encode(f"{MESSAGE.title}\n{BODY}".encode())


@pytest.mark.parametrize(
    ("request_", "holds"),
    [
        (b"PUT /anna HTTP/1.1\r\nX-Title: Zware rit\r\n\r\n" + PNG, True),
        (b"PUT /anna HTTP/1.1\r\nX-Message: =?utf-8?b?" + WORD + b"?=\r\n\r\n", True),
        (b"PUT /anna?message=E%C3%A9n+bord+pasta HTTP/1.1\r\n\r\n" + PNG, True),
        (b"PUT /upload HTTP/1.1\r\nContent-Type: image/png\r\n\r\n" + PNG, False),
        (b"PUT /upload HTTP/1.1\r\nContent-Type: image/png\r\n\r\n" + PNG[:-5], True),
        (FORM.replace(b"{}", b""), False),
        (FORM.replace(b"{}", CAPTION), True),
        (HEAD + json.dumps({"file": base64.b64encode(PNG).decode()}).encode(), False),
        (HEAD + json.dumps({"file": base64.b64encode(PNG).decode(), "text": BODY}).encode(), True),
    ],
    ids=[
        *("header", "encoded header", "address", "picture alone", "a part of a picture", "form", "form with caption"),
        *("json", "json with words"),
    ],
)
def test_a_picture_holds_no_words_and_they_are_found_beside_it(request_: bytes, holds: bool) -> None:
    assert Words(MESSAGE, PNG).may_be_in(request_) is holds
