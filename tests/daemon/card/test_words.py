"""Words that can be drawn, and their widths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.daemon.card.fonts.widths import WIDTHS
from hersteld.daemon.card.theme import MOMENT, SENTENCE, SMALL, TITLE
from hersteld.daemon.card.words import drawable, shortened, width_px, wrapped


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Zware rit, 2 u 04", "Zware rit, 2 u 04"),
        ("Één coördinatie…", "Één coördinatie…"),
        ("Cafe\u0301", "Café"),
        ("Košice Łódź", "Kosice ódz"),
        ("🏃 ריצת בוקר, 2 h 04", "2 h 04"),
        ("Rit 🚴‍♀️ naar huis", "Rit naar huis"),
        ("Rondje met דנה, 2 u 04", "Rondje met, 2 u 04"),
        ("Trail (朝のラン) bij Košice", "Trail bij Kosice"),
        ("Wat nu , of (leeg: ) niets", "Wat nu , of (leeg: ) niets"),
        ("朝のラン", ""),
        ("2\u202fh\u00a004\n", "2 h 04"),
        ("hard\u00adlopen, 10\u201112 km", "hardlopen, 10-12 km"),
        ("-3 °C", "-3 °C"),
        ("…", "…"),
        ("🏃, …", "…"),
        ("\x00\ud800\uffff", ""),
    ],
)
def test_only_signs_of_the_typeface_are_drawn(words: str, expected: str) -> None:
    assert drawable(words) == expected


@given(words=st.text())
def test_whatever_is_drawn_has_a_width_and_stays_as_it_is(words: str) -> None:
    kept = drawable(words)
    assert width_px(kept, TITLE) >= 0
    assert drawable(kept) == kept


def test_bold_and_larger_words_are_wider() -> None:
    assert width_px("Hard ride", SMALL) < width_px("Hard ride", TITLE) < width_px("Hard ride", MOMENT)
    assert width_px("00", SMALL) == pytest.approx(24)  # each digit is 600 of 1000 wide, of 20 px


def test_the_words_are_shortened_at_a_word() -> None:
    room_px = width_px("Very hard mountain bike ride", TITLE)
    assert shortened("Very hard mountain bike ride", TITLE, room_px) == "Very hard mountain bike ride"
    assert shortened("Very hard mountain, bike ride", TITLE, room_px) == "Very hard mountain, bike…"
    assert shortened("Very hard mountain, bike ride", TITLE, room_px - 90) == "Very hard mountain…"


def test_a_single_long_word_is_shortened_at_a_letter() -> None:
    assert shortened("Hardlooptraining", TITLE, 150) == "Hardloo…"


@given(words=st.text(alphabet=sorted(WIDTHS[400]), max_size=60), room_px=st.floats(min_value=0, max_value=700))
def test_shortened_words_fit(words: str, room_px: float) -> None:
    assert width_px(shortened(words, TITLE, room_px), TITLE) <= room_px


@given(
    words=st.text(alphabet=sorted(WIDTHS[400]), max_size=200),
    room_px=st.floats(min_value=40, max_value=700),
    most_lines=st.none() | st.integers(min_value=0, max_value=4),
)
def test_wrapped_words_fit_and_all_are_there_unless_shortened(
    words: str, room_px: float, most_lines: int | None
) -> None:
    lines = wrapped(words, SENTENCE, room_px, most_lines)

    assert most_lines is None or len(lines) <= most_lines
    assert all(width_px(line, SENTENCE) <= room_px for line in lines)
    whole = " ".join(words.split())
    assert " ".join(lines) == whole or "…" in "".join(lines) or most_lines == 0
