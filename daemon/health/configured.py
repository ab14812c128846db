"""Is the configuration still the one that the service was started with?

The service keeps a fingerprint of it, with a salt of its own for each start, as the configuration may hold addresses.
"""

import hashlib
import os
from hmac import compare_digest
from pathlib import Path

from hersteld.config.settings import Settings
from hersteld.daemon.database.lock import RunningDaemon
from hersteld.daemon.health.record import read_health

_SALT_BYTES = 16


def fingerprint(settings: Settings) -> str | None:
    """Return a fingerprint of what stands in the files of the configuration, another one each time.

    None for settings that come of no files.
    """
    written = settings.written.get_secret_value()
    return _fingerprint(written, os.urandom(_SALT_BYTES)) if written else None


def is_configured_otherwise(settings: Settings, database: Path, daemon: RunningDaemon) -> bool:
    """Return whether the service that runs was started with other files than those at hand, or when they said else.

    False where it is not known.
    """
    health = read_health(database)
    written = settings.written.get_secret_value()
    if not written or health is None or health.configured is None:
        return False
    if daemon.pid is not None and health.pid != daemon.pid:
        return False  # of an earlier run
    try:
        salt = bytes.fromhex(health.configured.partition(":")[0])[:_SALT_BYTES]
    except ValueError:
        return False
    return not compare_digest(_fingerprint(written, salt).encode(), health.configured.encode())


def _fingerprint(written: str, salt: bytes) -> str:
    return f"{salt.hex()}:{hashlib.blake2b(written.encode(), salt=salt, digest_size=_SALT_BYTES).hexdigest()}"
