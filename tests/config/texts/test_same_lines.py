"""A message that is too long loses the same lines in every language, and the most urgent last."""

import pytest

from hersteld.config.settings import LANGUAGES
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.render import MAX_BODY_CHARACTERS
from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.profile import Athlete
from tests.support.fit.messages import drafts_of, hard_ride, said
from tests.support.fit.recoveries import AMSTERDAM, BEGINNER, TRAINED, local
from tests.support.fit.workouts import a_workout

NOBODY_KNOWN = Athlete(birth_year=1986)
LONG_RUN = a_workout(113, hr=165, temperature_c=29, distance_m=21_100, ended_at=local("17:00"))


@pytest.mark.parametrize("workout", [hard_ride(), hard_ride("20:00"), hard_ride("23:30"), LONG_RUN])
@pytest.mark.parametrize("athlete", [TRAINED, BEGINNER, NOBODY_KNOWN])
def test_every_language_says_the_same_lines(workout: Workout, athlete: Athlete) -> None:
    for draft in drafts_of(workout, athlete, first_ever=True).values():
        kept = []
        for language in LANGUAGES:
            body = said(draft, language).body
            texts, lines = load_texts(language), body.splitlines()
            disclaimer = texts.messages["disclaimer"]
            assert len(body.removesuffix(f"\n{disclaimer}")) <= MAX_BODY_CHARACTERS
            sentences = [texts.sentence(line, AMSTERDAM, read_at=draft.due_at) for line in draft.lines]
            kept.append([line.id for line, sentence in zip(draft.lines, sentences, strict=True) if sentence in lines])
        assert all(ids == kept[0] for ids in kept), draft.rule
        if draft.rule == "first" and any(line.id == "no_cooldown" for line in draft.lines):
            assert "no_cooldown" in kept[0], "it helps only within half an hour"
        if any(line.id == "avoid_medicine" for line in draft.lines):
            assert "avoid_medicine" in kept[0], "a pill matters more than stretching"


@pytest.mark.parametrize("workout", [hard_ride(), hard_ride("20:00"), hard_ride("23:30"), LONG_RUN])
def test_the_first_message_ever_advises_all_that_any_other_does(workout: Workout) -> None:
    for language in LANGUAGES:
        ever, other = (said(drafts_of(workout, first_ever=first)["first"], language).body for first in (True, False))
        assert ever == f"{other}\n{load_texts(language).messages['disclaimer']}"
