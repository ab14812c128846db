"""Does a request hold the message, or is it one that only prepares for it, such as a login?

Services write a message as it is, or escape it for JSON, a form or a page, or put it into base64 or hexadecimal digits.
What is unreadable otherwise, as it is compressed or encrypted, may hold the message where it is long enough. A picture
holds no words, as it is or in base64: a request with nothing but a picture, to be named by the message, is none.
"""

import base64
import binascii
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

from hersteld.daemon.delivery.message import Message

_WORD_LETTERS = 4
_LEAST_UNREADABLE = 32
"""Letters and digits: passwords and the tokens of a login are mostly shorter."""
_UNREADABLE = re.compile(r"[A-Za-z0-9+/_-]+")
_DIGIT = re.compile(r"[0-9]")
"""In names of fields there is none."""
_BOUNDARY = re.compile(r"^content-type: multipart/.*boundary=\"?([^\s\";]+)", re.IGNORECASE | re.MULTILINE)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


class Words:
    """The words by which a message is known again.

    Args:
        picture: The PNG that goes with it; b"" for none.
    """

    def __init__(self, message: Message, picture: bytes = b"") -> None:
        self._pictures = (picture, base64.b64encode(picture)) if picture else ()
        words = set(re.findall(r"\w+", f"{message.title} {message.body}".casefold()))
        self._words = {word for word in words if len(word) >= _WORD_LETTERS} or words
        self._unreadable_from = max(_LEAST_UNREADABLE, len(message.body) // 2)

    def may_be_in(self, request: bytes) -> bool:
        """Return whether a request, or its beginning, may hold something of the message."""
        if not self._words:
            return True
        for picture in self._pictures:
            request = request.replace(picture, b"")
        try:
            text = request.decode()
        except UnicodeDecodeError:
            return True
        if any(word in form.casefold() for form in _forms(text) for word in self._words):
            return True
        content = text.partition("\r\n\r\n")[2]
        if boundary := _BOUNDARY.search(text):  # 32 digits that mean nothing
            content = content.replace(boundary[1], "")
        return any(len(run) >= self._unreadable_from and _DIGIT.search(run) for run in _UNREADABLE.findall(content))


def _forms(text: str) -> Iterator[str]:
    """Return a text as it is, and as each of the ways to write would have it read."""
    plain = html.unescape(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), unquote_plus(text)))
    yield text
    yield plain
    for run in {*_UNREADABLE.findall(plain), *_UNREADABLE.findall(text)}:  # in a header no + stands for a space
        for read in (_from_base64, _from_digits):
            try:
                inner = read(run)
            except (binascii.Error, ValueError):
                continue
            yield inner.decode(errors="ignore")
            yield inner.decode("utf-16-be", errors="ignore")


def _from_base64(run: str) -> bytes:
    return base64.urlsafe_b64decode(run.translate({ord("+"): "-", ord("/"): "_"}) + "=" * (-len(run) % 4))


def _from_digits(run: str) -> bytes:
    return bytes.fromhex(run)
