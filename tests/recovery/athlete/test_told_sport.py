"""A workout can be told to be of another sport, and be what the device said again."""

from dataclasses import replace

import pytest

from hersteld.parsers.fit import read_fit
from hersteld.recovery.athlete.sport_families import family_of, known_sports
from hersteld.recovery.athlete.told_sport import names_of, with_names, with_sport
from tests.support.pipeline import a_file


def test_all_but_the_transitions_become_the_told_sport_and_can_go_back() -> None:
    run = read_fit(a_file(minutes=10))
    (session,) = run.sessions
    brick = replace(run, sport="multisport", sessions=(session, replace(session, sport="transition"), session))
    told = with_sport(brick, "cycling", "indoor_cycling")
    indoors = ("cycling", "indoor_cycling")
    assert names_of(told) == (indoors, indoors, ("transition", session.sub_sport), indoors)
    assert names_of(with_names(told, names_of(brick))) == names_of(brick)


def test_names_of_another_workout_are_refused() -> None:
    run = read_fit(a_file(minutes=10))
    with pytest.raises(ValueError, match="zip"):
        with_names(run, names_of(run)[:1])


def test_every_known_sport_has_a_family_of_its_own() -> None:
    assert known_sports()["running"] == ("running", None)
    assert "multisport" not in known_sports(), "it says nothing of what was done"
    assert known_sports()["treadmill"] == ("running", "treadmill")
    assert known_sports()["strength_training"] == ("training", "strength_training")
    assert "other" not in {family_of(*names) for names in known_sports().values()}
