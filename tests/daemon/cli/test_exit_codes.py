"""Every number with which a command ends stands in the page of the commands, for scripts."""

from pathlib import Path

from hersteld.daemon.cli import exit_codes

PAGE = (Path(__file__).parents[3] / "docs" / "commands.md").read_text(encoding="utf-8")


def test_each_exit_code_is_documented_and_means_one_thing() -> None:
    codes = {name: value for name, value in vars(exit_codes).items() if name.startswith("EXIT_")}
    assert len(codes) >= 3
    assert len(set(codes.values())) == len(codes)
    for name, code in codes.items():
        assert f"| {code} |" in PAGE, name


def test_they_are_those_that_systemd_and_shells_know() -> None:
    assert (exit_codes.EXIT_BAD_FILE, exit_codes.EXIT_CONFIG, exit_codes.EXIT_INTERRUPTED) == (65, 78, 128 + 2)
