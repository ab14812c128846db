"""To which family does a sport belong, by its name alone?

The FIT profile has a hundred sports, and the rules have these families.
"""

from typing import Literal

Family = Literal[
    "running",
    "hiking",
    "walking",
    "snowshoeing",
    "cycling",
    "swimming",
    "surfing",
    "rowing",
    "paddling",
    "nordic_skiing",
    "alpine_skiing",
    "racket",
    "climbing",
    "strength",
    "hiit",
    "canoeing",
    "hand_cycling",
    "wheelchair",
    "football",
    "rugby",
    "volleyball",
    "skating",
    "elliptical",
    "boxing",
    "riding",
    "windsurfing",
    "team",
    "yoga",
    "golf",
    "multisport",
    "other",
]

TEAM_GAMES: tuple[Family, ...] = ("team", "football", "rugby", "volleyball")
IN_OR_ON_WATER: tuple[Family, ...] = ("swimming", "surfing", "rowing", "paddling", "canoeing", "windsurfing")

# A sub-sport that names the movement comes before the sport: the sport of a rowing machine is "fitness_equipment".
_BY_SUB_SPORT: dict[str, Family] = {
    "strength_training": "strength",
    "hiit": "hiit",
    "amrap": "hiit",
    "emom": "hiit",
    "tabata": "hiit",
    "indoor_rowing": "rowing",
    "treadmill": "running",
    "indoor_running": "running",
    "indoor_cycling": "cycling",
    "spin": "cycling",
    "indoor_walking": "walking",
    "stair_climbing": "hiking",
    "indoor_climbing": "climbing",
    "bouldering": "climbing",
    "hand_cycling": "hand_cycling",
    "indoor_hand_cycling": "hand_cycling",
    "indoor_wheelchair_walk": "wheelchair",
    "indoor_wheelchair_run": "wheelchair",
    "elliptical": "elliptical",
    "yoga": "yoga",
    "pilates": "yoga",
    "flexibility_training": "yoga",
    "breathing": "yoga",
    "padel": "racket",
    "squash": "racket",
    "badminton": "racket",
    "pickleball": "racket",
    "racquetball": "racket",
    "table_tennis": "racket",
}

_BY_SPORT: dict[str, Family] = {
    "running": "running",
    "hiking": "hiking",
    "mountaineering": "hiking",
    "walking": "walking",
    "snowshoeing": "snowshoeing",
    "cycling": "cycling",
    "e_biking": "cycling",
    "swimming": "swimming",
    "surfing": "surfing",
    "rowing": "rowing",
    "paddling": "paddling",
    "kayaking": "paddling",
    "rafting": "paddling",
    "stand_up_paddleboarding": "paddling",
    "cross_country_skiing": "nordic_skiing",
    "alpine_skiing": "alpine_skiing",
    "snowboarding": "alpine_skiing",
    "tennis": "racket",
    "racket": "racket",
    "rock_climbing": "climbing",
    "floor_climbing": "climbing",
    "hiit": "hiit",
    "inline_skating": "skating",
    "ice_skating": "skating",
    "soccer": "football",
    "american_football": "football",
    "rugby": "rugby",
    "volleyball": "volleyball",
    "team_sport": "team",
    "lacrosse": "team",
    "canoeing": "canoeing",
    "wheelchair_push_walk": "wheelchair",
    "wheelchair_push_run": "wheelchair",
    "boxing": "boxing",
    "mixed_martial_arts": "boxing",
    "horseback_riding": "riding",
    "windsurfing": "windsurfing",
    "kitesurfing": "windsurfing",
    "basketball": "team",
    "hockey": "team",
    "ice_hockey": "team",
    "golf": "golf",
    "multisport": "multisport",
}


def known_sports() -> dict[str, tuple[str, str | None]]:
    """Return sport and sub-sport of each name that the rules know: "running", "treadmill", "strength_training", ..."""
    subs = {
        name: (family if family in _BY_SPORT else "training", name)
        for name, family in _BY_SUB_SPORT.items()
        if name not in _BY_SPORT
    }
    return {**{name: (name, None) for name in _BY_SPORT if name != "multisport"}, **subs}


def family_of(sport: str, sub_sport: str | None) -> Family:
    """Return the family of a sport; "other" for a sport without a family.

    Args:
        sport, sub_sport: Names of the FIT profile.
    """
    if sub_sport in _BY_SUB_SPORT:
        return _BY_SUB_SPORT[sub_sport]
    return _BY_SPORT.get(sport, "other")
