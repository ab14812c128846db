"""What is said of an evening is read in that evening, and once."""

from datetime import datetime, timedelta

import pytest

from hersteld.parsers.line import Line
from hersteld.recovery.advice import Draft, MessageKind
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.messages.quiet_hours import QuietHours
from tests.support.fit.messages import QUIET, RIDER, drafts_of, hard_ride
from tests.support.fit.recoveries import AMSTERDAM, BEGINNER, local, with_condition
from tests.support.fit.workouts import a_workout

_OF_THIS_EVENING = {
    "avoid_tonight",
    "check_glucose_night",
    "stretch_evening",
    *("rest_day", "rest_day_easy", "rest_two_days"),  # "keep tomorrow free"
    *("omega3", "omega3_cooked", "omega3_fish", "omega3_fish_cooked", "omega3_nuts", "omega3_berries"),
}
"""Texts that say "tonight" or "tomorrow", or that stand beside one that does."""


def ids(draft: Draft) -> set[str]:
    """Return the texts of a draft, those within its headline included."""
    rest = draft.lines[0].values.get("rest")
    inner = rest if isinstance(rest, tuple) else ()
    return {line.id for line in (*draft.lines, *inner) if isinstance(line, Line)}


def last_read_at(draft: Draft, quiet: QuietHours | None) -> datetime:
    """Return the last quarter of an hour in which a draft may be delivered."""
    moment = draft.expires_at - timedelta(minutes=1)
    while quiet is not None and quiet.holds(moment, AMSTERDAM) and moment > draft.due_at:
        moment -= timedelta(minutes=15)
    return moment


@pytest.mark.parametrize(
    "athlete", [RIDER, BEGINNER, with_condition("diabetes")], ids=["rider", "beginner", "diabetes"]
)
@pytest.mark.parametrize("quiet", [QUIET, None], ids=["quiet hours", "at any hour"])
@pytest.mark.parametrize("clock", ["11:00", "16:30", "17:50", "19:00", "20:30", "21:50", "23:00", "23:55"])
def test_nothing_of_an_evening_is_delivered_on_another_day(
    clock: str, quiet: QuietHours | None, athlete: Athlete
) -> None:
    for workout in (hard_ride(clock), a_workout(200, hr=140, sport="cycling", kcal=1800, ended_at=local(clock))):
        for draft in drafts_of(workout, athlete, quiet=quiet).values():
            if draft.kind in (MessageKind.FIRST, MessageKind.EVENING) and ids(draft) & _OF_THIS_EVENING:
                read_on = {moment.astimezone(AMSTERDAM).date() for moment in (draft.due_at, last_read_at(draft, quiet))}
                assert read_on == {workout.ended_at.astimezone(AMSTERDAM).date()}, draft.rule


def test_who_gets_the_message_only_in_the_morning_reads_what_is_true_in_the_morning() -> None:
    chain = [draft for draft in drafts_of(hard_ride("20:30")).values() if draft.kind is MessageKind.FIRST]
    assert chain[-1].due_at == local("07:00", "2026-05-07")
    assert "avoid_tonight" not in ids(chain[-1])
    assert chain[-1].title.id == "title_workout_later"
    assert all(draft.expires_at <= local("22:00") for draft in chain[:-1])


@pytest.mark.parametrize("clock", ["11:00", "16:30", "17:50", "17:59"])
def test_what_the_evening_message_says_stands_in_no_message_that_may_be_delivered_beside_it(clock: str) -> None:
    drafts = drafts_of(hard_ride(clock))
    evening = drafts["evening"]
    assert evening.due_at == local("18:00")
    beside = [
        draft for draft in drafts.values() if draft.kind is MessageKind.FIRST and draft.expires_at > evening.due_at
    ]
    assert beside
    for draft in beside:
        assert not {line.id for line in evening.lines} & ids(draft), draft.rule
