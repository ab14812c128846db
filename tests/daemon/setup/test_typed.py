"""What is typed is understood in both languages, and refused in the sentences of the configuration."""

import pytest

from hersteld.config.languages import Language
from hersteld.config.texts.speech import said
from hersteld.daemon.setup.typed import NotAllowed, Value, typed
from tests.support.languages import speaking

YEAR = 2026


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("athlete.mass_kg", "72", 72),
        ("athlete.mass_kg", " 72,4 ", 72.4),
        ("athlete.mass_kg", "72.4 kg", 72.4),
        ("athlete.mass_kg", "160 lb", 72.6),
        ("athlete.mass_kg", "160,5lbs", 72.8),
        ("athlete.max_hr", "188 bpm", 188),
        ("athlete.ftp_w", "241W", 241),
        ("athlete.birth_year", "1986", 1986),
        ("athlete.experience", "trained", "trained"),
        ("athlete.experience", "3", "trained"),
        ("athlete.conditions", "", []),
        ("athlete.conditions", "heart", ["heart"]),
        ("athlete.conditions", "1, 9", ["kidney", "injury"]),
        ("athlete.conditions", "1 9", ["kidney", "injury"]),
        ("athlete.conditions", "high blood pressure, Diabetes, heart, heart", ["blood_pressure", "diabetes", "heart"]),
        ("notify.language", "Nederlands", "nl"),
        ("notify.quiet_hours", "21:30-06:30", "21:30-06:30"),
        ("notify.quiet_hours", "22-7", "22:00-07:00"),
        ("notify.quiet_hours", "21.30 – 6:30", "21:30-06:30"),
        ("notify.quiet_hours", "", ""),
    ],
)
def test_what_is_typed_is_what_is_meant(key: str, text: str, value: Value) -> None:
    assert typed(key, text, {}, YEAR) == value


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("athlete.experience", "getraind", "trained"),
        ("athlete.conditions", "hoge bloeddruk, blessure", ["blood_pressure", "injury"]),
    ],
)
def test_words_may_be_typed_in_the_readers_language(key: str, text: str, value: Value) -> None:
    with speaking("nl"):
        assert typed(key, text, {}, YEAR) == value


@pytest.mark.parametrize(
    ("language", "key", "text", "sentence"),
    [
        ("en", "athlete.mass_kg", "9", "must be a number from 20 to 300"),
        ("nl", "athlete.mass_kg", "9", "moet een getal van 20 tot en met 300 zijn"),
        ("en", "athlete.max_hr", "160 lb", "must be a number from 100 to 230"),
        ("en", "athlete.mass_kg", "about 70", "must be a number from 20 to 300"),
        ("en", "athlete.max_hr", "999", "must be a number from 100 to 230"),
        ("en", "athlete.birth_year", "2025", "must be a year from 1900 to 2021"),
        ("en", "athlete.birth_year", "86", "must be a whole number, 1900 or more"),
        ("en", "athlete.experience", "5", "must be one of: beginner, recreational, trained, elite"),
        ("en", "athlete.conditions", "toes", "must be one of: kidney, heart, "),
        ("en", "notify.quiet_hours", "late", 'must be two different times like "22:00-07:00"'),
        ("en", "notify.quiet_hours", "25-7", 'must be two different times like "22:00-07:00"'),
        ("en", "notify.quiet_hours", "22:00-22:00", 'must be two different times like "22:00-07:00"'),
    ],
)
def test_what_may_not_stand_there_is_refused(language: Language, key: str, text: str, sentence: str) -> None:
    with speaking(language):
        with pytest.raises(NotAllowed) as refused:
            typed(key, text, {}, YEAR)
        assert said(refused.value.line).startswith(sentence)


def test_heart_rates_must_be_in_order_in_which_order_they_are_typed() -> None:
    with pytest.raises(NotAllowed) as too_high:
        typed("athlete.resting_hr", "110", {"athlete": {"max_hr": 105}}, YEAR)
    assert said(too_high.value.line) == "must be lower than max_hr, which is 105"
    with pytest.raises(NotAllowed) as too_low:
        typed("athlete.max_hr", "105", {"athlete": {"resting_hr": 110}}, YEAR)
    assert said(too_low.value.line) == "must be higher than resting_hr"
    with pytest.raises(NotAllowed) as at_night:
        typed("notify.quiet_hours", "21:00-08:00", {"notify": {"morning": "07:30"}}, YEAR)
    assert said(at_night.value.line).startswith("does not go with notify.morning")
    assert typed("athlete.max_hr", "188", {"athlete": {"resting_hr": 50, "mass_kg": 72}, "notify": {}}, YEAR) == 188
