"""Can Home Assistant be told? It is tried once, under another name than the service's, and nothing is published."""

import os
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from hersteld.config.settings import HomeAssistant
from hersteld.daemon.database.lock import daemon_at
from hersteld.daemon.health.outside import from_outside
from hersteld.daemon.home_assistant.library import NOT_INSTALLED, NotInstalled, mqtt_client
from hersteld.daemon.home_assistant.refusals import (
    BROKEN_OFF_AGAIN,
    LASTING,
    NOT_ALLOWED,
    TAKEN_OVER,
    Unusable,
    reason_of_error,
)
from hersteld.daemon.home_assistant.session import OldBroker, Session
from hersteld.daemon.views.check import Finding
from hersteld.parsers.line import Line

_WHAT = "home_assistant"
_ONLY_THE_SERVICE_KNOWS = frozenset({NOT_ALLOWED.id, TAKEN_OVER.id, BROKEN_OFF_AGAIN.id, "inbox.our_fault"})


def check_home_assistant(settings: HomeAssistant, database: Path, now: datetime) -> Iterator[Finding]:
    """Yield whether the broker takes our word, and what the service has found that is not seen by trying once."""
    if settings.broker is None:
        return
    reason = _try(settings)
    if reason is None:
        values = {"name": settings.name, "node_id": settings.node_id}
        yield Finding(_WHAT, "ok", Line("check.home_assistant_ok", values))
    elif reason == NOT_INSTALLED:
        missing = Line("check.home_assistant_missing", {"reason": (reason,)})
        yield Finding(_WHAT, "bad", missing, Line("check.home_assistant_missing_do"))
    elif reason.id in LASTING:
        bad = Line("check.home_assistant_bad", {"reason": (reason,)})
        yield Finding(_WHAT, "bad", bad, Line("check.home_assistant_bad_do"))
    else:
        away = Line("check.home_assistant_away", {"reason": (reason,)})
        yield Finding(_WHAT, "warn", away, Line("check.home_assistant_away_do"))
    untold = _of_the_service(database, now)
    if untold is not None and untold.id in _ONLY_THE_SERVICE_KNOWS:
        line = Line("check.home_assistant_service", {"reason": (untold,)})
        yield Finding(_WHAT, "warn", line, Line("check.home_assistant_service_do"))


def _of_the_service(database: Path, now: datetime) -> Line | None:
    try:
        return from_outside(database, daemon_at(database), now).untold
    except OSError:
        return None  # said elsewhere


def _try(settings: HomeAssistant) -> Line | None:
    """Return why the broker does not take our word; None where it does."""
    try:
        library = mqtt_client()
    except NotInstalled:
        return NOT_INSTALLED
    for is_version_5 in (True, False):
        try:
            session = Session(
                library, settings, f"hersteld-{settings.node_id}-check-{os.getpid()}", is_version_5=is_version_5
            )
            nobody, _other = socket.socketpair()
            with nobody, _other:
                try:
                    session.open()
                    while not session.is_connected:
                        session.step(nobody)
                finally:
                    session.close()
        except OldBroker:
            continue
        except Unusable as error:
            return error.reason
        except Exception as error:  # noqa: BLE001 - its words may hold the address
            return reason_of_error(error)
        return None
    return Line("home_assistant.refused")
