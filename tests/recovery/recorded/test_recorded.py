"""Rules that make something else of the same workouts have another version.

Stored workouts are assessed anew only when a number or the version changes.
"""

from itertools import zip_longest

from hersteld.recovery.advice import READY_IDS, RED_FLAG_IDS
from tests.recovery.recorded.many import many
from tests.recovery.recorded.messages import said_line_of, said_of
from tests.recovery.recorded.typical import typical
from tests.recovery.recorded.written import MANY, RECORD, SAID, all_made, head, line_of, text_of

_ANEW = "record it with `PYTHONPATH=. .venv/bin/python -m tests.recovery.recorded`"

GROUNDS = frozenset(
    {
        "no_clock",
        "promised_before",
        "short_recovery",
        "condition",
        "too_short",
        "too_long",
        "too_young",
        "too_old",
        "a_guess",
        "was_cold",
        "gentle",
        "was_stretching",
        "not_hard",
        "red_flags",
        "strength",
        "gained",
        "small_loss",
        "small_load",
        "easy_and_short",
        "no_heart_rate",
        "no_diabetes",
        "was_there",
        "usual_strain",
    }
)
"""On which a rule stays silent."""


def test_other_numbers_are_recorded() -> None:
    recorded = RECORD.read_text(encoding="utf-8").splitlines()[:2]
    assert head() == recorded, f"numbers of config/rules.toml or the version are others: {_ANEW}"


def test_rules_that_make_something_else_of_the_same_workouts_have_another_version() -> None:
    recorded = RECORD.read_text(encoding="utf-8").splitlines()[2:]
    for made, line in zip_longest(all_made(), recorded):
        assert made is not None, f"the record has a workout too many: {_ANEW}"
        assert line_of(made) == line, (
            f"the rules make something else of this workout: raise recovery.rules.VERSION, and {_ANEW}. "
            f"It is now:\n{text_of(made)}"
        )


def test_the_same_is_said_of_the_same_workouts() -> None:
    recorded = SAID.read_text(encoding="utf-8").splitlines()
    for made, line in zip_longest(many(MANY), recorded):
        assert made is not None, f"the record has a workout too many: {_ANEW}"
        assert said_line_of(made) == line, f"something else is said of this workout; {_ANEW}:\n{said_of(made)}"


def test_the_typical_workouts_are_of_every_rung_grade_and_intensity() -> None:
    made = list(typical())
    assert {recovery.load.rung for recovery in made} == {"power", "heart_rate", "zone_times", "rpe", "duration"}
    assert {recovery.load.grade for recovery in made} == {"A", "B", "C", "D"}
    assert {recovery.assessment.hard for recovery in made} == {True, False}
    assert {advice.key for recovery in made for advice in recovery.plan} == {
        "rest",
        "stretching",
        "hydration",
        "glycogen",
        "glucose",
        "avoid",
        "omega3",
        "cooldown",
        "red_flags",
    }


def test_each_readiness_danger_and_ground_is_among_the_recorded_workouts() -> None:
    """A rule that no recorded workout meets would not be held by the record."""
    made = [one.recovery for one in all_made()]
    said = {advice.id for recovery in made for advice in recovery.plan}
    assert READY_IDS | RED_FLAG_IDS | {"check_glucose"} <= said
    silent = {verdict.why_not for recovery in made for verdict in recovery.verdicts if not verdict.fired}
    assert silent == GROUNDS
