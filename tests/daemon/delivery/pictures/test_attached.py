"""A picture lies in memory alone, and whatever fails in drawing it is no failure of a message."""

from pathlib import Path

import pytest

from hersteld.daemon.card import raster
from hersteld.daemon.delivery.pictures import attached
from hersteld.daemon.delivery.pictures.attached import attachment_of, can_draw, drawn
from hersteld.parsers.line import Line
from tests.support.card.samples import ride
from tests.support.pictures.recording import SIGN


class Panic(BaseException):
    """What a fault in Rust becomes: no Exception."""


@pytest.fixture(autouse=True)
def asked_anew() -> None:
    can_draw.cache_clear()


def test_a_plugin_reads_it_by_path_and_as_bytes_and_it_is_gone_afterwards() -> None:
    png = drawn(ride("en"))
    assert png is not None
    assert png.startswith(SIGN)
    with attachment_of(png) as pictures:
        (picture,) = pictures
        path = Path(picture.path)
        assert path.read_bytes() == png
        with picture.open() as file:
            assert file.read() == png
        assert (picture.name, picture.mimetype, len(picture)) == ("hersteld.png", "image/png", len(png))
        assert str(path.readlink()).startswith("/memfd:"), "it has no place on the disk"
    assert not path.exists()


@pytest.mark.parametrize("error", [ImportError("no library"), MemoryError(), ValueError("no svg"), Panic("in Rust")])
def test_what_cannot_be_drawn_is_no_picture(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object, **_options: object) -> bytes:
        raise error

    monkeypatch.setattr(raster, "png_of", fail)
    assert drawn(ride("en")) is None


def test_where_letters_are_not_drawn_no_picture_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "fault", lambda: Line("card.not_installed"))
    assert drawn(ride("en")) is None
    monkeypatch.setattr(raster, "fault", lambda: None)
    assert drawn(ride("en")) is None, "asked once in a process"
    attached.can_draw.cache_clear()
    assert drawn(ride("en")) is not None
