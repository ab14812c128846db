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
