"""Each sport of the FIT profile is called what people call it, in both languages."""

import pytest

from hersteld.config.settings import LANGUAGES, Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.parsers.format.profile.meaning import enum_name
from hersteld.recovery.athlete.sport_families import known_sports, word_of

CALLED = {
    ("run", "hardlooptraining"): "running treadmill indoor_running",
    ("hike", "wandeltocht"): "hiking",
    ("mountaineering trip", "bergtocht"): "mountaineering",
    ("stair climb", "traptraining"): "floor_climbing stair_climbing",
    ("walk", "wandeling"): "walking indoor_walking",
    ("snowshoe walk", "sneeuwwandeling"): "snowshoeing",
    ("ride", "rit"): "cycling e_biking indoor_cycling spin",
    ("handcycle ride", "handbiketocht"): "hand_cycling indoor_hand_cycling",
    ("swim", "zwemtraining"): "swimming",
    ("surf", "surfsessie"): "surfing",
    ("windsurf", "windsurfsessie"): "windsurfing",
    ("kitesurf", "kitesurfsessie"): "kitesurfing",
    ("row", "roeitraining"): "rowing indoor_rowing",
    ("paddle", "peddeltocht"): "paddling kayaking rafting stand_up_paddleboarding",
    ("canoe trip", "kanotocht"): "canoeing",
    ("cross-country ski", "langlauftocht"): "cross_country_skiing",
    ("ski day", "skidag"): "alpine_skiing",
    ("snowboard day", "snowboarddag"): "snowboarding",
    ("skate", "schaatstraining"): "ice_skating",
    ("inline skate", "skeelertocht"): "inline_skating",
    ("racket session", "racketsessie"): ("tennis racket padel squash badminton pickleball racquetball table_tennis"),
    ("football session", "voetbalsessie"): "soccer",
    ("American football session", "training American football"): "american_football",
    ("rugby session", "rugbysessie"): "rugby",
    ("volleyball session", "volleybalsessie"): "volleyball",
    ("session", "training"): "team_sport lacrosse basketball hockey ice_hockey",
    ("climb", "klimsessie"): "rock_climbing indoor_climbing bouldering",
    ("strength session", "krachttraining"): "strength_training",
    ("interval class", "intervaltraining"): "hiit amrap emom tabata",
    ("boxing session", "bokstraining"): "boxing",
    ("MMA session", "MMA-training"): "mixed_martial_arts",
    ("elliptical session", "crosstrainertraining"): "elliptical",
    ("yoga session", "yogales"): "yoga",
    ("Pilates session", "pilatesles"): "pilates",
    ("stretching session", "reksessie"): "flexibility_training",
    ("breathing session", "ademsessie"): "breathing",
    ("wheelchair push", "rolstoeltraining"): (
        "wheelchair_push_walk wheelchair_push_run indoor_wheelchair_walk indoor_wheelchair_run"
    ),
    ("ride on horseback", "paardrijtocht"): "horseback_riding",
    ("round of golf", "ronde golf"): "golf",
}
"""The words in English and Dutch, and of which sports they are said."""


def called(sport: str, sub_sport: str | None, language: Language) -> str:
    return load_texts(language).words["sport"][word_of(sport, sub_sport)]


def test_no_sport_is_called_by_the_name_of_another() -> None:
    names = {name: words for words, said_of in CALLED.items() for name in said_of.split()}
    assert {
        name: tuple(called(*sports, language) for language in ("en", "nl")) for name, sports in known_sports().items()
    } == names


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sport_that_the_rules_do_not_know_is_a_workout(language: Language) -> None:
    known = {name for said_of in CALLED.values() for name in said_of.split()}
    everything = {name for number in range(255) if (name := enum_name("sport", number))}
    assert "american_football" in everything
    words = load_texts(language).words["sport"]
    for sport in everything - known - {"multisport"}:
        assert called(sport, None, language) == words["other"], sport
