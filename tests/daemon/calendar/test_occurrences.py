"""What programs export is read as their users mean it; what nobody can follow is given up in time."""

from datetime import date, timedelta

import pytest

from hersteld.config.settings import Planned
from hersteld.daemon.calendar.content_lines import RawEvent, read_lines
from hersteld.daemon.calendar.occurrences import Endless, NoSense, Window, learn_zones, sessions_of, within
from hersteld.daemon.calendar.words import words_of
from hersteld.recovery.occasions.planned_session import PlannedSession
from tests.daemon.calendar.exports import AMSTERDAM, APPLE, GOOGLE, NOW, OUTLOOK, calendar, event

_DEFAULT = Planned()
WORDS = words_of(_DEFAULT.training_words, _DEFAULT.training_categories, _DEFAULT.hard_words)
WINDOW = Window(NOW, NOW + timedelta(hours=48), AMSTERDAM)


def sessions(text: str, window: Window = WINDOW) -> list[PlannedSession]:
    """Return the training of a calendar, in order of time."""
    raw = read_lines(text)
    learn_zones(raw)
    groups: dict[str, list[RawEvent]] = {}
    for one in raw.events:
        groups.setdefault(one.first("UID"), []).append(one)
    found = [one for group in groups.values() for one in sessions_of(group, raw.zone, window, WORDS)]
    return sorted(found, key=lambda one: (one.day, one.starts_at or NOW))


def shown(text: str, window: Window = WINDOW) -> list[str]:
    """Return the training of a calendar as its user sees it in Amsterdam."""
    return [
        f"{one.day:%a} {'all day' if one.starts_at is None else one.starts_at.astimezone(AMSTERDAM).strftime('%H:%M')}"
        f" {one.title}{'' if one.minutes is None else f', {one.minutes:.0f} min'}{' (hard)' if one.is_hard else ''}"
        for one in sessions(text, window)
    ]


def test_google_a_series_with_a_moved_and_a_left_out_day_and_what_was_declined() -> None:
    assert shown(GOOGLE) == [
        "Sat 14:00 Intervallen in plaats van duurloop, 60 min (hard)",
        "Sun all day Wedstrijd (hard)",
        "Sun 09:00 Duurloop met de club, 120 min",
    ]


def test_outlook_its_own_names_of_zones_categories_and_a_cancelled_event() -> None:
    assert shown(OUTLOOK) == [
        "Sat 18:00 Met Piet, 90 min",
        "Sun 10:00 Krachttraining, 60 min",
        "Mon all day Fietstocht",
    ]


def test_apple_a_cancelled_day_of_a_series_and_times_without_a_zone_that_is_known() -> None:
    assert shown(APPLE) == [
        "Sat 20:00 Long run (floating), 120 min",
        "Sun 20:00 Run on Mars, 60 min",
        "Mon 07:30 Swim, 60 min",
    ]


def test_utc_in_a_calendar_with_a_zone_follows_its_summer_time() -> None:
    """Google writes a series in UTC, and means the hour on the wall."""
    weekly = event("Run", "20260704T160000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY")
    assert shown(calendar(weekly, head="X-WR-TIMEZONE:Europe/Amsterdam\n")) == ["Sat 18:00 Run, 60 min"]
    assert shown(calendar(weekly)) == ["Sat 17:00 Run, 60 min"]
    assert shown(calendar(weekly, head="X-WR-TIMEZONE:Mars/Olympus\n")) == ["Sat 17:00 Run, 60 min"]


@pytest.mark.parametrize(
    ("start", "is_found"),
    [
        ("20261128T090001Z", True),
        ("20261128T085959Z", False),
        ("20261130T090000Z", True),
        ("20261130T090001Z", False),
    ],
)
def test_the_window_is_48_hours_from_now(start: str, is_found: bool) -> None:
    assert bool(sessions(calendar(event(start=start)))) is is_found


def test_a_whole_day_is_of_today_tomorrow_or_the_day_after() -> None:
    days = [
        event("Run", f"202611{day}", uid=str(day)).replace("DTSTART:", "DTSTART;VALUE=DATE:") for day in range(26, 33)
    ]
    found = sessions(calendar(*days[:5]))
    assert [(one.day, one.starts_at, one.minutes) for one in found] == [
        (date(2026, 11, day), None, None) for day in (28, 29, 30)
    ]


