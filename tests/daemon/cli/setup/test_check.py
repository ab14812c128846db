"""`hersteld check` finds what is wrong and says what to do."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.command_line import AMSTERDAM, call


def test_check_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "Workouts").mkdir()
    result = call("check", "--json", home=tmp_path)
    findings = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0, result.output
    assert {one["what"] for one in findings} == {
        "configuration",
        "folder",
        "inotify",
        "target",
        "occasion",
        "clock",
        "state",
        "service",
    }
    assert all(set(one) == {"what", "state", "said", "advice", "id", "advice_id"} for one in findings)
    assert {one["state"] for one in findings if one["what"] in ("configuration", "folder", "clock")} == {"ok"}


def test_check_shows_the_clock_as_messages_do(tmp_path: Path) -> None:
    before = datetime.now(AMSTERDAM).replace(second=0, microsecond=0)
    result = call("check", "--json", home=tmp_path)
    (clock,) = (one for one in map(json.loads, result.stdout.splitlines()) if one["what"] == "clock")
    shown, _, zone = clock["said"].removeprefix("shows ").partition(" in ")
    assert zone == "Europe/Amsterdam"
    assert before <= datetime.fromisoformat(shown).replace(tzinfo=AMSTERDAM) <= datetime.now(AMSTERDAM)


def test_check_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "Workouts").write_text("a file")
    result = call("check", home=tmp_path)
    assert result.exit_code == 1
    assert f"bad   folder: {tmp_path}/Workouts: is no folder" in result.stdout
    assert "-> Correct watch.folders" in result.stdout


def test_check_lists_every_mistake_of_the_configuration(tmp_path: Path) -> None:
    result = call("check", "--set", "athlete.mass_kg=9", "--set", "notify.style=loud", home=tmp_path)
    assert result.exit_code == 78
    assert result.stdout.count("bad   configuration:") == 2
    assert "-> Correct it; `hersteld config schema` says what is allowed." in result.stdout
    assert "clock:" in result.stdout


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"[athlete]\nsex = male\n", "Correct it there. A file looks like this: a line [athlete], and below it lines"),
        (b"[athlete\n", "Correct it there. A file looks like this: a line [athlete], and below it lines like"),
        (b"\xff", "Put that file right."),
        (b"\xef\xbb\xbf", "Put that file right."),
        (b"x = " + b"[" * 99 + b"]" * 99, "Put that file right."),
        (None, "Put that file right."),
    ],
)
def test_what_may_stand_in_a_file_is_no_advice_where_none_can_be_read(
    content: bytes | None, advice: str, tmp_path: Path
) -> None:
    config = tmp_path / "own.toml"
    if content is not None:
        config.write_bytes(content)
    result = call("check", "--config", config, home=tmp_path)
    assert result.exit_code == 78
    assert f"-> {advice}" in result.stdout
    assert "config schema" not in result.stdout


@pytest.mark.parametrize(("language", "run"), [("en", "Run: "), ("nl", "Geef de opdracht: ")])
def test_check_says_the_command_that_closes_a_file_with_addresses(language: str, run: str, tmp_path: Path) -> None:
    config = tmp_path / "own.toml"
    config.write_text('[[notify.targets]]\nname = "phone"\nurl = "ntfys://host/topic"\n')
    config.chmod(0o644)
    command = f"chmod 600 {config}"
    printed = call("check", "--language", language, "--config", config, home=tmp_path).stdout
    (found,) = (line for line in printed.splitlines() if str(config) in line and "->" not in line)
    assert command not in found
    assert f"      -> {run}{command}\n" in printed
    assert "config schema" not in printed


def test_check_refuses_an_address_without_showing_it(tmp_path: Path) -> None:
    config = tmp_path / "own.toml"
    config.touch(mode=0o600)
    config.write_text('[[notify.targets]]\nname = "phone"\nurl = "nosuchservice://s3cret-token"\n')
    result = call("check", "--config", config, home=tmp_path)
    assert result.exit_code == 78  # as `run` and `notify-test` would
    assert f'bad   target: {config}: notify.targets: the address of "phone"' in result.stdout
    assert "s3cret" not in result.output


@pytest.mark.parametrize("words", [["check"], ["check", "--json"], ["run"], ["status"], ["notify-test"]])
def test_all_mistakes_at_once_are_also_those_in_addresses(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "urls").touch(mode=0o600)
    (tmp_path / "urls").write_text("tablet=nosuchservice://s3cret-token\nwatch=s3cret\n")
    config = tmp_path / "own.toml"
    config.touch(mode=0o600)
    config.write_text(
        '[athlete]\nmass_kg = 9\n[notify]\nurls_file = "urls"\n'
        '[[notify.targets]]\nname = "phone"\nurl = "nosuchservice://s3cret-token"\n'
        '[[notify.targets]]\nname = "mail"\nurl = "s3cret"\n'
    )
    result = call(*words, "--config", config, home=tmp_path)
    assert result.exit_code == 78
    lines = result.output.splitlines()
    for mistake in (
        f"{config}: athlete.mass_kg = 9: must be",
        f"{config}: notify.targets#2.url: must be an Apprise address",
        f"{tmp_path}/urls: line 2 must be an address",
        f"{config}: notify.targets: the address of ",
        f"{tmp_path}/urls: notify.targets: the address of ",
    ):
        assert sum(mistake in line for line in lines) == 1, (mistake, result.output)
    assert "s3cret" not in result.output
