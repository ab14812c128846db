"""The folders in which the files of a watch arrive are found by their names, by Syncthing, and on mounted watches."""

import os
from pathlib import Path

import pytest

from hersteld.daemon.setup.machine.likely_folders import can_be_written, is_there, likely_folders, short


def put(path: Path, changed_s: float = 1_000_000) -> Path:
    """Make an empty file, which is enough to be found by its name, changed at a moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, (changed_s, changed_s))
    return path


def found(home: Path, **environ: str) -> list[str]:
    """Return the folders that are found in a home, as they would be written."""
    environ = {"HOME": str(home), **environ}
    return [short(folder.path, environ) for folder in likely_folders(environ, media=(home / "media",))]


def test_nothing_is_found_in_an_empty_home(tmp_path: Path) -> None:
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("file", "folder"),
    [
        ("Workouts/a.fit", "~/Workouts"),
        ("Workouts/2026/05/a.FIT", "~/Workouts"),  # the files of the next year belong to it as well
        ("Garmin/a.fit.gz", "~/Garmin"),
        ("Sync/a.fit", "~/Sync"),
        ("Sync/Gadgetbridge/files/a.fit", "~/Sync/Gadgetbridge"),
        ("Nextcloud/Sport/2026/a.fit", "~/Nextcloud/Sport"),
        ("media/anna/GARMIN/GARMIN/ACTIVITY/a.fit", "~/media/anna/GARMIN/GARMIN/ACTIVITY"),
        ("media/WATCH/Garmin/Activity/a.fit", "~/media/WATCH/Garmin/Activity"),
    ],
)
def test_a_folder_is_found_by_its_place(file: str, folder: str, tmp_path: Path) -> None:
    put(tmp_path / file)
    assert found(tmp_path) == [folder]


@pytest.mark.parametrize("name", ["Workouts/a.txt", "Workouts/.stversions/a.fit", "Workouts/a.fit.part", "other/a.fit"])
def test_what_is_no_file_of_a_watch_is_not_found(name: str, tmp_path: Path) -> None:
    put(tmp_path / name)
    assert found(tmp_path) == []


@pytest.mark.parametrize("place", [".config/syncthing", ".local/state/syncthing", "own/syncthing"])
def test_the_folders_of_syncthing_are_found_by_its_configuration(place: str, tmp_path: Path) -> None:
    put(tmp_path / "R&D" / "a.fit")
    put(tmp_path / "in home" / "b.fit", 2_000_000)
    config = put(tmp_path / place / "config.xml")
    config.write_text(
        f'<configuration><folder id="x" label="y" path="{tmp_path}/R&amp;D" type="sendreceive">\n'
        '</folder><folder id="z" path="~/in home"/><folder id="gone" path="/nowhere/at/all"/></configuration>'
    )
    assert found(tmp_path, XDG_STATE_HOME=str(tmp_path / "own")) == ["~/in home", "~/R&D"]


def test_a_watch_that_gvfs_mounts_by_mtp_is_found(tmp_path: Path) -> None:
    put(tmp_path / "run/gvfs/mtp:host=Garmin_fenix/Internal Storage/GARMIN/Activity/a.fit")
    assert found(tmp_path / "home", XDG_RUNTIME_DIR=str(tmp_path / "run")) == [
        f"{tmp_path}/run/gvfs/mtp:host=Garmin_fenix/Internal Storage/GARMIN/Activity"
    ]


def test_the_folder_with_the_newest_file_comes_first_with_its_number_of_files(tmp_path: Path) -> None:
    put(tmp_path / "Workouts/a.fit", 1_000_000)
    put(tmp_path / "Garmin/b.fit", 3_000_000)
    put(tmp_path / "Garmin/c.fit", 2_000_000)
    folders = likely_folders({"HOME": str(tmp_path)}, media=())
    assert [(folder.path.name, folder.files) for folder in folders] == [("Garmin", 2), ("Workouts", 1)]


def test_a_folder_is_told_once_by_whichever_way_it_is_reached(tmp_path: Path) -> None:
    put(tmp_path / "Sync/Gadgetbridge/a.fit")
    (tmp_path / "Workouts").symlink_to(tmp_path / "Sync/Gadgetbridge")
    assert len(found(tmp_path)) == 1


def test_a_folder_whose_name_is_no_text_is_passed_over(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/Sync/\xff"))
    put(odd / "a.fit")
    assert not can_be_written(odd)
    assert found(tmp_path) == []


def test_a_folder_outside_the_home_is_written_as_it_is(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path / "home")}
    assert short(tmp_path / "elsewhere", environ) == f"{tmp_path}/elsewhere"
    assert short(tmp_path / "home" / "a", environ) == "~/a"
    assert short(tmp_path / "home", environ) == f"{tmp_path}/home"


def test_a_folder_that_cannot_be_looked_at_is_not_there(tmp_path: Path) -> None:
    assert is_there(tmp_path)
    assert not is_there(tmp_path / "none")
    assert not is_there(tmp_path / ("a" * 300))  # the system refuses to look, as in a folder that is closed to us
