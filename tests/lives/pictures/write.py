"""`make pictures`: draw what README shows, from a life; with --all each picture of each life, into build/pictures.

The SVG of each stands beside its PNG: it is text, so a test can say whether it is still what the life shows.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from hersteld.daemon.card.raster import png_of
from hersteld.daemon.card.svg import svg_of
from tests.lives.athletes import LIVES
from tests.lives.pictures.bubble import bubble
from tests.lives.play import Happened, play
from tests.lives.write import LANGUAGES

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "docs" / "pictures"
ALL = ROOT / "build" / "pictures"
SHOWN = "cyclist"
"""The life of which README shows the hardest first message."""


def shown_pictures(language: str) -> dict[str, str]:
    """Return the pictures in the documentation in a language, by the names of their files without a suffix."""
    (life,) = (life for life in LIVES if life.name == SHOWN)
    event = next(event for event in _with_picture(play(life, language)) if event.is_of_hard)
    assert event.picture is not None
    return {f"card.{language}": svg_of(event.picture), f"bubble.{language}": bubble(event, event.picture)}


def main(arguments: list[str]) -> None:
    """Draw them, and say where they are."""
    if "--all" in arguments:
        drawn = {
            f"{life.name}.{number:02}.{language}": svg_of(event.picture)
            for life in LIVES
            for language in LANGUAGES
            for number, event in enumerate(_with_picture(play(life, language)), 1)
            if event.picture is not None
        }
        _write(ALL, drawn)
    for language in LANGUAGES:
        _write(FOLDER, shown_pictures(language))


def _with_picture(happened: Iterator[Happened]) -> Iterator[Happened]:
    return (event for event in happened if event.picture is not None)


def _write(folder: Path, drawn: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, svg in drawn.items():
        (folder / f"{name}.svg").write_text(svg + "\n", encoding="utf-8")
        (folder / f"{name}.png").write_bytes(png_of(svg))
        print(folder / f"{name}.png")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
