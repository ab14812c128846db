"""Numbers, words and shapes in SVG."""

import pytest

from hersteld.daemon.card.shapes import box, line, number, text
from hersteld.daemon.card.theme import SMALL


@pytest.mark.parametrize(
    ("value", "expected"),
    [(28.0, "28"), (28.04, "28"), (28.06, "28.1"), (-0.01, "0"), (692.96, "693"), (719.94, "719.9")],
)
def test_numbers_are_short(value: float, expected: str) -> None:
    assert number(value) == expected


def test_words_are_escaped() -> None:
    assert text(28, 53, "Rit & <loop>", SMALL) == '<text x="28" y="53" class="s">Rit &amp; &lt;loop&gt;</text>'


def test_words_may_end_at_a_place() -> None:
    assert text(692, 52, "load", SMALL, "end") == '<text x="692" y="52" text-anchor="end" class="s">load</text>'


def test_what_is_not_seen_is_not_written() -> None:
    assert text(28, 53, "", SMALL) == ""
    assert box(28, 10, 0, 44, "rest") == ""
    assert box(28, 10, 44, -1, "rest") == ""


def test_a_box_and_a_line_have_a_class_and_no_colour() -> None:
    assert box(28, 272, 12.34, 44, "hard") == '<rect x="28" y="272" width="12.3" height="44" class="hard"/>'
    assert line("M28 94h664", "l", "2 5") == '<path d="M28 94h664" class="l" stroke-dasharray="2 5"/>'
