"""What a file says of nights is read as another decoder reads it, and comes over the wire as it is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from hersteld.daemon.reading import nights
from hersteld.daemon.reading.contents import Inner, Reading, read_one
from hersteld.daemon.reading.reading_wire import reading_in, reading_told
from hersteld.daemon.reading.wire import NotUnderstood, found_in, told
from hersteld.parsers.errors import Damaged, Incomplete, NotAnActivity, ParseError
from hersteld.parsers.writing.night_file import AWAKE, DEEP, LIGHT, MONITORING_FILE, REM, NightFile
from hersteld.recovery.nights.merge import together
from hersteld.recovery.nights.record import NightReadings, Resting, Sleep, Verdict
from tests.support.fit.build import file_id, fit
from tests.support.fit.mutations import MUTATIONS
from tests.support.fit.other_decoders import DECODERS, by_garmin, column
from tests.support.nights.files import a_night

BED = datetime(2026, 5, 5, 21, tzinfo=UTC)
WOKE = datetime(2026, 5, 6, 5, tzinfo=UTC)
RR = [1000 + 37 * (n % 5) - 60 * (n % 3 == 0) for n in range(900)]
"""Intervals of a heart at rest, in milliseconds."""


def whole() -> NightFile:
    """Every message that says something of a night."""
    return (
        NightFile(WOKE, kind=MONITORING_FILE)
        .local_time(WOKE, timedelta(hours=2))
        .levels((BED, LIGHT), (BED + timedelta(hours=1), DEEP), (BED + timedelta(hours=3), REM), (WOKE, AWAKE))
        .values(BED, [50.0, 52.5])
        .status(WOKE, last_night=51.25)
        .beats(BED, RR)
        .resting(WOKE, 47)
        .score(81)
    )


def read(content: bytes) -> Reading:
    return read_one(Inner("night.fit", content, is_packed=False), "a", salvage=False)


def readings_of(content: bytes) -> NightReadings:
    found = read(content).result
    assert isinstance(found, NightReadings), found
    return found


def test_another_decoder_reads_the_same_of_every_message() -> None:
    raw = whole().finish()
    theirs, ours = by_garmin(raw), readings_of(raw)
    assert column(theirs["sleep_level"], "sleep_level") == ["light", "deep", "rem", "awake"]
    assert ours.sleeps == (Sleep(BED, WOKE, 8 * 3600.0),)
    assert column(theirs["hrv_value"], "value") == [part.rmssd_ms for part in ours.parts] == [50.0, 52.5]
    assert column(theirs["hrv_value"], "timestamp") == [part.end for part in ours.parts]
    (summary,) = theirs["hrv_status_summary"]
    assert ours.verdicts == (Verdict(summary["status"], summary["timestamp"]),) == (Verdict("balanced", WOKE),)
    assert [one.rmssd_ms for one in ours.averages] == [summary["last_night_average"]] == [51.25]
    (resting,) = theirs["monitoring_hr_data"]
    assert ours.resting == (Resting(resting["current_day_resting_heart_rate"], resting["timestamp"]),)
    assert column(theirs["sleep_assessment"], "overall_sleep_score") == list(ours.scores) == [81]
    assert [rr for message in theirs["beat_intervals"] for rr in message["time"]] == RR
    assert ours.utc_offset_s == 7200
    assert ours.device == "1/3113/3990001234"


@DECODERS
def test_the_files_of_the_test_support_are_sound(decode: Callable[[bytes], object]) -> None:
    assert decode(whole().finish())
    assert decode(a_night(WOKE))


def test_the_variability_of_written_beats_is_that_by_hand() -> None:
    ours = readings_of(NightFile(WOKE).beats(BED, RR).finish())
    by_hand = (sum((b - a) ** 2 for a, b in pairwise(RR)) / (len(RR) - 1)) ** 0.5
    night = together(ours.parts)
    assert night is not None
    assert night.pairs == len(RR) - 1
    assert night.rmssd_ms == pytest.approx(by_hand, abs=0.1)


def test_what_is_read_comes_over_the_wire_and_out_of_a_spool_as_it_is() -> None:
    reading = read(whole().finish())
    assert reading.is_sound
    assert reading_in(*reading_told(reading)) == reading
    message, beside = told(readings_of(whole().finish()))
    assert beside == b""
    assert found_in(message, beside) == reading.result
    with pytest.raises(NotUnderstood):
        found_in({"nights": {"device": 3}}, b"")


def test_a_file_that_says_nothing_of_nights_stays_what_it_is() -> None:
    for raw in (fit(file_id(2)), fit(file_id(32)), NightFile(WOKE).score(0).finish()):
        assert isinstance(read(raw).result, NotAnActivity)


def test_a_large_file_is_not_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = whole().finish()
    monkeypatch.setattr(nights, "MOST_BYTES", len(raw) - 1)
    assert isinstance(read(raw).result, NotAnActivity)


def test_a_broken_night_is_refused_with_its_reason_and_waited_for() -> None:
    raw = whole().finish()
    damaged = read(raw[:-1] + bytes([raw[-1] ^ 1]))
    assert isinstance(damaged.result, Damaged)
    assert not damaged.is_sound
    assert isinstance(read(raw[:-5]).result, Incomplete)


def test_a_fault_of_ours_at_one_night_is_a_reason_and_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_readings: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(nights, "reduce", fail)
    found = read(whole().finish()).result
    assert isinstance(found, ParseError)
    assert found.line.id == "files.our_fault"


@pytest.mark.parametrize("seed", range(300))
def test_whatever_stands_in_a_file_of_a_night_is_bounded_and_comes_over_the_wire(seed: int) -> None:
    random = Random(seed)
    reading = read(random.choice(MUTATIONS)(random, whole().finish()))
    message, beside = reading_told(reading)
    assert len(str(message)) < 2**21
    if isinstance(reading.result, NightReadings):
        assert reading_in(message, beside) == reading
