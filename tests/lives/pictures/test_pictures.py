"""The pictures in the documentation are what a life shows, and README shows them to a newcomer."""

import re
from pathlib import Path

import numpy as np
import pytest

from hersteld.daemon.card.raster import png_of
from hersteld.daemon.delivery.pictures.pixels import pixels_of
from tests.lives.pictures.write import FOLDER, ROOT, shown_pictures
from tests.lives.write import LANGUAGES

_MOST_BYTES = 40_000
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pictures_in_the_documentation_are_what_the_life_shows(language: str) -> None:
    for name, svg in shown_pictures(language).items():
        assert (FOLDER / f"{name}.svg").read_text(encoding="utf-8") == f"{svg}\n", "make pictures draws it anew"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.svg")), ids=lambda path: path.name)
def test_the_png_that_is_shown_is_the_drawing_beside_it(path: Path) -> None:
    """A version of the library may smooth an edge otherwise, which nobody sees."""
    shown = pixels_of(path.with_suffix(".png").read_bytes())
    drawn = pixels_of(png_of(path.read_text(encoding="utf-8").rstrip("\n")))
    assert (shown.width_px, shown.height_px) == (drawn.width_px, drawn.height_px)
    apart = np.abs(np.frombuffer(shown.rgb, np.uint8).astype(int) - np.frombuffer(drawn.rgb, np.uint8))
    assert (apart > 64).mean() < 0.001, "make pictures draws it anew"


def test_readme_names_to_whom_does_not_see_the_card_the_days_that_it_shows() -> None:
    card = (FOLDER / "card.en.svg").read_text(encoding="utf-8")
    (text,) = re.findall(r"!\[(.*)\]\(docs/pictures/card.en.png\)", README)
    shown = re.findall(r">(\w{3}) \d\d:\d\d<", card)
    assert len(shown) == 2
    assert {day[:3] for day in re.findall(r"\w+day", text)} == set(shown)


def test_readme_opens_with_the_card_and_a_message() -> None:
    beginning = README.partition("\n## ")[0]
    assert "](docs/pictures/card.en.png)" in beginning
    assert "](docs/pictures/bubble.en.png)" in beginning


def test_the_cards_are_small_enough_for_a_message() -> None:
    cards = sorted(FOLDER.glob("card.*.png"))
    assert len(cards) == len(LANGUAGES)
    assert all(card.stat().st_size <= _MOST_BYTES for card in cards)
