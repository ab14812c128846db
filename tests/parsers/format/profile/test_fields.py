"""Every number in `fields` is what the profile calls by that name."""

from typing import Any

import pytest
from fitparse.profile import MESSAGE_TYPES
from garmin_fit_sdk.profile import Profile

from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.profile.additions import FIELDS

CONSTANTS: dict[str, int] = {name: value for name, value in vars(fields).items() if name.isupper()}
UNDOCUMENTED = {"PHYSIOLOGY", "SLEEP_DATA_INFO"}
"""Messages 140 and 273, which have no name in any profile."""
MESSAGE_NAMES = {message["name"].upper(): number for number, message in Profile["messages"].items()}
MESSAGES = [name for name in CONSTANTS if name in MESSAGE_NAMES or name in UNDOCUMENTED]
FIELD_NAMES = [name for name in CONSTANTS if name not in MESSAGES and name != "TIMESTAMP"]


def message_of(constant: str) -> str:
    """Return the name of the message that a field constant belongs to."""
    return max((name for name in MESSAGES if constant.startswith(f"{name}_")), key=len)


def profile_name(message: int, field: int) -> str | None:
    """Return the name of a field in the profile of 2019 or in our additions."""
    if (message, field) in FIELDS:
        return FIELDS[message, field].name
    known_message: Any = MESSAGE_TYPES[message]
    known = known_message.fields.get(field)
    return None if known is None else str(known.name)


def test_there_are_messages_and_fields() -> None:
    assert len(MESSAGES) == 25
    assert len(FIELD_NAMES) > 90


@pytest.mark.parametrize("constant", [name for name in MESSAGES if name not in UNDOCUMENTED])
def test_a_message_has_the_number_of_its_name(constant: str) -> None:
    assert MESSAGE_NAMES[constant] == CONSTANTS[constant]


@pytest.mark.parametrize("constant", FIELD_NAMES)
def test_a_field_has_the_number_of_its_name(constant: str) -> None:
    message = message_of(constant)
    expected = constant.removeprefix(f"{message}_").lower()
    assert profile_name(CONSTANTS[message], CONSTANTS[constant]) == expected


def test_the_time_of_every_message_is_one_and_the_same_field() -> None:
    assert {profile_name(CONSTANTS[name], fields.TIMESTAMP) for name in ("RECORD", "SESSION", "EVENT", "HR")} == {
        "timestamp"
    }
