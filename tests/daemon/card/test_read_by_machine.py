"""What a machine reads in a picture at the size of a phone: how hard it was, and both moments."""

from pathlib import Path

import pytest

from hersteld.daemon.card.raster import png_of
from hersteld.daemon.card.svg import svg_of
from tests.support.card.looking import read_by_machine
from tests.support.card.samples import each

SAMPLES = dict(each())


@pytest.mark.parametrize("name", SAMPLES)
def test_how_hard_it_was_and_all_moments_are_read(name: str, tmp_path: Path) -> None:
    facts = SAMPLES[name]
    assert facts.staircase is not None
    found = read_by_machine(png_of(svg_of(facts)), name[-2:], tmp_path).replace(" ", "")

    moments = [word for label in facts.staircase.labels for word in (label.what, label.when)]
    for words in (facts.title, *moments):
        assert words.replace(" ", "") in found
