"""The events of a text are found, whatever else is in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.daemon.calendar.content_lines import LONGEST_LINE, MOST_LINES, RawEvent, read_lines, text_of
from hersteld.daemon.calendar.occurrences import within
from tests.daemon.calendar.exports import APPLE, GOOGLE, OUTLOOK, calendar, crlf, event


def only(text: str) -> RawEvent:
    (found,) = read_lines(text).events
    return found


@pytest.mark.parametrize("export", [GOOGLE, OUTLOOK, APPLE])
def test_every_event_of_an_export_is_found_with_either_end_of_line(export: str) -> None:
    count = export.count("BEGIN:VEVENT")
    for content in (crlf(export), export.encode(), export.replace("\n", "\r").encode(), b"\xef\xbb\xbf" + crlf(export)):
        found = read_lines(text_of(content))
        assert (found.is_calendar, found.is_cut_off, len(found.events)) == (True, False, count)
        assert len(found.zones) == export.count("BEGIN:VTIMEZONE")


def test_what_is_in_an_alarm_is_not_taken_for_the_event() -> None:
    alarm = "BEGIN:VALARM\nUID:other\nSUMMARY:Run\nDTSTART:19700101T000000Z\nEND:VALARM"
    one = only(calendar(event("Dentist", "20261128T180000Z", alarm)))
    assert (one.title, [*one.values("UID")], one.first("DTSTART")) == ("Dentist", ["one"], "20261128T180000Z")


def test_only_what_matters_is_kept() -> None:
    picture = "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "A" * 70 + ("\n " + "B" * 74) * 1000
    one = only(calendar(event("Run", "20261128T180000Z", picture, "DESCRIPTION:long\n and longer")))
    assert one.lines == ["UID:one", "SUMMARY:Run", "DTSTART:20261128T180000Z"]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("SUMMARY:Rustig\\, lang\\; en vlak\\nsamen", "Rustig, lang; en vlak samen"),
        ('SUMMARY;X-A="a:b;c";LANGUAGE=nl:Duurloop: 20 km', "Duurloop: 20 km"),
        ("summary:small", "small"),
        ("SUMMARY:Dui\n nlo\n\top", "Duinloop"),
        ("SUMMARYX:no", ""),
        ("SUMMARY:" + "x" * 1000, "x" * 200),
        ('SUMMARY;X="never ends:Run', ""),
    ],
)
def test_a_title_is_read_as_it_is_meant(line: str, title: str) -> None:
    assert only(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n{line}\nEND:VEVENT\nEND:VCALENDAR\n").title == title


def test_categories_may_stand_in_one_line_or_in_several() -> None:
    one = only(calendar(event("x", "20261128T180000Z", "CATEGORIES:Work,Training", "CATEGORIES:A\\, b")))
    assert one.categories == ["Work", "Training", "A, b"]


@pytest.mark.parametrize(
    ("start", "lines", "reaches"),
    [
        ("20261128T180000Z", (), True),
        ("20201128T180000Z", (), False),
        ("20301128T180000Z", (), False),
        ("20201128T180000Z", ("RRULE:FREQ=WEEKLY",), True),
        ("20301128T180000Z", ("RRULE:FREQ=WEEKLY",), False),
        ("20201128T180000Z", ("RRULE:FREQ=WEEKLY;UNTIL=20221231T000000Z",), False),
        ("20201128T180000Z", ("RRULE:FREQ=WEEKLY;UNTIL=20221231T000000Z", "RDATE:20261128T180000Z"), True),
        ("20201128T180000Z", ("RRULE:FREQ=WEEKLY;UNTIL=20261127",), True),
        ("next week", (), True),
    ],
)
def test_what_cannot_be_soon_needs_no_closer_look(start: str, lines: tuple[str, ...], *, reaches: bool) -> None:
    assert only(calendar(event("Run", start, *lines))).may_reach("20261126", "20261202") is reaches


@pytest.mark.parametrize(
    ("start", "lines", "comes"),
    [
        ("20261126T180000Z", (), True),
        ("20261203", (), False),
        ("20201128T180000Z", ("RRULE:FREQ=WEEKLY",), True),
        ("20201128T180000Z", ("RRULE:freq=daily;UNTIL=20221231T000000Z",), False),
        ("20201128", ("RRULE:FREQ=YEARLY",), False),
        ("next week", (), False),
    ],
)
def test_which_events_come_soon_is_told_by_their_lines(start: str, lines: tuple[str, ...], *, comes: bool) -> None:
    assert only(calendar(event("Dinner", start, *lines))).comes_soon("20261126", "20261202") is comes


def test_a_file_that_ends_in_the_middle_is_known_as_such() -> None:
    for end in ("END:VCALENDAR", "END:VEVENT"):
        assert read_lines(calendar(event()).partition(end)[0]).is_cut_off
    assert read_lines(calendar(event()) + calendar(event(uid="two"))).is_cut_off is False


def test_an_event_that_never_ends_does_not_swallow_the_next() -> None:
    broken = event().replace("END:VEVENT\n", "")
    assert [one.first("UID") for one in read_lines(calendar(broken, event(uid="two"))).events] == ["two"]


def test_a_time_zone_that_never_ends_does_not_swallow_the_events() -> None:
    zone = "BEGIN:VTIMEZONE\nTZID:Europe/Amsterdam\nBEGIN:STANDARD\nDTSTART:19701025T030000\nEND:STANDARD\n"
    one = only(calendar(zone + event("Run", "20261128T180000Z")))
    assert (one.title, one.first("DTSTART")) == ("Run", "20261128T180000Z")


def test_an_event_with_more_lines_than_anybody_writes_is_not_kept_whole() -> None:
    one = only(calendar(event("Run", "20261128T180000Z", *["EXDATE:20261128T180000Z"] * (MOST_LINES + 5))))
    assert one.is_too_long
    assert len(one.lines) == MOST_LINES


@pytest.mark.parametrize("line", ["SUMMARY;X=", "UID", "BEGIN:", "END:", 'DTSTART;X="', "EXDATE:", "X-WR-TIMEZONE:"])
def test_a_line_that_is_longer_than_anybody_writes_costs_only_its_event(line: str) -> None:
    huge = event("Long", "20261128T180000Z", line + "a" * LONGEST_LINE, uid="long")
    found = read_lines(calendar(huge, event("Run", uid="good")))
    assert "good" in [one.first("UID") for one in found.events]
    assert all(len(kept) <= LONGEST_LINE for one in found.events for kept in one.lines)
    assert [one.is_too_long for one in found.events if one.first("UID") == "good"] == [False]


@pytest.mark.parametrize("name", ["SUMMARY", "DTSTART", "EXDATE"])
def test_an_event_is_not_kept_whole_without_a_line_that_matters(name: str) -> None:
    assert only(calendar(event("Run", "20261128T180000Z", f"{name}:{'a' * LONGEST_LINE}"))).is_too_long


def test_components_without_an_end_are_not_counted_up_for_ever() -> None:
    """Each end looked through all that had begun: a file of 1.6 MiB took minutes, and with it all others."""
    nested = "BEGIN:A\n" * 60_000 + "END:B\n" * 60_000
    with within(10.0):  # CPU time, a hundred times what it takes
        found = read_lines(calendar(event("Run", uid="before"), nested, event("Run", uid="after")))
    assert [one.first("UID") for one in found.events] == ["before", "after"]


def test_letters_of_windows_are_read_where_they_are_no_utf_8() -> None:
    assert only(text_of(calendar(event("Training é")).encode("cp1252"))).title == "Training é"


@given(st.binary(max_size=300) | st.lists(st.sampled_from([*GOOGLE.splitlines(), "END:X", "BEGIN:", ":", " ", ";:"])))
def test_whatever_is_in_a_file_something_is_returned(content: bytes | list[str]) -> None:
    text = text_of(content) if isinstance(content, bytes) else "\n".join(content)
    for one in read_lines(text).events:
        assert isinstance(one.title, str)
        assert one.as_text().startswith("BEGIN:VEVENT\r\n")
        one.may_reach("20261126", "20261202")
