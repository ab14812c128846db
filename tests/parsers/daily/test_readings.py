"""What a file says of nights is read by itself, also of the files of real watches."""

import pytest

from hersteld.parsers.daily.read import read_nights
from hersteld.parsers.daily.readings import Measurement
from hersteld.parsers.errors import Damaged, Incomplete
from hersteld.parsers.format.fit_time import to_datetime
from hersteld.parsers.format.profile import fields
from tests.support.fit.build import START, UINT8, UINT16, UINT32, file_id, fit, message
from tests.support.fit.corpus import corpus_bytes, expected_rows, needs_corpus

AT = to_datetime(START)


def test_only_what_is_said_of_nights_is_read_where_that_is_asked() -> None:
    resting = message(
        fields.MONITORING_HR_DATA,
        (fields.TIMESTAMP, UINT32, START),
        (fields.MONITORING_HR_DATA_CURRENT_DAY_RESTING_HEART_RATE, UINT8, 49),
    )
    user = message(fields.USER_PROFILE, (fields.USER_PROFILE_WEIGHT, UINT16, 615))
    readings = read_nights(fit(file_id(32), user, resting))
    assert readings is not None
    assert (readings.resting_hr, readings.device) == ((Measurement(AT, 49),), "1/3113/-")
    assert readings.profile.mass_kg is None


def test_a_file_that_says_nothing_of_nights_is_none_even_a_broken_one() -> None:
    user = message(fields.USER_PROFILE, (fields.USER_PROFILE_WEIGHT, UINT16, 615))
    raw = fit(file_id(2), user)
    assert read_nights(raw) is None
    assert read_nights(raw[:-1] + bytes([raw[-1] ^ 1])) is None


def test_a_broken_file_of_a_night_is_refused() -> None:
    raw = fit(file_id(49), message(fields.HRV_VALUE, (fields.TIMESTAMP, UINT32, START), (0, UINT16, 50 * 128)))
    with pytest.raises(Incomplete):
        read_nights(raw[:-2])
    with pytest.raises(Damaged):
        read_nights(raw[:-1] + bytes([raw[-1] ^ 1]))


RESTING_HR = {
    "38014592427.fit": [52],
    "25822184777.fit": [49],
    "andrew@acooke.org_24696157869.fit": [52],
    "andrew@acooke.org_24696160481.fit": [45],
    "andrew@acooke.org_24696163486.fit": [45, 50],
    "andrew@acooke.org_24755630065.fit": [47],
    "andrew@acooke.org_25285534951.fit": [52, 53],
    "andrew@acooke.org_25505915679.fit": [48, 48],
    "andrew@acooke.org_25519562859.fit": [48, 49],
    "andrew@acooke.org_25519565531.fit": [51],
    "andrew@acooke.org_25532154264.fit": [51, 51],
    "andrew@acooke.org_25539076032.fit": [51, 51],
    "andrew@acooke.org_25542112328.fit": [51, 52],
}


@needs_corpus
def test_the_resting_heart_rates_of_real_watches_are_read_and_no_others() -> None:
    found: dict[str, list[float]] = {}
    for row in expected_rows("intact"):
        if row["file_type"] != "activity" and (readings := read_nights(corpus_bytes(row["path"]))):
            if readings.weights and not readings.resting_hr:
                continue  # a scale
            found[row["path"].split("/")[-1]] = [reading.value for reading in readings.resting_hr]
            assert readings.device.startswith("1/")
    assert found == RESTING_HR
