"""The files of a calendar are known, and known to have changed."""

import os
from pathlib import Path

import pytest

from hersteld.daemon.calendar.files import MOST_FILES, calendar_files


def reasons(path: Path) -> list[tuple[str, str]]:
    return [(fault.path, fault.reason.id) for fault in calendar_files(path).faults]


def test_a_file_is_known_by_its_name_size_and_time(tmp_path: Path) -> None:
    file = tmp_path / "training.ics"
    file.write_text("one")
    before = calendar_files(file)
    assert before.paths == (str(file),)
    assert calendar_files(file) == before
    os.utime(file, ns=(1, 1))
    touched = calendar_files(file)
    assert touched != before
    file.write_text("other")
    os.utime(file, ns=(1, 1))
    assert calendar_files(file) != touched


@pytest.mark.parametrize("is_in_a_folder", [True, False])
def test_a_file_that_may_be_read_now_is_another_one(tmp_path: Path, *, is_in_a_folder: bool) -> None:
    """Its content has not changed, so it was read an hour later only."""
    file = tmp_path / "training.ics"
    file.write_text("one")
    file.chmod(0)
    before = calendar_files(tmp_path if is_in_a_folder else file)
    file.chmod(0o600)
    assert calendar_files(tmp_path if is_in_a_folder else file) != before


def test_the_files_of_a_folder_are_those_that_end_in_ics(tmp_path: Path) -> None:
    for name in ("b.ics", "a.ICS", "c.txt"):
        (tmp_path / name).write_text("")
    before = calendar_files(tmp_path)
    assert [Path(path).name for path in before.paths] == ["a.ICS", "b.ics"]
    (tmp_path / "b.ics").unlink()
    assert calendar_files(tmp_path) != before


def test_what_is_not_there_says_so(tmp_path: Path) -> None:
    assert reasons(tmp_path / "none.ics") == [(str(tmp_path / "none.ics"), "reasons.not_there")]
    (tmp_path / "empty").mkdir()
    assert reasons(tmp_path / "empty") == [(str(tmp_path / "empty"), "calendar.no_files")]


def test_a_folder_of_very_many_files_is_read_in_part_and_says_so(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 1):
        (tmp_path / f"{number:04}.ics").write_text("")
    assert len(calendar_files(tmp_path).paths) == MOST_FILES
    assert reasons(tmp_path) == [(str(tmp_path), "calendar.too_many_files")]


def test_a_link_that_leads_nowhere_is_left_to_whoever_reads_it(tmp_path: Path) -> None:
    (tmp_path / "a.ics").symlink_to(tmp_path / "gone")
    assert calendar_files(tmp_path).paths == (str(tmp_path / "a.ics"),)
