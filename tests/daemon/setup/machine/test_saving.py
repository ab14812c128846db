"""A configuration gets to its place whole, for its owner alone, and only as it was shown."""

import os
from pathlib import Path

import pytest

from hersteld.daemon.setup.machine.saving import NotSaved, difference, refuse_unwritable, save


def test_it_is_its_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "config" / "hersteld" / "hersteld.toml"
    before = os.umask(0)
    try:
        save(path, None, "[athlete]\n")
    finally:
        os.umask(before)
    assert path.read_text() == "[athlete]\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["hersteld.toml"]


def test_an_open_file_is_closed_when_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "hersteld.toml"
    path.write_text("# mine\n")
    path.chmod(0o644)
    save(path, "# mine\n", "# mine\n[athlete]\n")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "dotfiles" / "own.toml").write_text("# mine\n")
    link = tmp_path / "hersteld.toml"
    link.symlink_to("dotfiles/own.toml")
    save(link, "# mine\n", "# mine\n[athlete]\n")
    assert link.is_symlink()
    assert (tmp_path / "dotfiles" / "own.toml").read_text() == "# mine\n[athlete]\n"


@pytest.mark.parametrize(("shown", "holds"), [("# old\n", "# new\n"), (None, "# new\n"), ("# old\n", None)])
def test_what_was_changed_meanwhile_is_left_as_it_is(shown: str | None, holds: str | None, tmp_path: Path) -> None:
    path = tmp_path / "hersteld.toml"
    if holds is not None:
        path.write_text(holds)
    with pytest.raises(NotSaved, match="was changed meanwhile"):
        save(path, shown, "[athlete]\n")
    assert (path.read_text() if path.exists() else None) == holds


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotSaved, match="could not be written"):
        save(tmp_path / "file" / "hersteld.toml", None, "[athlete]\n")
    (tmp_path / "hersteld.toml").mkdir()
    with pytest.raises(NotSaved, match="could not be written"):
        save(tmp_path / "hersteld.toml", None, "[athlete]\n")


def test_what_cannot_be_written_is_refused_before_anybody_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_unwritable(tmp_path / "config" / "hersteld" / "hersteld.toml")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(NotSaved, match="could not be written: not a directory"):
        refuse_unwritable(tmp_path / "file" / "hersteld" / "hersteld.toml")
    monkeypatch.setattr(os, "access", lambda folder, _mode: folder != tmp_path)  # root may write anywhere
    with pytest.raises(NotSaved, match="could not be written: permission denied"):
        refuse_unwritable(tmp_path / "config" / "hersteld.toml")


def test_a_difference_shows_what_changes_and_no_secret() -> None:
    before = '[[notify.targets]]\nurl = "ntfys://old.example.org/s3cret"\n[athlete]\nmass_kg = 72\n'
    after = before.replace("72", "71") + 'url = "tgram://123:s3cret/4"\n'
    lines = list(difference(before, after))
    assert "-mass_kg = 72" in lines
    assert "+mass_kg = 71" in lines
    assert '+url = "***"' in lines
    assert ' url = "***"' in lines
    assert "s3cret" not in "".join([*lines, *difference("", after)])


def test_of_a_new_file_all_of_it_is_shown() -> None:
    assert list(difference("", "# a\nb = 1\n")) == ["# a", "b = 1"]
