"""The configuration is looked for where systemd and the user's desktop say, and its paths mean the user's own home."""

from pathlib import Path

import pytest

from hersteld.config.places import candidates, expand, find_settings_file, home


def test_systemds_folders_come_before_the_users_own() -> None:
    environ = {"CONFIGURATION_DIRECTORY": "/etc/a:/etc/b", "HOME": "/home/anna"}
    assert candidates(environ) == (
        Path("/etc/a/hersteld.toml"),
        Path("/etc/b/hersteld.toml"),
        Path("/home/anna/.config/hersteld/hersteld.toml"),
    )


def test_a_relative_xdg_folder_is_ignored_as_its_standard_says() -> None:
    for xdg, expected in (("/x", "/x/hersteld"), ("x", "/home/anna/.config/hersteld")):
        assert candidates({"XDG_CONFIG_HOME": xdg, "HOME": "/home/anna"})[-1].parent == Path(expected)


def test_without_a_file_there_is_none(tmp_path: Path) -> None:
    assert find_settings_file({"HOME": str(tmp_path)}) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~", "/home/anna"),
        ("~/Workouts", "/home/anna/Workouts"),
        ("$HOME/Workouts", "/home/anna/Workouts"),
        ("${HOME}//Workouts", "/home/anna/Workouts"),
        ("~anna/Workouts", "~anna/Workouts"),
        ("/srv/~/fit", "/srv/~/fit"),
        ("Workouts", "Workouts"),
    ],
)
def test_only_a_leading_home_is_filled_in(text: str, expected: str) -> None:
    assert expand(text, {"HOME": "/home/anna"}) == Path(expected)


def test_a_user_without_a_home_in_the_environment_has_that_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/bert")
    assert home({}) == Path("/home/bert")


def test_a_user_whom_nobody_registered_has_the_root_as_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("os.getuid", lambda: 2**31 - 9)
    assert home({}) == Path("/")
