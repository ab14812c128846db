"""Every real file: what comes out of it is what independent decoders agree on.

The tables of exceptions say where it is not, and why.
"""

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from hersteld.parsers.activity.watch_verdicts import EVENT_OF_RECOVERY, LONGEST_RECOVERY_MIN
from hersteld.parsers.columns import fitparse_decoder
from hersteld.parsers.columns.bulk import decode
from hersteld.parsers.columns.decoder import join
from hersteld.parsers.errors import Damaged, Incomplete, NotAnActivity, NotFit
from hersteld.parsers.fit import read_fit
from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.profile.fields import EVENT, PHYSIOLOGY
from hersteld.parsers.workout import Column, Workout
from tests.support.fit.corpus import Row, corpus_bytes, expected_rows, needs_corpus

pytestmark = needs_corpus

INTACT = expected_rows("intact")
ACTIVITIES = [row for row in INTACT if row["file_type"] == "activity"]
OTHERS = [row for row in INTACT if row["file_type"] != "activity"]

NULL_COMPONENT = "the reference lost the distance: a null expanded component overwrote the real value"
UNREADABLE = "the references give up at a developer field whose size is no multiple of its type; ours skips that field"

EXCEPTIONS: dict[tuple[str, str], str] = {
    ("power-analysis.fit", "distance"): NULL_COMPONENT,
    ("2018-05-30-22-00-44.fit", "distance"): NULL_COMPONENT,
    ("null_compressed_speed_dist.fit", "distance"): NULL_COMPONENT,
    ("zwift-turbo.fit", "distance"): NULL_COMPONENT,
    ("onelap_20260427.fit", "distance"): NULL_COMPONENT,
    ("zwift_20250401.fit", "distance"): NULL_COMPONENT,
    ("zwift_non_utf8_20260130.fit", "distance"): NULL_COMPONENT,
    ("Runn_Incline.fit", "distance"): NULL_COMPONENT,
    ("tpv_dev_fields_20260222.fit", "records"): UNREADABLE,
    ("tpv_dev_fields_20260222.fit", "heart_rate"): UNREADABLE,
    ("tpv_dev_fields_20260222.fit", "power"): UNREADABLE,
    ("tpv_dev_fields_20260222.fit", "distance"): UNREADABLE,
}

TOLD_BY_EVENTS_ALONE = {
    "activity-large-fenxi2-multisport.fit": 1872,
    "activity-small-fenix2-run.fit": 1872,
    "Garmin_Fenix2_running_with_hrm.fit": 3346,
}
"""Recovery times that are in no message 140, where the reference looks: all of the fenix 2, which writes none."""

CONTRADICTED = {
    "activity-large-fenxi2-multisport.fit": (24624.0, 24617.5, 7, "starts 45 min before its first session says"),
    "big_activity.fit": (99998.0, 99998.0, 1, "written by a test: a record a second goes on far beyond its session"),
    "chained_Activity_activity_poolswim.fit": (3601.0, 3601.0, 1, "a chain of two activities of the same hour"),
}
"""Files whose sessions contradict their records: elapsed and timer time, number of sessions, and why."""
ROUNDING_S = 4.0
"""A multisport watch starts a leg up to four seconds before the one before it ends."""

UNREADABLE_TO_FITPARSE = {
    "coros-pace-2-cycling-misaligned-fields.fit": "a field whose size is no multiple of its type",
    "coros_20251118.fit": "a field whose size is no multiple of its type",
    "tpv_dev_fields_20260222.fit": "a developer field whose size is no multiple of its type",
    "python-fitparse-fix/event_timestamp.fit": "a field whose size is no multiple of its type",
}


def ids(rows: list[Row]) -> list[str]:
    return [row["path"] for row in rows]


def excepted(path: str, quantity: str) -> bool:
    return any(path.endswith(name) for name, what in EXCEPTIONS if what == quantity)


def count_and_sum(column: Column | None) -> tuple[int, float]:
    valid = column[~np.isnan(column)] if column is not None else np.empty(0)
    return len(valid), float(valid.sum())


def agrees(column: Column | None, expected: list[float]) -> bool:
    """Whether number and sum are those expected."""
    count, total = count_and_sum(column)
    return count == expected[0] and total == pytest.approx(expected[1], rel=1e-9, abs=1e-6)


def beating(row: Row) -> list[float]:
    """Return number and sum of the heart rates by the references, without the zeros, which are the lack of one."""
    told = row["hr_merged"] if row["hr_merged"][0] else row["heart_rate"]
    stored = join(decode(corpus_bytes(row["path"])).files).of(fields.RECORD).column(fields.RECORD_HEART_RATE)
    return [told[0] - int((stored == 0).sum()), told[1]]


