"""Which key signs the tokens of the buttons?

It lies beside the database, for its owner alone, and `hersteld backup` copies it. Whoever has it could answer in the
athlete's place, and do nothing else. Where it is lost or damaged, a new one is made: the buttons that are still on the
phone then count for nothing, and the next message has new ones.
"""

import contextlib
import os
import secrets
from pathlib import Path

from hersteld.daemon.system.paths import make_private, reply_key_file

KEY_BYTES = 32


def read_key(database: Path) -> bytes | None:
    """Return the key of a database; None where there is none, or what is there is none.

    Raises:
        OSError: It cannot be read.
    """
    try:
        descriptor = os.open(reply_key_file(database), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        text = file.read(4 * KEY_BYTES)
        with contextlib.suppress(OSError):  # it is another's, or nothing can be changed there
            if os.fstat(file.fileno()).st_mode & 0o077:  # copied back by hand, say
                os.fchmod(file.fileno(), 0o600)
    with contextlib.suppress(ValueError):
        key = bytes.fromhex(text.decode("ascii", "replace"))
        if len(key) == KEY_BYTES:
            return key
    return None


def key_of(database: Path) -> bytes:
    """Return the key of a database, which is made where there is none.

    Raises:
        OSError: It can be neither read nor made.
    """
    key = read_key(database)
    if key is not None:
        return key
    path = reply_key_file(database)
    make_private(path.parent)
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    key = secrets.token_bytes(KEY_BYTES)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.hex().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        new.rename(path)
    finally:
        new.unlink(missing_ok=True)
    return key
