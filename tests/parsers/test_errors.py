"""An error says what is wrong, also after it came from another process."""

import copy
import pickle

import pytest

from hersteld.parsers.errors import Damaged, Incomplete, NotAnActivity, NotFit, ParseError
from hersteld.parsers.fit import read_fit
from tests.support.fit.build import START, activity, file_id, fit, records

BYTES = {
    NotFit: b"no FIT file, but long enough",
    Incomplete: activity()[:-9],
    Damaged: fit(file_id(), records([120] * 9, START), checksum=1),
    NotAnActivity: fit(file_id(6)),
}


def error_of(data: bytes) -> ParseError:
    with pytest.raises(ParseError) as raised:
        read_fit(data)
    return raised.value


@pytest.mark.parametrize("kind", BYTES, ids=lambda kind: kind.__name__)
def test_an_error_survives_being_copied_and_sent(kind: type[ParseError]) -> None:
    error = error_of(BYTES[kind])
    assert type(error) is kind
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(twin) is kind
        assert str(twin) == str(error)
        assert vars(twin) == vars(error)


def test_the_errors_carry_what_a_caller_needs() -> None:
    cut_off = error_of(BYTES[Incomplete])
    assert isinstance(cut_off, Incomplete)
    assert (cut_off.expected_bytes, cut_off.got_bytes) == (len(activity()), len(activity()) - 9)
    course = error_of(BYTES[NotAnActivity])
    assert isinstance(course, NotAnActivity)
    assert course.file_type == "course"
