"""Which answer does somebody mean who uses another everyday word for it, in English or Dutch?

Only what no likeness of letters finds stands here. Such a word is answered with the right one, never taken for it.
"""

from collections.abc import Mapping

EVERYDAY_ANSWERS: Mapping[str, str] = {
    "sick": "ill",
    "unwell": "ill",
    "flu": "ill",
    "cold": "ill",
    "fever": "ill",
    "griep": "ill",
    "verkouden": "ill",
    "koorts": "ill",
    "hurt": "injured",
    "injury": "injured",
    "blessure": "injured",
    "holiday": "away",
    "vacation": "away",
    "travel": "away",
    "travelling": "away",
    "vakantie": "away",
    "reis": "away",
    "op reis": "away",
    "meal": "eat",
    "food": "eat",
    "ate": "eat",
    "dinner": "eat",
    "maaltijd": "eat",
    "gegeten": "eat",
    "water": "drink",
    "drank": "drink",
    "gedronken": "drink",
    "gerekt": "stretch",
}
"""The answer of each; not every command knows every answer."""