@pytest.mark.parametrize("row", ACTIVITIES, ids=ids(ACTIVITIES))
def test_the_samples_of_an_activity_are_those_the_references_agree_on(row: Row) -> None:
    workout = read_fit(corpus_bytes(row["path"]))
    samples = workout.samples
    found = {
        "records": workout.records == row["records"],
        "heart_rate": agrees(samples.heart_rate_bpm, beating(row)),
        "power": agrees(samples.power_w, row["power"]),
        "distance": agrees(samples.distance_m, row["distance"]),
        "temperature": agrees(samples.temperature_c, row["temperature"]),
    }
    differing = {quantity for quantity, same in found.items() if not same}
    assert differing == {quantity for quantity in found if excepted(row["path"], quantity)}


@pytest.mark.parametrize("row", ACTIVITIES, ids=ids(ACTIVITIES))
def test_the_sessions_of_an_activity_are_those_of_the_reference(row: Row) -> None:
    workout = read_fit(corpus_bytes(row["path"]))
    check_order(workout)
    if not row["sessions"]:  # none in the file: one is derived
        assert len(workout.sessions) == 1
        return
    name = row["path"].rsplit("/", 1)[-1]
    if name in CONTRADICTED:
        assert (workout.elapsed_s, round(workout.timer_s, 1), len(workout.sessions)) == CONTRADICTED[name][:3]
        return
    told = sorted(row["sessions"], key=lambda one: str(one["start_time"]))
    assert workout.started_at == datetime.fromisoformat(told[0]["start_time"])
    assert len(workout.sessions) == len(told)
    for ours, theirs in zip(workout.sessions, told, strict=True):
        assert ours.started_at == datetime.fromisoformat(theirs["start_time"])
        # No timer runs for longer than the time that passes; and neighbours that overlap by a rounding share it.
        timer_s = theirs.get("total_timer_time", ours.timer_s)
        elapsed_s = max(theirs["total_elapsed_time"], timer_s)
        assert elapsed_s - ROUNDING_S <= ours.elapsed_s <= elapsed_s + 1e-6
        assert timer_s - ROUNDING_S <= ours.timer_s <= timer_s + 1e-6
        assert ours.sport == theirs.get("sport", "generic")
        assert ours.distance_m == pytest.approx(theirs.get("total_distance", ours.distance_m))
        assert ours.kcal == theirs.get("total_calories", ours.kcal)
        assert ours.timer_s > 0


@pytest.mark.parametrize("row", ACTIVITIES, ids=ids(ACTIVITIES))
def test_times_fit_into_each_other(row: Row) -> None:
    workout = read_fit(corpus_bytes(row["path"]))
    assert workout.timer_s <= workout.elapsed_s + 1e-3  # the file counts milliseconds
    assert sum(session.timer_s for session in workout.sessions) <= workout.elapsed_s + 1e-3
    assert all(session.timer_s <= session.elapsed_s for session in workout.sessions)
    assert all(0 <= pause.start_s < pause.end_s <= workout.elapsed_s for pause in workout.pauses)


def check_order(workout: Workout) -> None:
    times = workout.samples.time_s
    assert not np.isnan(times).any()
    assert (np.diff(times) >= 0).all()
    assert not workout.salvaged


@pytest.mark.parametrize("row", ACTIVITIES, ids=ids(ACTIVITIES))
def test_the_watchs_own_recovery_time_is_read(row: Row) -> None:
    vendor = read_fit(corpus_bytes(row["path"])).vendor
    assert vendor.recovery_min == TOLD_BY_EVENTS_ALONE.get(row["path"].rsplit("/", 1)[-1], row["vendor_recovery_min"])
    sweat = row["sweat_loss_ml_178"]
    assert vendor.sweat_loss_ml == (sum(sweat) if sweat else None)


def test_the_recovery_time_of_the_events_ends_where_that_of_message_140_does() -> None:
    pairs = []
    for row in ACTIVITIES:
        file = join(decode(corpus_bytes(row["path"])).files)
        while_recording = file.of(EVENT).column(fields.EVENT_DATA)[
            file.of(EVENT).column(fields.EVENT_EVENT) == EVENT_OF_RECOVERY
        ]
        at_the_end = file.of(PHYSIOLOGY).column(fields.PHYSIOLOGY_RECOVERY_TIME)
        at_the_end = at_the_end[at_the_end <= LONGEST_RECOVERY_MIN]
        if len(while_recording) and len(at_the_end):
            pairs.append((while_recording[-1], at_the_end[-1]))
    assert len(pairs) == 51
    assert len(set(pairs)) == 33
    assert all(one == other for one, other in pairs)


