"""`make man` keeps the outline of the commands as they are."""

from pathlib import Path

import pytest

from hersteld.config.languages import LANGUAGES
from hersteld.daemon.cli.man import page, write
from hersteld.daemon.cli.outline.commands import FILE
from tests.support.languages import speaking


def test_the_stored_outline_is_that_of_the_commands() -> None:
    assert FILE.read_text(encoding="utf-8") == write.outline_json(), "write it anew with: make man"


def test_outline_and_pages_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "FILE", tmp_path / "commands.json")
    with speaking("en"):
        write.main(tmp_path / "man")
    assert (tmp_path / "commands.json").read_text(encoding="utf-8") == FILE.read_text(encoding="utf-8")
    assert page.page_path(tmp_path / "man", "en").name == "hersteld.1"
    for language, name in zip(LANGUAGES, ("NAME", "NAAM"), strict=True):
        text = page.page_path(tmp_path / "man", language).read_text(encoding="ascii")
        assert f'.SH "{name}"' in text
