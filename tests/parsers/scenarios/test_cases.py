"""Small made files that ask one question each: what does the parser say?

They lie beside the corpus, and nowhere in the project; where they are absent, these tests say so.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pytest

from hersteld.parsers.fit import read_fit
from hersteld.parsers.workout import Workout
from tests.support.fit.corpus import corpus_folder

BEGIN = datetime(2026, 5, 6, 15, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is right of a case."""

    elapsed_s: float
    timer_s: float
    sessions: int = 1


ANSWERS = {
    "session_shorter_than_records": Answer(10800, 5400),
    "elapsed_is_sum_of_work_intervals": Answer(3600, 1440),
    "timestamp_bytes_be": Answer(1799, 1799),
    "timestamp_bytes_le_with_session": Answer(1800, 1800),
    "run_power_bike_ftp_in_session": Answer(3000, 3000),
    "run_power_290_bike_ftp_230_in_session": Answer(3000, 3000),
    "parent_session_beside_children": Answer(5400, 5400, 4),
    "child_sessions_end_at_parent_start": Answer(5400, 5400, 4),
    "power_spike_1800w_15s": Answer(3600, 3600),
    "power_spike_2400w_8s": Answer(3600, 3600),
    "power_spike_0w_0s": Answer(3600, 3600),
    "records_after_the_final_stop": Answer(3600, 3600),
    "same_cut_at_the_stop": Answer(3600, 3600),
    "records_through_a_pause": Answer(10800, 7200),
    "trailing_newline": Answer(1800, 1800),
    "file_crc_zero": Answer(1800, 1800),
    "records_end_early": Answer(7200, 6900),
    "two_second_spike": Answer(2700, 2700),
    "one_record_a_minute": Answer(7200, 7200),
    "one_record_a_minute_power": Answer(7200, 7200),
}


def case(name: str) -> Workout:
    corpus = corpus_folder()
    path = corpus.parent / "cases" / f"{name}.fit" if corpus else None
    if path is None or not path.is_file():
        pytest.skip("the small made files are absent: they belong beside the corpus, in `cases`")
    return read_fit(path.read_bytes())


@pytest.mark.parametrize("name", ANSWERS)
def test_start_end_and_timer_of_each_case(name: str) -> None:
    workout = case(name)
    found = Answer(workout.elapsed_s, workout.timer_s, len(workout.sessions))
    assert found == ANSWERS[name]
    assert workout.started_at == BEGIN
    assert workout.has_clock


@pytest.mark.parametrize("name", ["trailing_newline", "file_crc_zero"])
def test_a_file_in_which_nothing_is_missing_is_not_damaged(name: str) -> None:
    workout = case(name)
    assert not workout.salvaged
    assert not workout.is_cut_off


@pytest.mark.parametrize("name", ANSWERS)
def test_times_fit_into_each_other(name: str) -> None:
    workout = case(name)
    assert workout.timer_s <= workout.elapsed_s
    assert sum(session.timer_s for session in workout.sessions) <= workout.elapsed_s
    assert all(0 <= pause.start_s < pause.end_s <= workout.elapsed_s for pause in workout.pauses)
    assert not np.isnan(workout.samples.time_s).any()
