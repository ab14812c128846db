"""How does a service that waits keep no memory that it needed only while it worked?

The C library gives each thread a heap of its own, and keeps what was freed in it. A service with a thread for each
receiver, which works for a second and waits for hours, would keep several MiB that way.
"""

import contextlib
import ctypes

_ARENA_MAX = -8
"""Number of that setting of mallopt(3) in glibc."""


def share_one_heap() -> None:
    """Let all threads of this process use one heap, where the C library is glibc; to be called before any starts."""
    with contextlib.suppress(AttributeError, OSError):  # musl has one heap anyway
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """Give what is free in the heap back to the machine, where the C library is glibc; never raise."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
