"""Files as a scale writes them."""

from datetime import datetime

from hersteld.parsers.format.fit_time import to_datetime
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import START, UINT16, UINT32, file_id, fit, message


def a_scale_file(*weighings: tuple[datetime, float, int | None]) -> bytes:
    """Return a file of a scale: when, kg, and the number of its user."""
    offset = START - to_datetime(START).timestamp()
    messages = [
        message(
            fields.WEIGHT_SCALE,
            (fields.TIMESTAMP, UINT32, round(at.timestamp() + offset)),
            (fields.WEIGHT_SCALE_WEIGHT, UINT16, round(100 * kg)),
            (fields.WEIGHT_SCALE_USER_PROFILE_INDEX, UINT16, 0xFFFF if user is None else user),
        )
        for at, kg, user in weighings
    ]
    return fit(file_id(9), *messages)
