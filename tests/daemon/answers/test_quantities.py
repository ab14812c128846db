"""A mass or a volume is what the athlete means by it, in either language; where that is not sure, nobody guesses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.daemon.answers.quantities import KG_PER_LB, Meaning, is_number, is_unit, mass, volume


def meant(meaning: Meaning | None) -> tuple[list[str], bool]:
    """Return the readings as one would write them, and whether it is sure."""
    assert meaning is not None
    return [f"{one.number:g} {one.unit}" for one in meaning.readings], meaning.is_sure


@pytest.mark.parametrize("text", ["72.4", "72,4", "72,4kg", "72.4 kg", "72,4 KG", " 72.4  kilo "])
@pytest.mark.parametrize("known_kg", [None, 70.0])
def test_kilograms_are_known_in_both_languages_with_and_without_a_unit(text: str, known_kg: float | None) -> None:
    assert meant(mass(text, known_kg)) == (["72.4 kg"], True)


@pytest.mark.parametrize(
    ("text", "known_kg", "readings", "is_sure"),
    [
        ("160", None, ["160 kg", "160 lb"], False),
        ("160", 72.0, ["160 lb"], True),
        ("160", 155.0, ["160 kg"], True),
        ("160lb", None, ["160 lb"], True),
        ("160 pounds", 72.0, ["160 lb"], True),
        ("72 lb", 72.0, ["72 lb", "72 kg"], False),
        ("160 kg", 72.0, ["160 kg", "160 lb"], False),
        ("95", 72.0, ["95 kg", "95 lb"], False),
        ("95 kg", 72.0, ["95 kg"], False),
        ("35", None, ["35 kg"], True),
        ("72.400", None, ["72.4 kg"], True),
        ("24.9", None, [], False),
        ("301", None, ["301 lb"], True),
        ("7", None, [], False),
    ],
)
def test_what_a_mass_may_mean(text: str, known_kg: float | None, readings: list[str], is_sure: bool) -> None:
    assert meant(mass(text, known_kg)) == (readings, is_sure)


@pytest.mark.parametrize(
    ("text", "readings", "is_sure"),
    [
        ("500", ["500 ml"], True),
        ("500ml", ["500 ml"], True),
        ("500 ML", ["500 ml"], True),
        ("0.5", ["0.5 l"], True),
        ("0,5", ["0.5 l"], True),
        ("0,5 liter", ["0.5 l"], True),
        ("75cl", ["75 cl"], True),
        ("7.5 dl", ["7.5 dl"], True),
        ("2", ["2 l"], True),
        ("5", ["5 ml", "5 l"], False),
        ("10", ["10 ml", "10 l"], False),
        ("5l", ["5 l"], True),
        ("6l", ["6 l"], False),
        ("0.5 ml", ["0.5 ml", "0.5 l"], False),
        ("1,500", ["1.5 l"], True),
        ("1.000 ml", ["1000 ml"], True),
        ("0", ["0 ml"], True),
        ("50l", [], False),
        ("16000ml", [], False),
    ],
)
def test_what_a_volume_may_mean(text: str, readings: list[str], is_sure: bool) -> None:
    assert meant(volume(text)) == (readings, is_sure)


@pytest.mark.parametrize(
    "text", ["", "kg", "-5", "72.4 stone", "72.4 ml", "1e3", "7 2", "72..4", "72,4,1", "nan", "٧٢"]
)
def test_what_is_no_mass_is_none(text: str) -> None:
    assert mass(text, None) is None


@pytest.mark.parametrize("text", ["", "ml", "half", "5 kg", "-0.5l", "0.5 bottle"])
def test_what_is_no_volume_is_none(text: str) -> None:
    assert volume(text) is None


@given(st.floats(40, 150), st.sampled_from([",", "."]), st.sampled_from(["", " "]))
def test_a_mass_with_its_unit_is_the_same_in_every_spelling(kg: float, point: str, space: str) -> None:
    """Whatever the spelling, a mass near the known one is sure, and a reading in pounds is the same mass."""
    spelt = f"{kg:.1f}".replace(".", point)
    in_kg, in_lb = mass(f"{spelt}{space}kg", kg), mass(f"{kg / KG_PER_LB:.4f}{space}lb", kg)
    assert in_kg is not None
    assert in_lb is not None
    assert (in_kg.is_sure, in_lb.is_sure) == (True, True)
    assert abs(in_kg.readings[0].amount - in_lb.readings[0].amount) < 0.06


def test_a_unit_joins_a_number_only() -> None:
    assert [is_number(word) for word in ("72,4", "500", "--after", "72kg")] == [True, True, False, False]
    assert [is_unit(word) for word in ("kg", "ML", "stone", "last")] == [True, True, False, False]
