"""What whole workouts read like, word for word, where the words themselves are what was promised."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from hersteld.config.settings import Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.profile import Athlete
from tests.support.fit.messages import RIDER, drafts_of, said
from tests.support.fit.recoveries import AMSTERDAM, local, with_condition
from tests.support.fit.workouts import a_workout

RIDE = a_workout(124, hr=172, sport="cycling", kcal=1290, temperature_c=20, ended_at=local("11:00"), step_s=10)
LATE_RIDE = a_workout(124, hr=172, sport="cycling", kcal=1290, ended_at=local("20:45"), step_s=10)
LONG_RUN = a_workout(250, hr=160, distance_m=42_195, ended_at=local("15:00"), step_s=10)
THREE_HOURS = a_workout(185, hr=140, sport="cycling", kcal=1700, ended_at=local("15:00"), step_s=10)
BEGINNER = replace(RIDER, experience="beginner")
MINOR = replace(RIDER, birth_year=2012)


def _a_run_above_the_maximum() -> Workout:
    beats = np.full(60 * 60 + 1, 150.0)
    beats[1200:1380] = RIDER.max_hr_bpm + 15 if RIDER.max_hr_bpm else 0
    return a_workout(60, hr=beats, ended_at=local("11:00"))


def _read(workout: Workout, athlete: Athlete, language: Language) -> Iterator[str]:
    for draft in drafts_of(workout, athlete, first_ever=True).values():
        message = said(draft, language)
        yield message.title
        yield from message.body.splitlines()


@pytest.mark.parametrize(
    ("workout", "athlete", "language", "sentence"),
    [
        (RIDE, RIDER, "en", "Very hard ride, 2 h 04"),
        (
            RIDE,
            RIDER,
            "nl",
            "124 minuten op of boven je drempel. Rustig trainen kan vanaf do 11:00, hard vanaf vr 11:00.",
        ),
        (RIDE, RIDER, "nl", "Koud bad: 11–15 °C, 11–15 minuten, vóór 14:00. Niet als je alleen bent."),
        (RIDE, RIDER, "nl", "Doe minstens 20 minuten rekoefeningen: "),
        (
            RIDE,
            replace(RIDER, food=frozenset({"vegan", "nut_allergy"})),
            "nl",
            "Blauwe bessen kunnen helpen tegen spierpijn.",
        ),
        (RIDE, RIDER, "en", "Stop when you have had enough."),
        (RIDE, RIDER, "nl", "Stop als je genoeg hebt."),
        (RIDE, RIDER, "en", "If in doubt, ask a professional."),
        (RIDE, BEGINNER, "nl", "Neem morgen een rustdag en train vrijdag weer"),
        (RIDE, with_condition("heart"), "en", "Your rest is over; train as you agreed with your doctor."),
        (RIDE, MINOR, "en", "Your rest is over; train as you feel."),
        (RIDE, with_condition("pregnancy"), "en", "Some well-cooked oily fish or walnuts, and blueberries, may help"),
        (LATE_RIDE, RIDER, "en", "Eat tonight or at breakfast: a normal meal, "),
        (LONG_RUN, RIDER, "en", "Marathon, 4 h 10"),
        (LONG_RUN, RIDER, "en", "Your rest days are over. Keep this week easy."),
        (THREE_HOURS, with_condition("diabetes"), "en", "Check your glucose: after so long a workout"),
        (a_workout(100, hr=150, distance_m=21_100, step_s=10), RIDER, "nl", "Halve marathon, 1 u 40"),
        (a_workout(60, hr=150, step_s=10), RIDER, "en", "Vigorous run, 1 h"),
        (a_workout(60, hr=150, step_s=10), RIDER, "nl", "Pittige hardlooptraining, 1 u"),
        (
            _a_run_above_the_maximum(),
            RIDER,
            "en",
            "Your heart rate was above your maximum for 3 min, or the sensor was wrong. If you notice chest pain, ",
        ),
    ],
)
def test_it_reads_as_promised(workout: Workout, athlete: Athlete, language: Language, sentence: str) -> None:
    read = list(_read(workout, athlete, language))
    assert [line for line in read if sentence in line], read


@pytest.mark.parametrize(
    ("line", "language", "sentence"),
    [
        (Line("digest_baseline"), "nl", "Je basiswaarden zijn bekend."),
        (
            Line("counted_until", {"until": local("18:04")}),
            "en",
            "Counted until 18:04; after that nothing moved any more.",
        ),
        (Line("omega3_berries"), "en", "Some blueberries may help against sore muscles."),
    ],
)
def test_a_line_reads_as_promised(line: Line, language: Language, sentence: str) -> None:
    assert load_texts(language).sentence(line, AMSTERDAM).startswith(sentence)


@pytest.mark.parametrize(
    ("read_at", "english", "dutch"),
    [
        (local("23:00", "2026-05-08"), "Until Sat 22:20 no alcohol.", "Tot za 22:20 geen alcohol."),
        (local("07:00", "2026-05-09"), "Until tonight no alcohol.", "Tot vanavond geen alcohol."),
    ],
)
def test_on_the_day_itself_the_evening_is_called_tonight(read_at: datetime, english: str, dutch: str) -> None:
    line = Line("avoid_until", {"until": local("22:20", "2026-05-09")})
    assert load_texts("en").sentence(line, AMSTERDAM, read_at=read_at) == english
    assert load_texts("nl").sentence(line, AMSTERDAM, read_at=read_at) == dutch


def test_a_coach_speaks_in_the_order_of_doing_and_at_most_six_times() -> None:
    hot = a_workout(150, hr=172, sport="cycling", kcal=2200, temperature_c=30, ended_at=local("13:00"), step_s=10)
    drafts = list(drafts_of(hot, style="coach", quiet=None).values())
    sent = [draft for draft in drafts if not draft.unless_sent]
    assert len(sent) == 6
    assert all(before.due_at <= after.due_at for before, after in pairwise(sent))
    assert sent[0].due_at == hot.ended_at
    assert sent[-1].due_at - hot.ended_at > timedelta(hours=24)


@pytest.mark.parametrize(("language", "leaning"), [("en", "either"), ("nl", "Ook")])
def test_what_is_said_of_tonight_leans_on_no_other_line_that_the_reader_may_not_have_read(
    language: Language, leaning: str
) -> None:
    """It may be the first word about this evening: only yesterday's had the other words."""
    texts = load_texts(language)
    said_again = texts.sentence(Line("avoid_tonight_again"), AMSTERDAM)
    assert leaning not in said_again
    assert said_again != texts.sentence(Line("avoid_tonight"), AMSTERDAM)
