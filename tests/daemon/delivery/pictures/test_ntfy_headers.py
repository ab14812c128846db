"""Words of a message with a picture stand in headers, where ntfy reads them letter by letter."""

from email.header import decode_header, make_header

import pytest
import requests

from hersteld.daemon.delivery.pictures.ntfy_headers import encoded


@pytest.mark.parametrize(
    "text",
    [
        "Hard ride, 2 h 04",
        "Één koud bad ☹ 🚲",
        "First line.\nSecond line, 5 % steeper.\n",
        "a\r\nX-Actions: forged",
        "=?utf-8?b?QUJD?=",
        "Read =?utf-8?b?QUJD?= as it is",
        "x" * 900 + "é",
    ],
)
def test_each_text_is_one_line_of_ascii_and_read_back_as_it_was(text: str) -> None:
    written = encoded(text)
    assert written.isascii()
    assert "\n" not in written
    assert "\r" not in written
    assert str(make_header(decode_header(written))) == text


@pytest.mark.parametrize("text", [" begins with a space", "ends with one ", ""])
def test_what_no_header_may_hold_at_its_ends_is_still_sent(text: str) -> None:
    prepared = requests.Request("POST", "http://127.0.0.1/anna", headers={"X-Title": encoded(text)}).prepare()
    assert str(make_header(decode_header(str(prepared.headers["X-Title"])))) == text


def test_plain_words_stay_readable() -> None:
    assert encoded("hersteld.png") == "hersteld.png"
