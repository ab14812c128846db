"""Below a folder each file is met once, and what is hidden, half written or none of ours is passed by."""

import os
from pathlib import Path

import pytest

from hersteld.daemon.reading.folders import above, files_below, is_ours, is_temporary


def below(folder: Path, walked: set[tuple[int, int]] | None = None) -> list[str]:
    found = files_below(
        folder, set() if walked is None else walked, lambda name, error: pytest.fail(f"{name}: {error}")
    )
    return sorted(str(Path(path).relative_to(folder)) for path, _ in found)


def test_files_are_found_at_any_depth_with_their_size(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "deep.fit").write_bytes(b"1234")
    (tmp_path / "top.fit").write_bytes(b"1")
    assert below(tmp_path) == ["a/b/deep.fit", "top.fit"]
    sizes = {Path(path).name: status.st_size for path, status in files_below(tmp_path, set(), lambda *_: None)}
    assert sizes == {"deep.fit": 4, "top.fit": 1}


def test_below_the_folder_where_one_is_the_paths_begin_with_no_dot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "ride.fit").touch()
    monkeypatch.chdir(tmp_path)
    assert [path for path, _ in files_below(Path(), set(), lambda *_: None)] == ["a/ride.fit"]


@pytest.mark.parametrize("most", range(4))
def test_whoever_is_not_to_go_on_hears_of_no_more(most: int, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / "ride.fit").touch()
    left = most

    def go_on() -> bool:
        nonlocal left
        left -= 1
        return left >= 0

    found = files_below(tmp_path, set(), lambda *_: None, go_on=go_on)
    assert list(found) == []
    assert left < 0


def test_a_folder_is_walked_once_however_many_links_lead_to_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "ride.fit").touch()
    (tmp_path / "again").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "round").symlink_to(tmp_path)
    assert len(below(tmp_path)) == 1


def test_a_link_to_a_folder_above_leads_nowhere(tmp_path: Path) -> None:
    watched = tmp_path / "home" / "inbox"
    watched.mkdir(parents=True)
    (tmp_path / "secret.fit").touch()
    (watched / "up").symlink_to(tmp_path)
    (watched / "ride.fit").touch()
    assert below(watched, above((watched,))) == ["ride.fit"]
    assert below(watched) == ["ride.fit", "up/secret.fit"]


def test_what_hangs_in_the_air_or_is_no_file_is_passed_by(tmp_path: Path) -> None:
    (tmp_path / "nowhere.fit").symlink_to(tmp_path / "gone.fit")
    (tmp_path / "circle.fit").symlink_to(tmp_path / "circle.fit")
    os.mkfifo(tmp_path / "pipe.fit")
    (tmp_path / ".hidden.fit").touch()
    (tmp_path / "ride.fit.part").touch()
    assert below(tmp_path) == []


def test_a_folder_that_is_gone_is_no_fault_and_one_that_cannot_be_listed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert below(tmp_path / "gone") == []
    (tmp_path / "closed").mkdir()
    listed = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)  # to root no folder is closed
    told: list[tuple[str, int | None]] = []
    assert list(files_below(tmp_path, set(), lambda name, error: told.append((name, error.errno)))) == []
    assert told == [(str(tmp_path / "closed"), 13)]


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("ride.fit", b"", True),
        ("RIDE.FIT", b"", True),
        ("export.zip", b"", True),
        ("ride.fit.gz", b"", True),
        ("2026-05-06", b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT", True),
        ("ride.gpx", b"<?xml version", False),
        ("notes.txt", b"a .FIT", False),
    ],
)
def test_a_file_is_ours_by_its_name_or_its_content(name: str, head: bytes, expected: bool) -> None:
    assert is_ours(name, head) is expected


@pytest.mark.parametrize("name", [".syncthing.ride.fit.tmp", "~ride.fit", "ride.fit.PART", "ride.tmp", ".fit"])
def test_a_name_of_a_hidden_or_unfinished_file_is_known(name: str) -> None:
    assert is_temporary(name)
    assert not is_temporary("ride.fit")
