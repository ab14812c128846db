"""What `hersteld init` finds is said in words of the reader's language."""

from datetime import date
from pathlib import Path

import pytest

from hersteld.config.languages import LANGUAGES, Language
from hersteld.config.texts.speech import word
from hersteld.daemon.cli.setup.first_run.said import (
    candidate_in_words,
    name_of,
    tell_difference,
    tell_standing,
    tell_wearers,
    value_in_words,
)
from hersteld.daemon.setup.proposals import QUANTITIES, Candidate, Wearer
from hersteld.daemon.setup.standing import KEYS, Standing
from hersteld.daemon.setup.typed import CHOICES, WORDS, Value
from tests.support.languages import speaking


@pytest.mark.parametrize(
    ("language", "key", "value", "said"),
    [
        ("en", "athlete.mass_kg", 72.4, "72.4 kg"),
        ("nl", "athlete.mass_kg", 72.4, "72,4 kg"),
        ("nl", "athlete.max_hr", 188, "188 slagen per minuut"),
        ("en", "athlete.ftp_w", 241, "241 W"),
        ("en", "athlete.birth_year", 1986, "1986"),
        ("nl", "athlete.experience", "trained", "getraind"),
        ("nl", "athlete.conditions", ["heart", "injury"], "hartziekte, blessure"),
        ("en", "athlete.conditions", [], "none"),
        ("en", "notify.quiet_hours", "", "none"),
        ("en", "notify.quiet_hours", "22:00-07:00", "22:00-07:00"),
        ("en", "notify.language", "nl", "Nederlands"),
        ("en", "watch.folders", ["~/a", "/b"], "~/a, /b"),
    ],
)
def test_a_value_is_said_in_words(language: Language, key: str, value: Value, said: str) -> None:
    with speaking(language):
        assert value_in_words(key, value) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_unit_and_choice_has_its_word(language: Language) -> None:
    with speaking(language):
        assert all(name_of(key) != key.replace("_", " ") for key in KEYS)
        assert all(word("setup.unit", one) != one.replace("_", " ") for one in QUANTITIES if one != "birth_year")
        for key, choices in CHOICES.items():
            words = [word(WORDS[key], choice) for choice in choices]
            assert len(set(words)) == len(choices)


def test_a_candidate_names_its_device_and_its_day() -> None:
    assert candidate_in_words("athlete.max_hr", Candidate(188, "garmin fenix6", date(2026, 5, 6))) == (
        "188 bpm (garmin fenix6, 6 May 2026)"
    )
    assert candidate_in_words("athlete.max_hr", Candidate(188, "", None)) == "188 bpm (a device without a name)"


def test_what_comes_from_a_file_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    tell_wearers([Wearer("\x1b[31mwatch\n", None, None, None)])
    assert "  \\x1b[31mwatch\\n: none\n" in capsys.readouterr().out


def test_what_stands_there_is_told_without_addresses(capsys: pytest.CaptureFixture[str]) -> None:
    there = Standing(Path("/own.toml"), "", {"athlete": {"max_hr": 188}}, has_target=True)
    tell_standing(there, ["phone"])
    assert capsys.readouterr().out == "/own.toml says:\n  maximum heart rate: 188 bpm\n  messages to: phone\n"


def test_a_difference_is_set_in_below_the_name_of_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    tell_difference(Path("/own.toml"), None, '[a]\nurl = "ntfys://host/s3cret"\n')
    assert capsys.readouterr().out == '/own.toml will hold:\n\n  [a]\n  url = "***"\n\n'
    tell_difference(Path("/own.toml"), "a = 1\n", "a = 2\n")
    assert "  -a = 1\n  +a = 2\n" in capsys.readouterr().out
