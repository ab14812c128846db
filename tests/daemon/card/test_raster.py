"""Pictures as PNG: their size, that words are in them, and that a missing typeface is found out."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from hersteld.daemon.card.fonts import FILES
from hersteld.daemon.card.raster import fault, png_of
from hersteld.daemon.card.svg import svg_of
from hersteld.daemon.card.theme import HEIGHT_PX, MARGIN_PX, PAPER, WIDTH_PX, ZONES
from hersteld.parsers.line import Line
from tests.support.card.colours import contrast, luminance, rgb_of
from tests.support.card.drawing import texts_of
from tests.support.card.looking import PHONE_PX, image_of, pixels_of, shrunken
from tests.support.card.samples import each, ride

SAMPLES = dict(each())


@pytest.fixture(scope="module")
def pictures() -> dict[str, bytes]:
    return {name: png_of(svg_of(facts)) for name, facts in SAMPLES.items()}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_picture_is_small_and_of_its_size(pictures: dict[str, bytes], name: str) -> None:
    assert len(pictures[name]) <= 40_000
    assert image_of(pictures[name]).size == (WIDTH_PX, HEIGHT_PX)


def test_a_picture_is_opaque_up_to_its_corners(pictures: dict[str, bytes]) -> None:
    for png in pictures.values():
        corners = np.asarray(image_of(png))[[0, 0, -1, -1], [0, -1, 0, -1]]
        assert corners.max() < 100


def test_a_picture_may_be_as_wide_as_is_wished() -> None:
    assert image_of(png_of(svg_of(ride("en")), width_px=1440)).size == (1440, 720)


@pytest.mark.parametrize("name", SAMPLES)
def test_all_words_have_contrast_at_the_size_of_a_phone(pictures: dict[str, bytes], name: str) -> None:
    lights = luminance(pixels_of(shrunken(pictures[name])))
    scale = PHONE_PX / WIDTH_PX
    for box in texts_of(svg_of(SAMPLES[name])):
        left, top, right, bottom = (round(edge * scale) for edge in (box.left, box.top, box.right, box.bottom))
        inside = np.sort(lights[top:bottom, left:right].ravel())
        brightest = inside[-max(3, inside.size // 200) :].mean()
        assert contrast(float(brightest), float(luminance(rgb_of(PAPER)))) >= 4.5, box.words


@pytest.mark.parametrize("name", SAMPLES)
def test_words_are_never_wider_than_the_table_says(pictures: dict[str, bytes], name: str) -> None:
    """Else labels could touch although their boxes do not; the paper right of each word is empty."""
    lights = luminance(pixels_of(image_of(pictures[name])))
    for box in texts_of(svg_of(SAMPLES[name])):
        right = round(box.right) + 2
        beside = lights[round(box.top) + 4 : round(box.bottom) - 4, right : min(right + 8, WIDTH_PX - 4)]
        assert beside.max() < 0.1, box.words


def test_a_pause_is_paper_and_a_climb_is_warm(pictures: dict[str, bytes]) -> None:
    pixels = pixels_of(image_of(pictures["hard-ride-en"]))
    pause, climb = (MARGIN_PX + round(664 * minute / 124) for minute in (54.5, 28))

    # Below the line of the threshold, which crosses the pause as well.
    assert {tuple(pixel) for pixel in pixels[125:184, pause]} == {rgb_of(PAPER)}
    assert rgb_of(ZONES["z4"]) in {tuple(pixel) for pixel in pixels[94:186, climb]}


def test_the_typeface_of_this_installation_draws() -> None:
    assert fault() is None


Spoil = Callable[[Path], object]


def no_file(file: Path) -> None:
    file.unlink(missing_ok=True)


def empty_file(file: Path) -> None:
    file.write_bytes(b"")


def cut_off(file: Path) -> None:
    file.write_bytes(FILES[400].read_bytes()[:2000])


def another_kind(file: Path) -> None:
    """A WOFF file, which browsers read and resvg does not."""
    file.write_bytes(b"wOF2" + FILES[400].read_bytes()[4:])


def another_typeface(file: Path) -> None:
    content = FILES[400].read_bytes()
    for name in ("Hersteld", "Plex Sans"):
        content = content.replace(name.encode("utf-16-be"), "Andersom".ljust(len(name)).encode("utf-16-be"))
    file.write_bytes(content)


@pytest.mark.parametrize("weight", FILES)
@pytest.mark.parametrize("spoilt", [no_file, empty_file, cut_off, another_kind, another_typeface])
def test_a_typeface_that_draws_nothing_is_found_out(tmp_path: Path, weight: int, spoilt: Spoil) -> None:
    file = tmp_path / "font.ttf"
    spoilt(file)
    assert fault({**FILES, weight: file}) == Line("card.no_typeface", {"file": str(file)})


def test_a_machine_without_the_library_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    assert fault() == Line("card.not_installed")
    with pytest.raises(ImportError):
        png_of(svg_of(ride("en")))


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match=r"."):
        png_of("no picture")


def test_the_library_is_loaded_only_to_draw() -> None:
    code = (
        "import sys, hersteld.daemon.card.raster, hersteld.daemon.card.svg;"
        "print('resvg_py' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["False", "False"]


def test_the_same_facts_give_the_same_picture(pictures: dict[str, bytes]) -> None:
    assert png_of(svg_of(SAMPLES["marathon-nl"])) == pictures["marathon-nl"]
