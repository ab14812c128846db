"""To which family does a sport belong, by its name alone, and which muscles does a family train?

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

MUSCLES_OF: dict[Family, tuple[str, ...]] = {
    "running": ("calves", "hamstrings", "quadriceps", "hip_flexors", "glutes"),
    "cycling": ("quadriceps", "hip_flexors", "glutes", "hamstrings", "lower_back", "neck"),
    "swimming": ("lats", "chest", "shoulders", "triceps", "ankles"),
    "rowing": ("lats", "upper_back", "lower_back", "forearms", "hamstrings", "glutes"),
    "paddling": ("lats", "upper_back", "lower_back", "forearms"),
    "nordic_skiing": ("lats", "triceps", "hip_flexors", "calves"),
    "alpine_skiing": ("quadriceps", "adductors", "glutes"),
    "racket": ("forearms", "shoulders", "calves", "adductors"),
    "climbing": ("forearms", "fingers", "lats", "chest"),
    "canoeing": ("lats", "upper_back", "core", "forearms"),
    "hand_cycling": ("triceps", "shoulders", "chest", "forearms"),
    "wheelchair": ("triceps", "shoulders", "chest", "forearms"),
    "football": ("hamstrings", "adductors", "quadriceps", "hip_flexors", "calves"),
    "rugby": ("hamstrings", "quadriceps", "shoulders", "neck", "calves"),
    "volleyball": ("shoulders", "quadriceps", "calves", "glutes"),
    "skating": ("glutes", "adductors", "quadriceps", "lower_back"),
    "elliptical": ("quadriceps", "glutes", "hamstrings", "calves", "shoulders"),
    "boxing": ("shoulders", "chest", "triceps", "core", "calves"),
    "riding": ("adductors", "core", "lower_back", "calves"),
    "windsurfing": ("forearms", "lats", "lower_back", "quadriceps"),
    "team": ("adductors", "quadriceps", "hamstrings", "calves"),
}
"""The muscles that a family trains, most used first."""
TEAM_GAMES: tuple[Family, ...] = ("team", "football", "rugby", "volleyball")
_WATER_FAMILIES: tuple[Family, ...] = ("swimming", "surfing", "rowing", "paddling", "canoeing", "windsurfing")
_WATER_SPORTS = frozenset(
    {
        *("boating", "sailing", "fishing", "wakeboarding", "wakesurfing", "water_skiing", "water_tubing", "jet_skiing"),
        *("water_sport", "snorkeling", "diving", "pool_apnea"),
    }
)
"""Sports in or on the water that have no family of their own."""
_WATER_SUB_SPORTS = frozenset(
    {
        *("open_water", "swim_run", "whitewater", "sail_race", "trolling_motor", "apnea_diving", "apnea_hunting"),
        *("single_gas_diving", "multi_gas_diving", "gauge_diving", "ccr_diving", "dynamic_apnea"),
    }
)
_E_BIKES = frozenset({"e_bike_fitness", "e_bike_mountain", "e_bike_enduro"})
_IN_A_POOL = frozenset({"lap_swimming", "pool_apnea", "dynamic_apnea"})

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
    "floor_climbing": "hiking",  # the floors of a building, by its stairs
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

_OWN_WORDS = {
    **{name: name for name in ("american_football", "snowboarding", "kitesurfing", "mixed_martial_arts")},
    **{name: name for name in ("inline_skating", "mountaineering", "stair_climbing")},
    **{name: name for name in ("pilates", "flexibility_training", "breathing")},
    "floor_climbing": "stair_climbing",
}
"""The words for sports that share their muscles with a family, and that nobody calls by its name."""
WORDS = frozenset(_OWN_WORDS.values())


def known_sports() -> dict[str, tuple[str, str | None]]:
    """Return sport and sub-sport of each name that the rules know: "running", "treadmill", "strength_training", ..."""
    subs = {
        name: (family if family in _BY_SPORT else "training", name)
        for name, family in _BY_SUB_SPORT.items()
        if name not in _BY_SPORT
    }
    return {**{name: (name, None) for name in _BY_SPORT if name != "multisport"}, **subs}


def has_motor(sport: str, sub_sport: str | None) -> bool:
    """Return whether a sport is riding with a motor, so that not all of the power is the rider's.

    Args:
        sport, sub_sport: Names of the FIT profile.
    """
    return sport == "e_biking" or sub_sport in _E_BIKES


def is_water_sport(sport: str, sub_sport: str | None) -> bool:
    """Return whether a sport is done in or on the water; a rowing machine stands on land.

    Args:
        sport, sub_sport: Names of the FIT profile.
    """
    if sub_sport == "indoor_rowing":
        return False
    in_family = family_of(sport, sub_sport) in _WATER_FAMILIES
    return in_family or sport in _WATER_SPORTS or sub_sport in _WATER_SUB_SPORTS


def is_open_water_sport(sport: str, sub_sport: str | None) -> bool:
    """Return whether a sport is done in or on water under the open sky; a swim only where its device says so.

    Args:
        sport, sub_sport: Names of the FIT profile.
    """
    if sport in _IN_A_POOL or sub_sport in _IN_A_POOL:
        return False
    return is_water_sport(sport, sub_sport) and (sport != "swimming" or sub_sport in _WATER_SUB_SPORTS)


def family_of(sport: str, sub_sport: str | None) -> Family:
    """Return the family of a sport; "other" for a sport without a family.

    Args:
        sport, sub_sport: Names of the FIT profile.
    """
    if sub_sport in _BY_SUB_SPORT:
        return _BY_SUB_SPORT[sub_sport]
    return _BY_SPORT.get(sport, "other")


def word_of(sport: str, sub_sport: str | None) -> str:
    """Return the key, in the list of words "sport", for what people call a sport: its own, or that of its family.

    Args:
        sport, sub_sport: Names of the FIT profile.
    """
    name = sub_sport if sub_sport in _BY_SUB_SPORT else sport
    return _OWN_WORDS.get(name or "") or family_of(sport, sub_sport)
