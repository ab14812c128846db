"""Which date does a file mean whose dates are of another type than the profile says?

A real watch declares its dates as arrays of four bytes. Such an array has no byte order, so that the order is the one
in which the date agrees with another date of the file. Where neither does, or there is no other date, there is none.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from hersteld.parsers.columns.decoder import DecodedFile, Messages
from hersteld.parsers.format.fit_time import YEAR_2000
from hersteld.parsers.format.profile import fields
from hersteld.parsers.workout import Column

_AGREE_WITHIN_S = 30 * 86400.0
"""A recording may be saved weeks after it began."""
_WITNESSES = (
    (fields.FILE_ID, fields.FILE_ID_TIME_CREATED),
    (fields.SESSION, fields.SESSION_START_TIME),
    (fields.SESSION, fields.TIMESTAMP),
    (fields.EVENT, fields.TIMESTAMP),
    (fields.RECORD, fields.TIMESTAMP),
)
"""Where another date of the file is looked for, the best first."""
_FROM_BYTES = 4294967296.0


def with_true_dates(file: DecodedFile) -> DecodedFile:
    """Return the file with those of its dates that are declared as bytes in their true order, or absent."""

    def read(number: int) -> Messages:
        messages = file.of(number)
        if not messages.dates_of_bytes:
            return messages
        witness = next(_witnesses(file), None)
        columns = dict(messages.columns)
        for field in messages.dates_of_bytes & columns.keys():
            columns[field] = _agreeing(columns[field], witness)
        return replace(messages, columns=columns)

    return DecodedFile(file.numbers, read)


def _witnesses(file: DecodedFile) -> Iterator[float]:
    """Yield dates of the file that are stored as the profile says, and known."""
    for number, field in _WITNESSES:
        messages = file.of(number)
        date = messages.last(field)
        if field not in messages.dates_of_bytes and date is not None and date >= YEAR_2000:
            yield date


def _agreeing(dates: Column, witness: float | None) -> Column:
    """Return the dates, or the dates with their bytes in reverse, row by row, whichever are near the witness."""
    nothing = np.full(len(dates), np.nan)
    if witness is None:
        return nothing
    known = ~np.isnan(dates) & (dates >= 0) & (dates < _FROM_BYTES)
    turned = nothing.copy()
    turned[known] = dates[known].astype(np.uint32).byteswap()
    agreeing = np.where(np.abs(dates - witness) <= _AGREE_WITHIN_S, dates, turned)
    return np.where(np.abs(agreeing - witness) <= _AGREE_WITHIN_S, agreeing, np.nan)
