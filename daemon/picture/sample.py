"""What does a picture show that is sent to see whether a receiver shows one?"""

from typing import Final

from hersteld.daemon.card.facts import CardFacts, Trace

_MINUTES: Final = (
    98,
    112,
    124,
    131,
    136,
    168,
    174,
    171,
    132,
    126,
    128,
    170,
    177,
    172,
    130,
    124,
    127,
    173,
    179,
    133,
    118,
)
"""Heart rates of a made-up ride, one a minute."""


def sample(title: str, sentence: str) -> CardFacts:
    """Return a made-up heart rate below a title.

    Args:
        sentence: For whom does not see it.
    """
    points = tuple((60.0 * minute, float(bpm)) for minute, bpm in enumerate(_MINUTES))
    trace = Trace((points,), points[-1][0], (111.0, 134.0, 166.0, 175.0), 90.0, 185.0, shows_threshold=True)
    return CardFacts(title, "", "", (), trace, None, sentence)
