"""Without a question what was given counts, then what is missing and proposed; nothing that stands is touched."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hersteld.config.languages import Language
from hersteld.daemon.setup.chosen import Chosen, by_itself, entries_of, in_order
from hersteld.daemon.setup.newest_files import SeenWorkout
from hersteld.daemon.setup.proposals import propose
from hersteld.daemon.setup.standing import KEYS, Standing
from hersteld.daemon.setup.typed import Value
from hersteld.parsers.workout import DeviceProfile
from tests.support.languages import speaking

YEAR = 2026
NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
ANNA = SeenWorkout("garmin fenix6", 1, NOON, DeviceProfile(maker="garmin", mass_kg=72.4, max_hr_bpm=188))
BEN = SeenWorkout("garmin edge1000", 2, NOON, DeviceProfile(maker="garmin", mass_kg=95.0, max_hr_bpm=179))


def stands(**values: Value) -> Standing:
    return Standing(Path("/hersteld.toml"), "", {"athlete": values}, has_target=False)


def test_what_is_given_goes_before_what_a_file_says() -> None:
    chosen = by_itself(stands(), {"athlete.max_hr": 190}, propose([ANNA], YEAR))
    assert chosen["athlete.max_hr"] == Chosen(190)
    assert chosen["athlete.mass_kg"].value == 72.4
    assert chosen["athlete.ftp_w"] == Chosen(None)


def test_what_stands_there_is_not_chosen_again() -> None:
    assert "athlete.max_hr" not in by_itself(stands(max_hr=180), {}, propose([ANNA], YEAR))


def test_of_several_athletes_nothing_is_taken() -> None:
    proposals = propose([ANNA, BEN], YEAR)
    assert proposals.wearers
    chosen = by_itself(stands(), {"athlete.ftp_w": 240}, proposals)
    assert {key: one.value for key, one in chosen.items() if one.value is not None} == {"athlete.ftp_w": 240}


def test_a_proposal_that_does_not_fit_what_stands_there_is_left_out() -> None:
    there = stands(lthr=190)
    chosen = in_order(there, by_itself(there, {}, propose([ANNA], YEAR)), YEAR)
    assert chosen["athlete.max_hr"] == Chosen(None)
    assert chosen["athlete.mass_kg"].value == 72.4


def test_what_a_person_gave_is_never_left_out() -> None:
    chosen = in_order(stands(), {"athlete.max_hr": Chosen(190), "athlete.resting_hr": Chosen(50)}, YEAR)
    assert chosen["athlete.max_hr"] == Chosen(190)


MAX_HR = {
    "en": "Maximum heart rate in beats per minute. Without it that of the files, or your highest peaks.",
    "nl": "Maximale hartslag in slagen per minuut. Zonder dit die van de bestanden, of je hoogste pieken.",
}


@pytest.mark.parametrize(
    ("language", "said_by"),
    [("en", "By garmin fenix6 on 6 May 2026."), ("nl", "Volgens garmin fenix6 op 6 mei 2026.")],
)
def test_a_comment_says_what_a_key_is_and_who_said_its_value(language: Language, said_by: str) -> None:
    with speaking(language):
        entries = entries_of(by_itself(stands(), {}, propose([ANNA], YEAR)))
    assert [entry.key for entry in entries] == list(KEYS)
    assert {entry.key: entry.comment for entry in entries}["athlete.max_hr"] == f"{MAX_HR[language]} {said_by}"
