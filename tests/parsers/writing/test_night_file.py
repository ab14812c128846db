"""What a watch says of nights is written such that another decoder reads it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from garmin_fit_sdk import Decoder, Stream

from hersteld.parsers.writing.night_file import AWAKE, DEEP, LIGHT, LOW, MONITORING_FILE, NightFile

WOKE = datetime(2026, 5, 6, 5, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def read(file: NightFile) -> dict[str, list[dict[str, Any]]]:
    messages, errors = Decoder(Stream.from_byte_array(bytearray(file.finish()))).read()
    assert errors == []
    found: dict[str, list[dict[str, Any]]] = messages  # type: ignore[assignment]
    return found


def test_the_file_says_what_kind_it_is_and_from_which_watch() -> None:
    (head,) = read(NightFile(WOKE, kind=MONITORING_FILE, serial=7))["file_id_mesgs"]
    assert (head["type"], head["serial_number"], head["time_created"]) == ("monitoring_b", 7, WOKE)


def test_stages_of_sleep_come_back_with_their_times() -> None:
    levels = read(NightFile(WOKE).levels((WOKE - 90 * MINUTE, LIGHT), (WOKE - 30 * MINUTE, DEEP), (WOKE, AWAKE)))
    found = [(one["timestamp"], one["sleep_level"]) for one in levels["sleep_level_mesgs"]]
    assert found == [(WOKE - 90 * MINUTE, "light"), (WOKE - 30 * MINUTE, "deep"), (WOKE, "awake")]


def test_a_sleep_has_its_local_time_where_other_decoders_see_a_field_without_a_name() -> None:
    (info,) = read(NightFile(WOKE).slept_at(WOKE, timedelta(hours=9)))["273"]
    found: dict[Any, int] = info
    assert found[2] - found[253] == 9 * 3600


def test_variability_resting_heart_rate_and_score_come_back_in_their_units() -> None:
    night = NightFile(WOKE).values(WOKE - 10 * MINUTE, [48.5, 51.25]).status(WOKE, LOW, last_night=49.5)
    found = read(night.resting(WOKE, 47, 50).score(81))
    assert [one["value"] for one in found["hrv_value_mesgs"]] == [48.5, 51.25]
    assert [one["timestamp"] for one in found["hrv_value_mesgs"]] == [WOKE - 5 * MINUTE, WOKE]
    (status,) = found["hrv_status_summary_mesgs"]
    assert (status["status"], status["last_night_average"]) == ("low", 49.5)
    (resting,) = found["monitoring_hr_data_mesgs"]
    assert (resting["current_day_resting_heart_rate"], resting["resting_heart_rate"]) == (47, 50)
    (assessment,) = found["sleep_assessment_mesgs"]
    assert assessment["overall_sleep_score"] == 81