def test_an_invitation_is_declined_by_its_only_attendee_or_by_whom_the_configuration_names() -> None:
    def attendee(name: str, answer: str) -> str:
        return f"ATTENDEE;PARTSTAT={answer}:MAILTO:{name}@Example.org"

    both = calendar(event("Run", "20261128T180000Z", attendee("Anna", "DECLINED"), attendee("bob", "ACCEPTED")))
    as_anna = Window(WINDOW.start, WINDOW.end, AMSTERDAM, "anna@example.org")
    as_bob = Window(WINDOW.start, WINDOW.end, AMSTERDAM, "bob@example.org")
    assert sessions(both) != []
    assert sessions(both, as_anna) == []
    assert sessions(both, as_bob) != []
    assert sessions(calendar(event("Run", "20261128T180000Z", attendee("x", "DECLINED")))) == []
    assert sessions(calendar(event("Run", "20261128T180000Z", attendee("x", "TENTATIVE")))) != []
    partner = calendar(event("Run", "20261128T180000Z", "ORGANIZER:mailto:anna@example.org", attendee("x", "DECLINED")))
    assert sessions(partner, as_anna) != [], "Outlook names the organiser nowhere else, and only the partner declines"


def test_an_attendee_may_be_named_beside_a_path_as_icloud_writes_it() -> None:
    declined = "ATTENDEE;CN=Anna;EMAIL=Anna@Example.org;PARTSTAT=DECLINED:/aMTAzMjA/principal/"
    other = "ATTENDEE;CN=Bob;EMAIL=bob@example.org;PARTSTAT=ACCEPTED:/aMTAzMjE/principal/"
    invitation = calendar(event("Run", "20261128T180000Z", declined, other))
    assert sessions(invitation, Window(WINDOW.start, WINDOW.end, AMSTERDAM, "anna@example.org")) == []
    assert sessions(invitation, Window(WINDOW.start, WINDOW.end, AMSTERDAM, "bob@example.org")) != []


@pytest.mark.parametrize("line", ["CATEGORIES:Work, Training", "CATEGORIES: workout ", "CATEGORIES:a\\, b , TRAINING"])
def test_spaces_around_a_category_do_not_count(line: str) -> None:
    assert shown(calendar(event("Met Piet", "20261128T180000Z", line))) == ["Sat 19:00 Met Piet"]


def test_of_a_property_that_stands_twice_the_first_one_counts() -> None:
    twice = event("Run", "20261128T180000Z", "SUMMARY:Race", "CATEGORIES:a", "CATEGORIES:b")
    assert shown(calendar(twice)) == ["Sat 19:00 Run"]
    cancelled = event("Run", "20261128T180000Z", "STATUS:CANCELLED", "STATUS:CONFIRMED")
    assert shown(calendar(cancelled)) == []


LONGER = Window(NOW, NOW + timedelta(days=6), AMSTERDAM)
DAILY = event("Run", "20261102T180000", "DURATION:PT1H", "RRULE:FREQ=DAILY")


def from_then_on(start: str, *lines: str) -> str:
    return event("Run late", start, "RECURRENCE-ID;RANGE=THISANDFUTURE:20261130T180000", *lines)


def test_a_series_that_is_moved_from_some_day_on_keeps_all_its_days() -> None:
    moved = calendar(DAILY, from_then_on("20261130T200000", "DURATION:PT2H"))
    assert shown(moved, LONGER) == [
        "Sat 18:00 Run, 60 min",
        "Sun 18:00 Run, 60 min",
        *(f"{day} 20:00 Run late, 120 min" for day in ("Mon", "Tue", "Wed", "Thu")),
    ]
    assert shown(calendar(DAILY, from_then_on("20261130T180000", "STATUS:CANCELLED")), LONGER) == [
        "Sat 18:00 Run, 60 min",
        "Sun 18:00 Run, 60 min",
    ]


@pytest.mark.parametrize("start", ["20261130T200000", "20261130T163000", "20261201T073000"])
def test_each_day_of_a_series_that_is_moved_from_some_day_on_keeps_its_identity(start: str) -> None:
    before = [one.identity for one in sessions(calendar(DAILY), LONGER)]
    after = [one.identity for one in sessions(calendar(DAILY, from_then_on(start)), LONGER)]
    assert len(set(after)) == len(after) >= 5
    assert after == before[: len(after)]


def test_no_day_is_lost_where_only_the_exception_has_a_zone() -> None:
    found = [one.identity for one in sessions(calendar(DAILY, from_then_on("20261130T190000Z")), LONGER)]
    assert len(set(found)) == len(found) == 6


@pytest.mark.parametrize(("first", "second", "hour"), [(1, 2, "19"), (2, 1, "18"), (None, 1, "19"), (3, "x", "18")])
def test_of_two_versions_of_an_event_the_later_one_counts(first: object, second: object, hour: str) -> None:
    """Some programs leave both in the file, in any order."""

    def version(start: str, sequence: object) -> str:
        return event("Run", start, *([] if sequence is None else [f"SEQUENCE:{sequence}"]))

    both = calendar(version("20261128T180000", first), version("20261128T190000", second))
    assert shown(both) == [f"Sat {hour}:00 Run"]


