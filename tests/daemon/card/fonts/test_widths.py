"""The table of widths is that of the files beside it."""

import pytest
from PIL import ImageFont

from hersteld.daemon.card.fonts import FILES
from hersteld.daemon.card.fonts.widths import WIDTHS


@pytest.mark.parametrize("weight", FILES)
def test_each_sign_is_as_wide_as_the_table_says(weight: int) -> None:
    font = ImageFont.truetype(FILES[weight], size=1000, layout_engine=ImageFont.Layout.BASIC)
    assert {sign: round(font.getlength(sign)) for sign in WIDTHS[weight]} == WIDTHS[weight]


def test_both_weights_have_the_same_signs_and_all_of_english_and_dutch() -> None:
    assert set(WIDTHS[400]) == set(WIDTHS[700])
    assert len(WIDTHS[400]) == 201
    assert set("ABCXYZabcxyz0189éëïöüáàèêçÉË€°·×–—‘’“”…−≤≥½'\"&%:;,.?!") - set(WIDTHS[400]) == {"€"}


@pytest.mark.parametrize("weight", FILES)
def test_all_digits_are_equally_wide(weight: int) -> None:
    assert {WIDTHS[weight][digit] for digit in "0123456789"} == {600}


@pytest.mark.parametrize("weight", FILES)
def test_a_file_is_small_and_under_our_name(weight: int) -> None:
    assert FILES[weight].stat().st_size < 30_000
    family, style = ImageFont.truetype(FILES[weight]).getname()
    assert (family, style) == ("Hersteld", {400: "Regular", 700: "Bold"}[weight])


def test_the_licence_lies_beside_the_files() -> None:
    licence = FILES[400].with_name("OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert 'Reserved Font Name "Plex"' in licence
