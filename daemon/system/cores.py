"""How many processes can work at once here?"""

import os
from contextlib import suppress
from pathlib import Path

_QUOTA = Path("/sys/fs/cgroup/cpu.max")
"""Where a container finds how much it may use; a machine of its own has no such file."""


def cores() -> int:
    """Return how many cores this process may use, which is fewer than it may run on where a quota holds it back."""
    count = len(os.sched_getaffinity(0))
    with suppress(OSError, UnicodeDecodeError):
        return within_quota(_QUOTA.read_text(encoding="ascii"), count)
    return count


def within_quota(cpu_max: str, count: int) -> int:
    """Return how many of the cores a quota lets us use, at least one; a part of a core counts as one.

    Args:
        cpu_max: The kernel's file: microseconds of work per period, or "max", and the period in microseconds. What is
            written otherwise is no quota.
        count: How many cores there are.

    Source: Linux, Documentation/admin-guide/cgroup-v2.rst.
    """
    match cpu_max.split():
        case [quota, period] if quota.isdecimal() and period.isdecimal() and int(period):
            return max(1, min(count, -(-int(quota) // int(period))))
    return count
