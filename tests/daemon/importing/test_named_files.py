"""An import reads what it was given, and what is below the folders it was given, each once and in order."""

import os
from pathlib import Path

import pytest

from hersteld.daemon.importing.named_files import files_in, is_below
from hersteld.parsers.line import Line


def nobody(path: str, reason: Line) -> None:
    pytest.fail(f"{path}: {reason}")


def test_files_come_in_the_order_given_and_those_of_a_folder_in_that_of_their_names(tmp_path: Path) -> None:
    for name in ("b.fit", "a.fit", "folder/2.fit", "folder/1.fit", "folder/deep/0.fit"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = files_in([tmp_path / "b.fit", tmp_path / "folder", tmp_path / "a.fit"], nobody)
    assert [str(path.relative_to(tmp_path)) for path in found] == [
        "b.fit",
        *("folder/1.fit", "folder/2.fit", "folder/deep/0.fit"),
        "a.fit",
    ]


def test_a_file_that_is_given_twice_or_is_in_a_folder_too_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.fit").touch()
    assert files_in([tmp_path / "a.fit", tmp_path, tmp_path, tmp_path / "a.fit"], nobody) == (tmp_path / "a.fit",)


def test_a_file_that_is_given_is_kept_though_it_is_not_there_or_hidden(tmp_path: Path) -> None:
    given = (tmp_path / "gone.fit", tmp_path / ".hidden.fit")
    given[1].touch()
    assert files_in(given, nobody) == given
    assert files_in([tmp_path], nobody) == ()


def test_a_folder_that_cannot_be_listed_is_told_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)  # to root no folder is closed
    told: list[tuple[str, Line]] = []
    assert files_in([tmp_path], lambda path, reason: told.append((path, reason))) == ()
    assert told == [(str(tmp_path), Line("files.folder_unreadable", {"why": (Line("reasons.not_allowed"),)}))]


def test_a_folder_holds_what_is_below_it_also_by_another_name_of_it(tmp_path: Path) -> None:
    (tmp_path / "real" / "deep").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert is_below(tmp_path / "real", [tmp_path / "real" / "deep"])
    assert is_below(tmp_path / "link", [tmp_path / "real" / "deep"])
    assert is_below(tmp_path / "real", [tmp_path / "link"])
    assert not is_below(tmp_path / "real" / "deep", [tmp_path / "real"])
    assert not is_below(tmp_path / "real", [])