@pytest.mark.parametrize(
    "broken",
    [
        event("Run", "20261129T200000", "RECURRENCE-ID:tomorrow"),
        event("Run", "tomorrow", "RECURRENCE-ID:20261129T180000"),
        event("Run", "20261129T200000", "RECURRENCE-ID:20261129T180000", "DURATION:a while"),
    ],
)
def test_a_broken_exception_of_a_series_costs_only_itself_and_is_told(broken: str) -> None:
    raw = read_lines(calendar(DAILY, broken))
    found = sessions_of(raw.events, "", WINDOW, WORDS)
    assert [one.day.day for one in (next(found), next(found))] == [28, 29]
    with pytest.raises(NoSense):
        next(found)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("DTSTART:20261128T190000", "DTEND:20261128T180000"),
        ("DTSTART:20261128T190000", "DURATION:-PT1H"),
        ("DTSTART:20261128T190000", "DTEND;VALUE=DATE:20261129"),
        ("DTSTART;VALUE=DATE:20261129", "DURATION:PT1H"),
        ("DTSTART;VALUE=DATE:20261129", "DTEND:20261129T190000"),
        ("DTSTART;VALUE=DATE:20261129", "DTEND;VALUE=DATE:20261128"),
    ],
)
def test_an_end_that_makes_no_sense_changes_nothing_of_the_start(start: str, end: str) -> None:
    text = calendar(event("Run", "x", end).replace("DTSTART:x", start))
    assert shown(text) == ["Sun all day Run" if "DATE:20261129" in start else "Sat 19:00 Run"]


def test_an_event_that_is_moved_keeps_its_identity_and_each_occurrence_has_its_own() -> None:
    (before,) = sessions(calendar(event(start="20261128T180000Z")))
    (after,) = sessions(calendar(event(start="20261129T070000Z")))
    assert before.identity == after.identity
    daily = event("Run", "20261101T180000Z", "RRULE:FREQ=DAILY")
    first, second = sessions(calendar(daily))
    assert first.identity != second.identity
    moved = event("Run", "20261129T200000Z", "RECURRENCE-ID:20261129T180000Z")
    assert [one.identity for one in sessions(calendar(daily, moved))] == [first.identity, second.identity]


@pytest.mark.parametrize(
    "lines",
    [
        ("RRULE:FREQ=SECONDLY",),
        ("RRULE:FREQ=MINUTELY;INTERVAL=2",),
        (
            "RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20;BYMINUTE=1,2,3,4;BYSECOND=1,2,3",
        ),
        ("RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",),
        (f"RDATE:{','.join(f'20261128T{hour:02}{minute:02}00Z' for hour in range(10, 20) for minute in range(60))}",),
    ],
    ids=["each second", "each other minute", "hundreds a day", "never", "six hundred dates"],
)
def test_what_repeats_too_often_is_given_up_within_its_share_of_the_time(lines: tuple[str, ...]) -> None:
    with pytest.raises(Endless):
        sessions(calendar(event("Run", "19700101T000000Z", *lines)))


@pytest.mark.parametrize(
    "lines",
    [
        ("RRULE:FREQ=WEEKLY;FREQ=FOO",),
        ("RRULE:FREQ=WEEKLY;COUNT=-1;UNTIL=x",),
        ("EXDATE:tomorrow",),
        ("DTEND:2026",),
        ("DURATION:a while",),
        ("DTSTART:20261128T250000Z",),
    ],
)
def test_an_event_that_makes_no_sense_is_named_as_such(lines: tuple[str, ...]) -> None:
    with pytest.raises(NoSense):
        sessions(calendar(event("Run", "20261128T180000Z", *lines)))


def test_a_definition_of_a_zone_that_never_ends_is_as_none() -> None:
    zone = """\
BEGIN:VTIMEZONE
TZID:Endless
BEGIN:STANDARD
DTSTART:19700101T000000
RRULE:FREQ=SECONDLY
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
    late = event("Run").replace("DTSTART:20261128T180000Z", "DTSTART;TZID=Endless:20261128T180000")
    assert shown(calendar(late, head=zone)) == ["Sat 18:00 Run"]


def swallow_once() -> int:
    """Take for our own what ends us, once."""
    for count in (0, 1):
        try:
            while True:
                pass
        except Endless:
            if count:
                raise
    return 0


def test_the_time_is_over_also_where_what_ends_it_is_swallowed_once() -> None:
    with pytest.raises(Endless), within(0.05):
        swallow_once()
