"""A picture for the desktop is drawn in another process, and the service loads nothing that draws."""

import subprocess
import sys

import pytest

from hersteld.daemon.delivery.pictures import apart
from hersteld.daemon.delivery.pictures.apart import drawn_apart
from hersteld.daemon.delivery.pictures.attached import drawn
from hersteld.daemon.delivery.pictures.pixels import pixels_of
from tests.support.card.samples import ride


def test_it_is_the_picture_of_the_facts() -> None:
    png = drawn(ride("nl"), 480)
    assert png is not None
    assert drawn_apart(ride("nl")) == pixels_of(png)


def test_whoever_asks_for_it_loads_nothing_that_draws() -> None:
    script = (
        "import sys\n"
        "from hersteld.daemon.delivery.pictures.apart import drawn_apart\n"
        "from hersteld.daemon.delivery import call_process, notifiers, sender, threads\n"
        "from tests.support.card.samples import ride\n"
        "assert drawn_apart(ride('en')) is not None\n"
        "print(sorted(name for name in sys.modules if 'resvg' in name or name.endswith(('card.svg', 'card.raster'))))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_there_is_none_where_no_process_can_be_started_or_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", "/nonexistent")
        assert drawn_apart(ride("en")) is None
    monkeypatch.setattr(apart, "_WITHIN_S", 0.0)
    assert drawn_apart(ride("en")) is None
