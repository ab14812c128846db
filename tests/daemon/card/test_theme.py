"""The colours are told apart by every kind of eye, and in grey."""

from itertools import pairwise

import pytest

from hersteld.daemon.card.theme import INK, LETTERINGS, MUTED, NIGHT, PAPER, STEPS, ZONES, style_sheet
from tests.support.card.colours import COLOUR_VISION, contrast, difference, luminance, rgb_of, seen_with


def light(colour: str) -> float:
    return float(luminance(rgb_of(colour)))


@pytest.mark.parametrize("kind", COLOUR_VISION)
def test_neighbouring_zones_differ_for_every_colour_vision(kind: str) -> None:
    seen = [seen_with(kind, rgb_of(colour)) for colour in ZONES.values()]
    assert min(difference(one, other) for one, other in pairwise(seen)) >= 10


def test_a_harder_zone_is_always_lighter() -> None:
    lights = [light(colour) for colour in ZONES.values()]
    assert lights == sorted(lights)
    assert min(contrast(one, other) for one, other in pairwise(lights)) >= 1.5


def test_steps_are_seen_on_the_paper_and_beside_each_other() -> None:
    assert all(contrast(light(colour), light(PAPER)) >= 3 for colour in STEPS.values())
    assert contrast(light(STEPS["easy"]), light(STEPS["hard"])) >= 3


@pytest.mark.parametrize("ground", [PAPER, NIGHT])
@pytest.mark.parametrize("colour", [INK, MUTED])
def test_words_have_contrast(colour: str, ground: str) -> None:
    assert contrast(light(colour), light(ground)) >= 4.5


def test_every_class_has_its_colour() -> None:
    sheet = style_sheet()
    for name in (*ZONES, *STEPS, "night", "paper", *(lettering.name for lettering in LETTERINGS)):
        assert f".{name}{{" in sheet
