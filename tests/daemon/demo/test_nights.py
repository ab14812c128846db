"""The nights of the demo are read as nights by another decoder, too."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from garmin_fit_sdk import Decoder, Stream

from hersteld.daemon.demo.nights import DemoNight, nights_file, usual_night

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = date(2026, 5, 4)


def by_garmin(content: bytes) -> dict[str, list[dict[str, Any]]]:
    messages, errors = Decoder(Stream.from_byte_array(bytearray(content))).read()
    assert errors == []
    found: dict[str, list[dict[str, Any]]] = messages  # type: ignore[assignment]
    return found


def test_another_decoder_reads_each_night_of_a_file() -> None:
    nights = [usual_night(MONDAY + timedelta(days=day)) for day in range(3)]
    messages = by_garmin(nights_file(nights, AMSTERDAM))
    statuses = messages["hrv_status_summary_mesgs"]
    assert [round(status["last_night_average"]) for status in statuses] == [round(night.rmssd_ms) for night in nights]
    assert [status["timestamp"] for status in statuses] == [night.woke_at(AMSTERDAM) for night in nights]
    assert {status["status"] for status in statuses} == {"balanced"}
    resting = [one["current_day_resting_heart_rate"] for one in messages["monitoring_hr_data_mesgs"]]
    assert resting == [night.resting_bpm for night in nights]
    assert len(messages["sleep_level_mesgs"]) == 2 * len(nights)


def test_a_night_that_the_watch_calls_low_says_so() -> None:
    (status,) = by_garmin(nights_file([DemoNight(MONDAY, 40.0, 55, is_low=True)], AMSTERDAM))[
        "hrv_status_summary_mesgs"
    ]
    assert status["status"] == "low"


def test_usual_nights_differ_a_little_and_are_the_same_each_time() -> None:
    nights = [usual_night(MONDAY + timedelta(days=day)) for day in range(28)]
    assert nights == [usual_night(night.day) for night in nights]
    assert len({night.rmssd_ms for night in nights}) > 20
    assert all(45 < night.rmssd_ms < 72 for night in nights)
