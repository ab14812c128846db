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
        *(
            "Time trial",
            "Threshold 3 x 10'",
            "8 repeats",
            "Hill repeats",
            "Hills",
            "Hill session",
            "Sprints",
            "Fartlek",
        ),
        *("Track", "Track Tuesday", "Jogging", "Bike", "Mountain bike", "Mountainbiken", "MTB", "Cycle to work"),
        *("Spinning", "Spinningles", "Spinles", "Rondje Amstel", "10 km", "10km easy", "21,1 km", "6 miles", "10K"),
        *("Tempo's op de baan", "Tijdrit", "Drempeltraining", "Sprintjes", "Fun run", "Lunch run", "VO2max 5 x 3'"),
        *("Baantraining", "Sprint", "Intervalloop", "Toertocht", "Hard run", "Zware training", "Race Saturday"),
    ],
)
def test_training_is_told_by_its_title(title: str) -> None:
    assert WORDS.is_training(title, ())


@pytest.mark.parametrize(
    "title",
    [
        *("Brunch", "Meeting", "Dentist", "Trunk show", "Bride fitting", "Gymnasium, open dag", "", "Overrun budget"),
        *("Run errands", "Running late", "Dry run", "Excel training", "Race report", "Test run release", "School run"),
        *(
            "Sprint planning",
            "Sprint retrospective",
            "Sprint review",
            "F1 race kijken",
            "Filmmarathon",
            "Hard deadline",
        ),
        *("Hard deadline", "Zwaar overleg", "EHBO-training", "Puppytraining", "Hardloopschoenen kopen"),
        *("Buy a bike", "Bike repair", "Temporary parking", "Taxirit"),
        *(
            "Temporary permit",
            "Temporary parking",
            "Taxirit",
            "Sprinter naar Utrecht",
            "Drempelvrees",
            "Tempo Team",
            "APK bij 150.000 km",
            "Uber ride",
        ),
        *("On track", "Rest day, no run", "Rustdag (geen training)", "10 kmh", "Soundtrack", "Notting Hill", "Recycle"),
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


def test_each_word_of_the_lists_is_found_or_tells_that_it_is_none() -> None:
    for word in (*DEFAULT.training_words, *DEFAULT.hard_words):
        title = word.removeprefix("-").replace("*", "abc")
        alone = not word.startswith("-") and word not in ("hard", "zwaar", "zware")
        assert WORDS.is_training(title, ()) is alone, word
        assert not word.startswith("-") or not WORDS.is_training(f"training {title}", ()), word


def test_a_word_of_hard_training_names_a_training_whatever_else_is_one() -> None:
    own = words_of(("gym",), (), ("heuvels", "*", "hard", "-heuvels wandelen"))
    titles = ("Heuvels", "Gym", "Hard", "Dentist", "Heuvels wandelen", "gym, heuvels wandelen")
    assert [title for title in titles if own.is_training(title, ())] == ["Heuvels", "Gym"]


def test_a_category_counts_before_any_word() -> None:
    assert WORDS.is_training("Race report", ("training",))


def test_a_star_takes_every_event_but_those_with_a_word_that_says_no() -> None:
    own = of("*", "-dentist")
    assert own.is_training("Anything", ())
    assert not own.is_training("The dentist", ())


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
