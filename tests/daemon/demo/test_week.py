"""The simulated week: files that any decoder accepts, and values a coach would believe."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import fitdecode
import pytest
from garmin_fit_sdk import Decoder, Stream

from hersteld.daemon.demo.week import WATCH_PROFILE, DemoFile, demo_week

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = date(2026, 5, 4)
WEEK = demo_week(MONDAY, AMSTERDAM)
EACH = pytest.mark.parametrize("file", WEEK, ids=lambda file: file.name)
Message = dict[str, Any]


def by_garmin(file: DemoFile) -> dict[str, list[Message]]:
    assert Decoder(Stream.from_byte_array(bytearray(file.content))).check_integrity()
    messages: dict[str, list[Message]]
    messages, errors = Decoder(Stream.from_byte_array(bytearray(file.content))).read()  # type: ignore[assignment]
    assert errors == []
    return {name.removesuffix("_mesgs"): found for name, found in messages.items()}


def named(part: str) -> dict[str, list[Message]]:
    (file,) = [file for file in WEEK if part in file.name]
    return by_garmin(file)


def column(messages: dict[str, list[Message]], name: str) -> list[float]:
    return [record[name] for record in messages["record"] if record.get(name) is not None]


@EACH
def test_fitdecode_reads_each_file_without_a_fault(file: DemoFile) -> None:
    strict: dict[str, Any] = {"check_crc": fitdecode.CrcCheck.RAISE, "error_handling": fitdecode.ErrorHandling.RAISE}
    with fitdecode.FitReader(file.content, **strict) as reader:
        names = [frame.name for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    assert names[0] == "file_id"
    assert names.count("session") == names.count("activity") == 1
    assert names.count("record") >= 20 * 60


@EACH
def test_each_file_says_when_it_ended(file: DemoFile) -> None:
    (session,) = by_garmin(file)["session"]
    assert session["start_time"] + timedelta(seconds=session["total_elapsed_time"]) == file.ended_at
    assert file.ended_at.tzinfo is UTC


@EACH
def test_each_file_has_believable_values(file: DemoFile) -> None:
    messages = by_garmin(file)
    (session,) = messages["session"]
    assert WATCH_PROFILE.max_hr_bpm is not None
    assert all(60 <= bpm <= WATCH_PROFILE.max_hr_bpm for bpm in column(messages, "heart_rate"))
    assert all(0 <= speed < 16 for speed in column(messages, "enhanced_speed"))
    assert 90 <= session["total_calories"] <= 1500
    assert 20 * 60 < session["total_timer_time"] < 3 * 3600


def test_the_week_runs_from_monday_to_sunday_in_order() -> None:
    assert all(before.ended_at < after.ended_at for before, after in pairwise(WEEK))
    days = [file.ended_at.astimezone(AMSTERDAM).date() for file in WEEK]
    assert days[0] == MONDAY
    assert days[-1] == MONDAY + timedelta(days=6)
    assert len({file.name for file in WEEK}) == len(WEEK)


def test_the_same_monday_gives_the_same_bytes() -> None:
    assert demo_week(MONDAY, AMSTERDAM) == WEEK


def test_the_easy_run_stays_easy_and_warms_up() -> None:
    heart_rate = column(named("easy-run"), "heart_rate")
    assert max(heart_rate) < 145
    assert max(heart_rate[: 5 * 60]) < 115
    assert heart_rate[-1] < 120


def test_the_hard_ride_is_two_hours_in_the_heat_with_forty_minutes_above_threshold_power() -> None:
    messages = named("hard-ride")
    assert messages["session"][0]["total_timer_time"] == 7200
    assert min(column(messages, "temperature")) == 28
    power = column(messages, "power")
    above = sum(1 for second in range(30, len(power)) if sum(power[second - 30 : second]) / 30 >= 250)
    assert above >= 30 * 60
    assert max(column(messages, "heart_rate")) >= 172


def test_strength_has_exercises_and_no_heart_rate() -> None:
    messages = named("strength")
    assert column(messages, "heart_rate") == []
    assert messages["session"][0]["sub_sport"] == "strength_training"
    assert len(messages["set"]) == 4


def test_the_swim_has_its_heart_rate_in_hr_messages() -> None:
    (swim,) = [file for file in WEEK if "swim" in file.name]
    with fitdecode.FitReader(swim.content) as reader:
        frames = [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    assert not any(frame.has_field("heart_rate") for frame in frames if frame.name == "record")
    assert len(column(named("swim"), "heart_rate")) > 40 * 60


def test_the_intervals_end_just_before_the_quiet_hours() -> None:
    (evening,) = [file for file in WEEK if "intervals" in file.name]
    assert evening.ended_at.astimezone(AMSTERDAM).strftime("%H:%M") == "21:46"


def test_the_brick_run_starts_twenty_minutes_after_the_ride() -> None:
    (ride,) = [file for file in WEEK if "bike-and-run-1" in file.name]
    assert named("bike-and-run-2")["session"][0]["start_time"] - ride.ended_at == timedelta(minutes=20)


def test_the_race_is_long_and_has_one_pause() -> None:
    (session,) = named("-race")["session"]
    assert session["total_elapsed_time"] - session["total_timer_time"] == 120
    assert 18_000 < session["total_distance"] < 22_000


def test_the_week_the_clock_changes_keeps_its_local_times() -> None:
    sunday = demo_week(date(2026, 3, 23), AMSTERDAM)[-1]
    started_at = by_garmin(sunday)["session"][0]["start_time"]
    assert started_at == datetime(2026, 3, 29, 13, 20, tzinfo=AMSTERDAM)
