"""When no message is sent, and that what is said of an evening is read in that evening, and once."""

from datetime import UTC, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.line import Line
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.messages.draft import Draft, MessageKind
from hersteld.recovery.messages.quiet_hours import QuietHours
from tests.support.fit.messages import QUIET, RIDER, drafts_of, hard_ride
from tests.support.fit.recoveries import AMSTERDAM, BEGINNER, local, with_condition
from tests.support.fit.workouts import a_workout

NIGHT = QuietHours(time(22), time(7))
SIESTA = QuietHours(time(13), time(15))


@pytest.mark.parametrize(
    ("clock", "night", "siesta"),
    [
        ("21:59", False, False),
        ("22:00", True, False),
        ("00:00", True, False),
        ("06:59", True, False),
        ("07:00", False, False),
        ("13:00", False, True),
        ("14:59", False, True),
        ("15:00", False, False),
    ],
)
def test_the_start_is_quiet_and_the_end_is_not(clock: str, night: bool, siesta: bool) -> None:
    assert (NIGHT.holds(local(clock), AMSTERDAM), SIESTA.holds(local(clock), AMSTERDAM)) == (night, siesta)


@pytest.mark.parametrize(
    ("quiet_hours", "clock", "moved"),
    [
        (NIGHT, "23:00", local("07:00", "2026-05-07")),
        (NIGHT, "22:00", local("07:00", "2026-05-07")),
        (NIGHT, "03:00", local("07:00")),
        (NIGHT, "12:00", local("12:00")),
        (SIESTA, "13:30", local("15:00")),
    ],
)
def test_a_message_waits_for_the_end_that_comes_next(quiet_hours: QuietHours, clock: str, moved: datetime) -> None:
    assert quiet_hours.move_out(local(clock), AMSTERDAM) == moved


def test_the_same_time_twice_is_no_quiet_time() -> None:
    never = QuietHours(time(7), time(7))
    assert not any(never.holds(local(f"{hour:02}:00"), AMSTERDAM) for hour in range(24))


@given(start=st.times(), end=st.times(), after=st.timedeltas(timedelta(0), timedelta(days=365)))
def test_what_is_moved_out_is_later_within_a_day_and_in_its_own_time_zone(
    start: time, end: time, after: timedelta
) -> None:
    at = local("12:00") + after
    moved = QuietHours(start, end).move_out(at, AMSTERDAM)
    assert at <= moved <= at + timedelta(hours=25)
    assert moved.tzinfo is UTC


@pytest.mark.parametrize(
    ("clock", "begin"),
    [
        ("21:59", local("22:00")),
        ("22:00", local("22:00")),
        ("22:01", local("22:00", "2026-05-07")),
        ("00:30", local("22:00")),
    ],
)
def test_the_next_quiet_hours_begin_tonight_or_once_they_have_begun_tomorrow(clock: str, begin: datetime) -> None:
    assert NIGHT.next_start(local(clock), AMSTERDAM) == begin


@pytest.mark.parametrize("name", ["Europe/Amsterdam", "Pacific/Auckland", "America/Los_Angeles"])
@pytest.mark.parametrize("day", ["2026-05-06", "2026-10-24", "2026-10-25"])
def test_the_next_quiet_hours_begin_within_a_day_at_their_local_time(name: str, day: str) -> None:
    """Also where the day is another one than in UTC, and on the days around a change of the clocks."""
    zone = ZoneInfo(name)
    for hour, start in product(range(24), range(4, 24)):
        at = local("00:00", day) + timedelta(hours=hour)
        begin = QuietHours(time(start), time(3)).next_start(at, zone)
        assert at <= begin < at + timedelta(hours=25), (hour, start)
        assert begin.astimezone(zone).time() == time(start)
        assert begin.tzinfo is UTC


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
