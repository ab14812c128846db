"""From when to when was something done?

Every command that prints both ends of a workout prints them by this, so that each clock time stands behind its own
date.
"""

from datetime import datetime

from hersteld.daemon.words.voice import Voice


def span(began: datetime, ended: datetime, voice: Voice) -> str:
    """Return "2026-05-06 18:00–19:30", or "2026-05-06 23:00 – 2026-05-07 00:30" over midnight.

    Args:
        began, ended: Aware; their dates are those of the reader's zone.
    """
    first, last = (f"{moment.astimezone(voice.zone):%Y-%m-%d}" for moment in (began, ended))
    id_ = "span_of_a_day" if first == last else "span_of_days"
    return voice.say(id_, first=first, last=last, began=began, ended=ended)
