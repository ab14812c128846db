"""What we add to the profile of 2019 is what the maker published since."""

import pytest
from garmin_fit_sdk.profile import Profile

from hersteld.parsers.format.profile.additions import FIELDS, NAMES

UNDOCUMENTED = {(3, 24), (18, 178), (140, 9), (273, 2)}
"""Year of birth, sweat loss, recovery time and the local time of a sleep, which no profile has."""


def test_what_the_profile_of_2019_lacks_is_as_the_makers_profile_of_today_has_it() -> None:
    for (message, field), ours in FIELDS.items():
        if (message, field) not in UNDOCUMENTED:
            theirs = Profile["messages"][message]["fields"][field]
            assert (ours.name, [ours.scale], [ours.offset]) == (theirs["name"], theirs["scale"], theirs["offset"])


@pytest.mark.parametrize("enumeration", NAMES)
def test_the_names_that_came_later_are_the_makers_of_today(enumeration: str) -> None:
    theirs = Profile["types"][enumeration]
    assert NAMES[enumeration] == {number: theirs.get(number) for number in NAMES[enumeration]}
