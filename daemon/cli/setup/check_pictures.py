"""Can pictures be drawn here, and which receivers get none?"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from hersteld.config.problems import ConfigError
from hersteld.config.settings import Settings
from hersteld.daemon.card.raster import fault
from hersteld.daemon.delivery.notifiers import notifier_for
from hersteld.daemon.delivery.pictures.refusals import PictureRefusals
from hersteld.daemon.delivery.pictures.ways import Way
from hersteld.daemon.views.check import Finding
from hersteld.parsers.line import Line, Value


def check_pictures(
    settings: Settings, database: Path, environment: Mapping[str, str], now: datetime
) -> Iterator[Finding]:
    """Yield whether pictures can be drawn, where any are sent, and each receiver that goes without for now.

    Args:
        now: Aware UTC.
    """
    try:
        notifier = notifier_for(settings.notify.targets, environment, picture=settings.notify.picture)
    except ConfigError:
        return  # of which others tell
    takers = [name for name in notifier.targets() if notifier.picture_way(name) is not Way.NONE]
    if not takers:
        return
    reason = fault()
    if reason is not None:
        yield Finding("picture", "warn", Line("check.picture_fault", {"reason": (reason,)}))
        return
    refusals = PictureRefusals(database).all(now)
    for name in takers:
        if (refusal := refusals.get(name)) is not None:
            values: dict[str, Value] = {"name": name, "reason": (refusal.reason,), "until": refusal.until}
            yield Finding("picture", "warn", Line("check.picture_refused", values), Line("check.picture_refused_do"))
        else:
            yield Finding("picture", "ok", Line("check.picture_ok", {"name": name}))
