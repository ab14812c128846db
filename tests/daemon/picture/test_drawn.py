"""A picture gets into the file that was asked for, whole, or the reason why not is said."""

import resource
from pathlib import Path

import pytest

from hersteld.daemon.card import raster
from hersteld.daemon.card.facts import CardFacts
from hersteld.daemon.card.svg import svg_of
from hersteld.daemon.picture.drawn import NotDrawn, kind_of, write
from hersteld.parsers.line import Line

FACTS = CardFacts("Hard ride, 2 h 04", "", "", ("How hard was it, 1 to 10?",), None, None, "Hard ride")


@pytest.mark.parametrize(
    ("name", "kind"), [("a.png", "png"), ("a.PNG", "png"), ("a.svg", "svg"), ("a", None), ("a.png.fit", None)]
)
def test_the_name_says_which_kind_it_is(name: str, kind: str | None) -> None:
    assert kind_of(Path(name)) == kind


def test_it_takes_the_place_of_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "ride.svg"
    path.write_text("x" * 100_000)
    assert write(FACTS, path) == path.stat().st_size
    assert path.read_text(encoding="utf-8") == svg_of(FACTS)


def test_where_nothing_can_be_drawn_no_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "fault", lambda: Line("system.quoted", {"words": "the font is missing"}))
    with pytest.raises(NotDrawn, match="the font is missing"):
        write(FACTS, tmp_path / "ride.png")
    assert not (tmp_path / "ride.png").exists()


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotDrawn, match=r"ride\.svg"):
        write(FACTS, tmp_path / "missing" / "ride.svg")


def test_where_the_disk_is_full_what_stood_there_stays_whole_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "ride.svg"
    path.write_text("an earlier one", encoding="utf-8")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(NotDrawn, match=r"ride\.svg"):
            write(FACTS, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_text(encoding="utf-8") == "an earlier one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_one_and_what_it_names_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "link.svg").symlink_to(tmp_path / "ride.svg")
    write(FACTS, tmp_path / "link.svg")
    assert (tmp_path / "link.svg").is_symlink()
    assert (tmp_path / "ride.svg").read_text(encoding="utf-8") == svg_of(FACTS)
