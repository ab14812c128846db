"""`make lives`: write the transcripts anew, into docs/lives."""

from pathlib import Path

from tests.lives.athletes import LIVES
from tests.lives.play import play
from tests.lives.transcript import transcript

FOLDER = Path(__file__).parents[2] / "docs" / "lives"
LANGUAGES = ("en", "nl")


def page_of(name: str, language: str) -> Path:
    """Return where the transcript of a life stands."""
    return FOLDER / f"{name}.{language}.md"


def main() -> None:
    """Write all of them."""
    FOLDER.mkdir(exist_ok=True)
    for life in LIVES:
        for language in LANGUAGES:
            page = page_of(life.name, language)
            page.write_text(transcript(life, language, play(life, language)), encoding="utf-8")
            print(page.relative_to(Path.cwd()) if page.is_relative_to(Path.cwd()) else page)  # noqa: T201


if __name__ == "__main__":
    main()
