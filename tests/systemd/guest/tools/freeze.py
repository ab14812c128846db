"""How does one thread of another process hang, and no other?

By ptrace(2), as a debugger that stopped it: nothing is built into the service for it.
"""

import ctypes
import os
from pathlib import Path

_SEIZE, _INTERRUPT = 0x4206, 0x4207
_READ = {"x86_64": "0", "aarch64": "63"}[os.uname().machine]
_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_libc.ptrace.restype = ctypes.c_long


def freeze(thread: int) -> None:
    """Stop a thread for as long as this process lives.

    Raises:
        OSError: The kernel refuses.
    """
    for request in (_SEIZE, _INTERRUPT):
        if _libc.ptrace(request, thread, None, None) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))


def delivery_thread(pid: int) -> int:
    """Return the thread that delivers to the first target.

    The service starts its threads in a fixed order: the one that waits for signals, reading from a pipe, then those
    that deliver. Whether it was the right one shows: files are taken in, and nothing is sent.
    """
    threads = sorted(int(entry.name) for entry in Path(f"/proc/{pid}/task").iterdir())
    readers = [
        thread
        for thread in threads
        if thread != pid and Path(f"/proc/{pid}/task/{thread}/syscall").read_text().split()[0] == _READ
    ]
    return threads[threads.index(readers[0]) + 1]