def test_the_beats_fill_the_time_of_their_recording() -> None:
    workout = read_fit(corpus_bytes("tormoder__fit/testdata/bpg/garmin.fit"))
    assert workout.beat_intervals_s is not None
    assert workout.beat_intervals_s.shape == (22048,)
    assert float(workout.beat_intervals_s.sum()) == pytest.approx(workout.elapsed_s, abs=15)


@pytest.mark.parametrize("row", OTHERS, ids=ids(OTHERS))
def test_a_sound_file_of_another_kind_is_named(row: Row) -> None:
    with pytest.raises(NotAnActivity) as raised:
        read_fit(corpus_bytes(row["path"]))
    assert raised.value.file_type == str(row["file_type"] or "unknown")


@pytest.mark.parametrize("row", expected_rows("not_fit"), ids=ids(expected_rows("not_fit")))
def test_what_is_no_fit_file_is_refused(row: Row) -> None:
    with pytest.raises(NotFit):
        read_fit(corpus_bytes(row["path"]))


SALVAGED_RECORDS = {
    "lezyne_super_gps-garmin_fit-sample-bad-endian.fit": 804,
    "2018-02-24-10-04-10.fit": 4882,
    "2018-04-15-09-18-20.fit": 10856,
    "8CS90646.FIT": 1109,
    "nick.fit": 14391,
    "strava-android-app-201.10-b1218918.fit": 473,
    "raw_run.fit": 303,
}
NEVER_CLOSED = {"2018-02-24-10-04-10.fit", "2018-04-15-09-18-20.fit"}
CUT_OFF = {"activity-settings-nodata.fit", "activity-unexpected-eof.fit", "strava-android-app-201.10-b1218918.fit"}


@pytest.mark.parametrize("row", expected_rows("damaged"), ids=ids(expected_rows("damaged")))
def test_a_damaged_file_is_salvaged_or_refused_with_a_reason(row: Row) -> None:
    raw, name = corpus_bytes(row["path"]), row["path"].rsplit("/", 1)[-1]
    if name in NEVER_CLOSED | CUT_OFF:
        with pytest.raises(Incomplete) as short:
            read_fit(raw)
        assert (short.value.expected_bytes is None) == (name in NEVER_CLOSED)
    if name in SALVAGED_RECORDS:
        workout = read_fit(raw, salvage=True)
        assert workout.salvaged
        assert workout.records == SALVAGED_RECORDS[name]
        assert 60 <= workout.timer_s <= workout.elapsed_s
    else:
        with pytest.raises(Damaged, match="span_s=13"):
            read_fit(raw, salvage=True)


COMPARED = [row for row in ACTIVITIES if not any(row["path"].endswith(name) for name in UNREADABLE_TO_FITPARSE)]


QUICK_BYTES = 20_000
"""Of a file up to this size, fitparse makes a workout in a fraction of a second."""


@pytest.mark.parametrize(
    "row",
    [pytest.param(row, marks=pytest.mark.slow if row["bytes"] > QUICK_BYTES else ()) for row in COMPARED],
    ids=ids(COMPARED),
)
def test_both_decoders_say_the_same_sample_by_sample(row: Row) -> None:
    """Every field that a workout is made of goes into it, so what is equal here is equal there."""
    raw = corpus_bytes(row["path"])
    ours, theirs = read_fit(raw), read_fit(raw, decoder=fitparse_decoder.decode)
    for name in ours.samples.__slots__:
        own, other = getattr(ours.samples, name), getattr(theirs.samples, name)
        assert (own is None) == (other is None), name
        if own is not None:
            np.testing.assert_allclose(own, other, atol=1e-9, equal_nan=True, err_msg=name)
    for name in set(ours.__slots__) - {"samples", "beat_intervals_s"}:
        assert getattr(ours, name) == getattr(theirs, name), name
    assert (ours.beat_intervals_s is None) == (theirs.beat_intervals_s is None)
    if ours.beat_intervals_s is not None:
        np.testing.assert_array_equal(ours.beat_intervals_s, theirs.beat_intervals_s)


def test_each_file_on_which_the_decoders_differ_is_explained() -> None:
    page = (Path(__file__).parents[3] / "docs" / "fit-differences.md").read_text(encoding="utf-8")
    for name in {name for name, _ in EXCEPTIONS} | set(UNREADABLE_TO_FITPARSE) | set(TOLD_BY_EVENTS_ALONE):
        assert f"`{name}`" in page
