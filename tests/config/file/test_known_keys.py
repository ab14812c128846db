"""A key that is known, or nearly, is told by its name, and any other by its number in its table."""

import pytest

from hersteld.config.file.known_keys import Place, dotted, known_in, number_in, showable_part


def test_a_place_is_counted_from_one() -> None:
    assert dotted(("notify", "targets", 1, "url")) == "notify.targets#2.url"


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ((), "athlete"),
        (("athlete",), "mass_kg"),
        (("notify", "targets", 3), "url"),
        (("notify", "texts"), "ready"),
        (("rules",), "hydration"),
        (("rules", "hydration"), "portion_ml"),
    ],
)
def test_every_table_knows_its_keys(table: Place, key: str) -> None:
    assert key in known_in(table)


@pytest.mark.parametrize(
    "place", [("athlete", "mass_kg"), ("x",), ("rules", "hydration", "portion_ml"), ("rules", "x")]
)
def test_what_is_no_table_has_none(place: Place) -> None:
    assert known_in(place) == ()


@pytest.mark.parametrize(
    ("place", "part"),
    [
        (("athlete", "max_heart"), ("athlete", "max_heart")),
        (("max_hr",), ("max_hr",)),
        (("notify", "targets", 0, "tokn"), ("notify", "targets", 0)),
        (("athlete", "sesame"), ("athlete",)),
        (("sesame", "mass_kg"), ()),
        (("rules", "hydration", "sesame"), ("rules", "hydration")),
        (("notify", "texts", "sesame"), ("notify", "texts")),
    ],
)
def test_a_place_is_shown_as_far_as_it_is_known(place: Place, part: Place) -> None:
    assert showable_part(place) == part


def test_a_key_is_counted_in_its_table() -> None:
    assert number_in({"a": 1, "notify": {"targets": [{"name": "x"}, {"name": "y", "z": 1}]}}, ("notify",)) == 2
    assert (
        number_in({"notify": {"targets": [{"name": "x"}, {"name": "y", "z": 1}]}}, ("notify", "targets", 1, "z")) == 2
    )
