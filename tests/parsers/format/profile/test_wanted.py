"""What is read is listed by the names of the profile."""

from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.profile.wanted import DAILY, OCTETS, TABLES, TWELVE_BITS, WANTED
from tests.parsers.format.profile.test_fields import CONSTANTS, FIELD_NAMES, MESSAGES, message_of


def test_every_field_with_a_name_is_read_of_its_own_message() -> None:
    for message in MESSAGES:
        number = CONSTANTS[message]
        named = {CONSTANTS[name] for name in FIELD_NAMES if message_of(name) == message}
        read = WANTED.get(number, frozenset()) | DAILY.get(number, frozenset())
        assert read - {fields.TIMESTAMP} == named, message


def test_fields_of_several_values_are_read_in_one_way_only() -> None:
    keys = [*TABLES, *OCTETS, *TWELVE_BITS]
    assert len(keys) == len(set(keys))
    for message, field in keys:
        assert field in WANTED.get(message, frozenset()) | DAILY.get(message, frozenset())


def test_of_an_activity_the_days_are_not_read_and_of_the_days_no_activity() -> None:
    assert fields.RECORD not in DAILY
    assert fields.SESSION not in DAILY
    assert fields.MONITORING not in WANTED
