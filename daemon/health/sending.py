"""What keeps messages from being sent?"""

from hersteld.daemon.delivery.threads import DeliveryThreads
from hersteld.daemon.health.trouble import Trouble
from hersteld.parsers.line import Line

HEARTBEAT_LIMIT_S = 120.0
"""Four times the delivery threads' longest pause; a call takes 72 s at most."""
REFUSED_S = 3600.0
"""When every target has taken nothing for so long, it is no short breakdown: a token was revoked, say."""


def trouble_of_sending(deliverer: DeliveryThreads, *, refused_s: float = REFUSED_S) -> Trouble | None:
    """Return what keeps messages from being sent, with the last reason of each target; None when nothing does."""
    if (age_s := deliverer.heartbeat_age_s()) >= HEARTBEAT_LIMIT_S:
        return Trouble("delivery_stands", Line("health.delivery_hangs", {"seconds": round(age_s)}))
    for text, reasons in (
        ("health.delivery_stands", deliverer.standing()),
        ("health.delivery_refused", deliverer.refused_for(refused_s)),
    ):
        if reasons:
            each = tuple(Line("health.target", {"target": name, "reason": (why,)}) for name, why in reasons.items())
            return Trouble("delivery_stands", Line(text, {"targets": each}))
    return None
