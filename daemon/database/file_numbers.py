"""How do the numbers that a file system gives for a file become numbers that can be stored and calculated with?

A file may be dated beyond the year 2262, by `touch` or by a camera without a clock, and an inode may need 64 bits
without a sign. The database holds signed numbers of 64 bits, and Python's dates end with the year 9999. So whatever
is stored or made a date of passes through here.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime

_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
_FIRST_S = datetime(1, 1, 2, tzinfo=UTC).timestamp()  # a day of room on both sides, for any timezone
_LAST_S = datetime(9999, 12, 30, tzinfo=UTC).timestamp()


@dataclass(frozen=True, slots=True)
class Signature:
    """The numbers that stay the same while a file is unchanged; 0 is a number that its file system does not keep."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


def signature_of(status: os.stat_result, *, is_forgetful: bool = False) -> Signature:
    """Return the signature of a file, in numbers that the database can hold.

    Args:
        is_forgetful: Whether its file system makes up inodes and change times as it goes, as many network and FUSE
            file systems do.
    """
    size, mtime_ns = _within(status.st_size), _within(status.st_mtime_ns)
    if is_forgetful:
        return Signature(size, mtime_ns, 0, 0)
    # A time is brought to the nearest that fits, as it is compared with others. An inode is only ever the same or not.
    return Signature(size, mtime_ns, _within(status.st_ctime_ns), status.st_ino & _HIGHEST)


def changed_at(status: os.stat_result) -> datetime:
    """Return when the content of a file was last changed, aware UTC, or the nearest moment that is a date."""
    return datetime.fromtimestamp(min(max(status.st_mtime, _FIRST_S), _LAST_S), UTC)


def _within(number: int) -> int:
    return number if _LOWEST <= number <= _HIGHEST else min(max(number, _LOWEST), _HIGHEST)
