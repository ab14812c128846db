"""Which titles are training, in both languages, and which are not."""

import pytest

from hersteld.config.settings import Planned
from hersteld.daemon.calendar.words import Words, words_of

DEFAULT = Planned()
WORDS = words_of(DEFAULT.training_words, DEFAULT.training_categories, DEFAULT.hard_words)


def of(*training: str) -> Words:
    return words_of(training, (), ())


@pytest.mark.parametrize(
    "title",
    [
        *("Run", "Easy run, 40 min", "LONG RUN", "Bike ride with Jan", "Swim", "Intervals 6 × 800", "Race day", "Gym"),
        *("Hardlopen", "Duurloop 20 km", "Krachttraining", "Intervaltraining", "Zwemmen met de club", "Wedstrijd!"),
        *("Marathon Rotterdam", "Halve marathon", "Run: 45'", "tempoloop", "Fietsen/zwemmen", "Hardloopclinic"),
        *("Bike: Endurance", "MTB Veluwezoom", "Brick", "Hill repeats", "Threshold 4x8", "Joggen", "Rondje lopen"),
        *("Duurrit", "Fietsrit naar Gouda", "Trailrun", "Tempo 3 × 10", "Tempoduurloop", "Tempotraining", "VO2max"),
    ],
)
def test_training_is_told_by_its_title(title: str) -> None:
    assert WORDS.is_training(title, ())


@pytest.mark.parametrize(
    "title",
    [
        "Brunch",
        "Meeting",
        "Dentist",
        "Trunk show",
        "Bride fitting",
        "Gymnasium, open dag",
        "",
        "Overrun budget",
        "Temporary parking",
        "Taxirit",
    ],
)
def test_what_only_holds_the_letters_of_a_word_is_no_training(title: str) -> None:
    assert not WORDS.is_training(title, ())


def test_a_category_makes_any_title_training() -> None:
    assert WORDS.is_training("Met Piet", ("Blauw", "TRAINING"))
    assert not WORDS.is_training("Met Piet", ("Blauw",))


@pytest.mark.parametrize(
    ("title", "is_hard"),
    [
        *(("Intervals", True), ("Wedstrijd", True), ("Tempoloop", True), ("Drempeltraining", True), ("Race", True)),
        *(("Time  trial", True), ("Zware training", True), ("Easy run", False), ("Hardlopen", False), ("Ride", False)),
        *(("Tempo 3 × 10", True), ("Tempoduurloop", True), ("Run, temporary shoes", False), ("Hill repeats", True)),
    ],
)
def test_hard_training_is_told_by_its_title(title: str, *, is_hard: bool) -> None:
    assert WORDS.is_hard(title) is is_hard


def test_the_words_are_the_users_own() -> None:
    assert of("(run").is_training("a (run", ())
    assert not of("r.n").is_training("run", ())
    assert of("ÉTÉ").is_training("en été", ())
    assert of("*loop").is_training("duinloop", ())
    assert not of("*loop").is_training("loopje", ())


def test_a_star_alone_takes_every_event() -> None:
    assert of("*").is_training("Dentist", ())
    assert of("*").is_training("", ())


def test_without_words_nothing_is_training() -> None:
    for words in (of(), of(""), of("  ", "** *")):
        assert not words.is_training("Run", ())
