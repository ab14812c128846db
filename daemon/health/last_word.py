"""What does a service that ends, as its database cannot be used, tell the receiver of pings?

systemd may start it again many times, and each time it ends alike: the record beside the database says that it was
told, so that it is told once in the time that the configuration says. Where no record can be written, it is each time.
"""

import os
from datetime import timedelta
from pathlib import Path

from hersteld.config.settings import Health as HealthSettings
from hersteld.daemon.health.ping import ping
from hersteld.daemon.health.record import Health, HealthFile, Pinged, read_health
from hersteld.daemon.health.trouble import Trouble
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.line import Line

_WITHIN_S = 5.0
_MENDED_BY_A_START = "database.changed_meanwhile"


def tell_the_end(settings: HealthSettings, database: Path, reason: Line, clock: Clock) -> None:
    """Tell the receiver, where there is one, that the service ends for this reason and may stay down."""
    if settings.ping_url is None or reason.id == _MENDED_BY_A_START:
        return
    before, now = read_health(database), clock.now()
    pinged = (before and before.pinged) or Pinged()
    since = before.since if before and before.trouble and before.trouble.id == "database_unusable" else None
    if since is not None and pinged.ok_at is not None and pinged.last_ok:
        is_told = pinged.ok_at >= since
        if is_told and timedelta(0) <= now - pinged.ok_at < timedelta(seconds=settings.ping_every_s):
            return
    failed = ping(settings.ping_url.get_secret_value(), "database_unusable", timeout_s=_WITHIN_S)
    HealthFile(database).write(
        Health(
            pid=os.getpid(),
            alive_at=now,
            looked_at=before.looked_at if before else None,
            trouble=Trouble("database_unusable", reason),
            since=since or now,
            pinged=Pinged(now, pinged.failed_at, pinged.reason)
            if failed is None
            else Pinged(pinged.ok_at, now, failed),
        )
    )
