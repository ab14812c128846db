"""What does a button send, and how is it known to be ours?

A token names the workout, the rating and the moment until which it counts, and ends with the first half of an
HMAC-SHA256 of these and of the database. Nobody can make one without the key, nor change one, nor use one of another
athlete. It holds nothing of the athlete but a number of a workout and a rating, and nothing by which anybody could read
or write anything else. It is 34 letters long, as it travels in a header of the message.
"""

import hmac
import re
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

COUNTS_FOR = timedelta(days=3)
"""How long a tap counts after the question."""
TRIAL: Final = 0
"""In place of a workout: the button of a test message, which rates nothing. No workout has this number."""
_BODY = struct.Struct(">IBI")
"""The workout, the rating, and the end in minutes since 1970."""
_MAC_BYTES = 16
_LETTERS = 34
_SHAPE = re.compile(rf"[A-Za-z0-9_-]{{{_LETTERS}}}")
_PURPOSE = b"hersteld reply 1\0"
_MINUTE_S = 60
_LOWEST, _HIGHEST = 1, 10


@dataclass(frozen=True, slots=True)
class Reply:
    """What a tap on a button says.

    Attributes:
        workout_id: The workout that was asked about, below 2**32; TRIAL for none.
        rpe: The rating, a whole number from 1 to 10.
        expires_at: Until when it counts, aware UTC, in whole minutes.
    """

    workout_id: int
    rpe: int
    expires_at: datetime


class Tokens:
    """Makes tokens, and reads those that were made with the same key for the same database.

    Args:
        identity: Of the database.
    """

    def __init__(self, key: bytes, identity: str) -> None:
        self._key = key
        self._identity = identity.encode()

    def made(self, reply: Reply) -> str:
        """Return the token of a reply."""
        body = _BODY.pack(reply.workout_id, reply.rpe, int(reply.expires_at.timestamp()) // _MINUTE_S)
        return urlsafe_b64encode(body + self._mac(body)).decode().rstrip("=")

    def read(self, text: str, now: datetime) -> Reply | None:
        """Return what a token says; None for one that is not ours, or counts no more.

        Args:
            text: Anything that somebody may have sent.
            now: Aware UTC.
        """
        if not _SHAPE.fullmatch(text):
            return None
        raw = urlsafe_b64decode(text + "=" * (-_LETTERS % 4))
        body, mac = raw[: _BODY.size], raw[_BODY.size :]
        # The last letter holds bits that are in no byte: only one spelling of a token counts, as it is used once.
        if not hmac.compare_digest(mac, self._mac(body)) or urlsafe_b64encode(raw).decode().rstrip("=") != text:
            return None
        workout_id, rpe, minutes = _BODY.unpack(body)
        expires_at = datetime.fromtimestamp(minutes * _MINUTE_S, UTC)
        if expires_at <= now or not _LOWEST <= rpe <= _HIGHEST:
            return None
        return Reply(workout_id, rpe, expires_at)

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._key, _PURPOSE + self._identity + b"\0" + body, "sha256")[:_MAC_BYTES]


def hash_of(token: str) -> str:
    """Return by what a used token is remembered, 64 hexadecimal digits."""
    return sha256(token.encode()).hexdigest()
