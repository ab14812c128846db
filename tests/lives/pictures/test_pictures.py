"""The pictures in the documentation are what a life shows, and README shows them to a newcomer."""

import pytest

from tests.lives.pictures.write import FOLDER, ROOT, shown_pictures
from tests.lives.write import LANGUAGES

_MOST_BYTES = 40_000
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pictures_in_the_documentation_are_what_the_life_shows(language: str) -> None:
    for name, svg in shown_pictures(language).items():
        assert (FOLDER / f"{name}.svg").read_text(encoding="utf-8") == f"{svg}\n", "make pictures draws it anew"


def test_readme_opens_with_the_card_and_a_message() -> None:
    beginning = README.partition("\n## ")[0]
    assert "](docs/pictures/card.en.png)" in beginning
    assert "](docs/pictures/bubble.en.png)" in beginning


def test_the_cards_are_small_enough_for_a_message() -> None:
    cards = sorted(FOLDER.glob("card.*.png"))
    assert len(cards) == len(LANGUAGES)
    assert all(card.stat().st_size <= _MOST_BYTES for card in cards)
