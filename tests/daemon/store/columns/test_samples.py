"""The samples of a workout come out of the database bit for bit, and take little room in it."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from hersteld.daemon.store.columns.samples import BadBlob, PackedSamples, pack, packed, unpack
from hersteld.parsers.errors import ParseError
from hersteld.parsers.fit import read_fit
from hersteld.parsers.workout import Column, Samples
from tests.support.fit.corpus import corpus_bytes, expected_rows
from tests.support.languages import speaking

columns = arrays.arrays(
    np.float64, st.shared(st.integers(0, 200), key="rows"), elements=st.floats(allow_subnormal=True)
)


@given(time=columns, values=columns)
@settings(deadline=None)
def test_any_samples_come_back_bit_for_bit(time: Column, values: Column) -> None:
    with np.errstate(over="ignore", invalid="ignore"):
        rounded = np.round(values, 1)
    back = unpack(pack(Samples(time, heart_rate_bpm=values, altitude_m=rounded)))
    assert_same(back.time_s, time)
    assert_same(back.heart_rate_bpm, values)
    assert_same(back.altitude_m, rounded)
    assert back.power_w is None


@given(junk=st.binary(max_size=60))
def test_a_blob_of_anything_else_is_refused(junk: bytes) -> None:
    for blob in (junk, b"HS1" + junk):
        with pytest.raises(BadBlob):
            unpack(blob)


def test_samples_that_are_packed_already_are_packed_once_and_travel_as_that() -> None:
    original = Samples(np.arange(60.0), heart_rate_bpm=np.full(60, 150.0))
    once = packed(original)
    assert pack(once) is once.blob
    arrived = pickle.loads(pickle.dumps(once))
    assert isinstance(arrived, PackedSamples)
    assert arrived.blob == once.blob == pack(original)
    assert_same(arrived.heart_rate_bpm, original.heart_rate_bpm)
    assert len(pickle.dumps(once)) < len(pickle.dumps(original))


def test_a_damaged_blob_says_so_in_the_users_language() -> None:
    with pytest.raises(BadBlob) as caught:
        unpack(b"not ours")
    with speaking("nl"):
        assert str(caught.value) == "hier staan geen meetwaarden"


def test_all_real_activities_fit_in_ten_megabytes() -> None:
    rows = expected_rows("intact")
    if not rows:
        pytest.skip("the corpus of real FIT files is absent: set HERSTELD_FIT_CORPUS to its folder")
    size = records = 0
    for row in rows:
        try:
            workout = read_fit(corpus_bytes(row["path"]))
        except ParseError:
            continue
        blob = pack(workout.samples)
        size += len(blob)
        records += workout.records
        assert_same(unpack(blob).distance_m, workout.samples.distance_m)
    assert records > 100_000
    assert size < 10_000_000


def assert_same(one: Column | None, other: Column | None) -> None:
    if one is None or other is None:
        assert one is other
        return
    missing = np.isnan(one)
    assert (missing == np.isnan(other)).all()
    assert np.array_equal(one[~missing].view(np.int64), other[~missing].view(np.int64))
