"""`hersteld init` without a terminal: `--yes` and options write what the other commands accept."""

import json
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from hersteld.daemon.cli.setup.init import _FLAGS, init
from hersteld.daemon.setup.standing import KEYS
from tests.support.command_line import call
from tests.support.fit.corpus import corpus_bytes
from tests.support.receivers import HttpReceiver, free_port

FENIX = "dtcooper__python-fitparse/tests/files/garmin-fenix-5-run.fit"


def configuration(home: Path) -> Path:
    return home / ".config" / "hersteld" / "hersteld.toml"


def written(home: Path) -> dict[str, Any]:
    return tomllib.loads(configuration(home).read_text())


def findings(home: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in call("check", "--json", home=home).stdout.splitlines()]


def test_in_an_empty_home_a_configuration_of_nobody_is_written(tmp_path: Path) -> None:
    result = call("init", "--yes", home=tmp_path)
    assert result.exit_code == 0, result.output
    assert "No folder with FIT files was found, so ~/Workouts is taken." in result.output
    assert "No workout was found in the files" in result.output
    assert (tmp_path / "Workouts").is_dir()
    assert written(tmp_path) == {
        "athlete": {},
        "watch": {"folders": ["~/Workouts"]},
        "notify": {"language": "en", "quiet_hours": "22:00-07:00"},
    }
    assert configuration(tmp_path).stat().st_mode & 0o777 == 0o600


def test_on_a_folder_of_real_files_check_is_content_with_all_but_the_target(tmp_path: Path) -> None:
    (tmp_path / "Workouts").mkdir()
    (tmp_path / "Workouts" / "a.fit").write_bytes(corpus_bytes(FENIX))
    result = call("init", "--yes", home=tmp_path)
    assert result.exit_code == 0, result.output
    assert "~/Workouts: 1 file\n" in result.output
    assert "year of birth: 1979 (garmin fenix5, 11 Jun 2017)" in result.output
    assert "is what the watch left the factory with, and says nothing of you" in result.output
    assert written(tmp_path)["athlete"] == {"birth_year": 1979, "resting_hr": 47}
    # Nothing runs here; what the service adds is asked in tests/e2e/test_first_run.py.
    assert {one["what"] for one in findings(tmp_path) if one["state"] != "ok"} <= {"target", "service"}


def test_no_file_of_the_user_is_touched(tmp_path: Path) -> None:
    folder = tmp_path / "Workouts"
    folder.mkdir()
    (folder / "a.fit").write_bytes(corpus_bytes(FENIX))
    before = [(path.name, path.stat().st_mtime_ns) for path in (folder, *folder.iterdir())]
    call("init", "--yes", home=tmp_path)
    assert [(path.name, path.stat().st_mtime_ns) for path in (folder, *folder.iterdir())] == before


OPTIONS = {
    "--folder": "Sport",
    "--experience": "trained",
    "--birth-year": "1986",
    "--mass-kg": "72,4",
    "--max-hr": "188",
    "--resting-hr": "48",
    "--ftp-w": "241",
    "--condition": "heart",
    "--quiet-hours": "",
    "--language": "nl",
}


def test_each_question_has_its_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = [word for option in OPTIONS.items() for word in option]
    result = call("init", "--yes", *words, "--condition", "injury", home=tmp_path)
    assert result.exit_code == 0, result.output
    assert f"{tmp_path}/Sport: is er nog niet; hersteld wacht erop." in result.output
    assert written(tmp_path) == {
        "athlete": {
            "experience": "trained",
            "birth_year": 1986,
            "mass_kg": 72.4,
            "max_hr": 188,
            "resting_hr": 48,
            "ftp_w": 241,
            "conditions": ["heart", "injury"],
        },
        "watch": {"folders": ["~/Sport"]},
        "notify": {"language": "nl", "quiet_hours": ""},
    }
    assert not (tmp_path / "Sport").exists()
    options = {option for parameter in init.params for option in parameter.opts}
    assert set(OPTIONS) <= options
    assert {*_FLAGS.values(), "watch.folders", "athlete.conditions"} == set(KEYS)


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--mass-kg", "9", "Invalid value for --mass-kg: must be a number from 20 to 300"),
        ("--max-hr", "fast", "Invalid value for --max-hr: must be a number from 100 to 230"),
        ("--birth-year", "2026", "Invalid value for --birth-year: must be a year from 1900"),
        ("--experience", "5", "Invalid value for --experience: must be one of: beginner"),
        ("--condition", "toes", "Invalid value for --condition: must be one of: kidney"),
        ("--quiet-hours", "late", "Invalid value for --quiet-hours: must be two different times"),
        ("--language", "de", "Invalid value for '--language': 'de' is not one of 'en', 'nl'."),
        ("--folder", "", "Invalid value for '--folder': \"\" is no folder"),
        ("--folder", "/\udcff", "Invalid value for --folder: the name of this folder is no UTF-8"),
        ("--ntfy", "https://ntfy.example.org/below", "Invalid value for --ntfy: it must be the address of an ntfy"),
        ("--ntfy", "4", "Invalid value for --ntfy: it must be the address of an ntfy"),
        ("--ntfy", "https://anna:s3cret@ntfy.example.org", "Invalid value for --ntfy: everybody on the machine can"),
    ],
)
def test_what_may_not_stand_there_is_said_and_nothing_is_written(
    option: str, value: str, sentence: str, tmp_path: Path
) -> None:
    result = call("init", "--yes", option, value, home=tmp_path)
    assert result.exit_code == 2
    assert sentence in result.output
    assert "s3cret" not in result.output
    assert not configuration(tmp_path).exists()


def test_without_a_terminal_nothing_is_asked_and_nothing_done(tmp_path: Path) -> None:
    result = call("init", home=tmp_path)
    assert result.exit_code == 1
    assert "There is no terminal to ask at; with --yes it is done without asking." in result.output
    assert list(tmp_path.iterdir()) == []


def test_only_a_server_that_was_named_gets_messages_and_the_topic_is_not_printed(tmp_path: Path) -> None:
    call("init", "--yes", home=tmp_path)
    assert "targets" not in written(tmp_path)["notify"]
    result = call("init", "--yes", "--ntfy", "https://ntfy.example.org", "--desktop", home=tmp_path)
    assert result.exit_code == 0, result.output
    phone, desktop = written(tmp_path)["notify"]["targets"]
    assert phone["url"].startswith("ntfys://ntfy.example.org/hersteld-")
    assert desktop == {"name": "desktop", "url": "desktop://"}
    assert phone["url"].rpartition("/")[2] not in result.output
    assert 'url = "***"' in result.output


def test_buttons_answer_on_a_second_topic_of_the_server_that_was_named(tmp_path: Path) -> None:
    result = call("init", "--yes", "--ntfy", "https://ntfy.example.org", "--buttons", home=tmp_path)
    assert result.exit_code == 0, result.output
    (phone,) = written(tmp_path)["notify"]["targets"]
    assert phone["reply"].startswith("https://ntfy.example.org/hersteld-")
    assert phone["reply"].rpartition("/")[2] not in (phone["url"], result.output)
    assert 'reply = "***"' in result.output
    assert "subscribe to it on the server https://ntfy.example.org." in result.output
    assert call("config", "show", home=tmp_path).exit_code == 0
    refused = call("init", "--yes", "--buttons", home=tmp_path)
    assert refused.exit_code == 2
    assert "Invalid value for --buttons: messages have buttons on ntfy" in refused.output


def test_a_test_message_goes_to_the_targets_of_the_options(tmp_path: Path) -> None:
    with HttpReceiver() as receiver:
        server = f"http://127.0.0.1:{receiver.port}"
        result = call("init", "--yes", "--ntfy", server, "--test", home=tmp_path)
        assert result.exit_code == 0, result.output
        assert [message.title for message in receiver.received] == ["hersteld: test"]
        other = f"http://127.0.0.1:{free_port()}"
        result = call("init", "--yes", "--ntfy", other, "--test", home=tmp_path)
    assert result.exit_code == 1
    assert "phone-2: not delivered: the server refused the connection." in result.output
    assert [target["name"] for target in written(tmp_path)["notify"]["targets"]] == ["phone", "phone-2"]


def test_a_script_that_names_a_server_twice_gets_one_topic_on_it(tmp_path: Path) -> None:
    with HttpReceiver() as receiver:
        words = ("init", "--yes", "--ntfy", f"http://127.0.0.1:{receiver.port}", "--test")
        call(*words, home=tmp_path)
        before = configuration(tmp_path).read_bytes()
        result = call(*words, home=tmp_path)
        assert result.exit_code == 0, result.output
        assert "phone is a topic on that server already; none is added." in result.output
        assert len(receiver.received) == 2  # the topic that stands there is tried
    assert configuration(tmp_path).read_bytes() == before


def test_run_again_it_says_what_there_is_and_changes_nothing(tmp_path: Path) -> None:
    call("init", "--yes", "--max-hr", "188", "--ntfy", "https://ntfy.example.org", home=tmp_path)
    before = configuration(tmp_path).read_bytes()
    result = call("init", "--yes", home=tmp_path)
    assert result.exit_code == 0, result.output
    assert "  maximum heart rate: 188 bpm\n" in result.output
    assert "  messages to: phone\n" in result.output
    assert "Nothing was changed." in result.output  # though not all is said
    assert configuration(tmp_path).read_bytes() == before


def test_what_is_added_later_is_shown_as_a_difference_and_comments_survive(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("# mine\n[athlete]\nmax_hr = 180  # measured\n")
    result = call("init", "--yes", "--max-hr", "188", "--config", file, home=tmp_path)
    assert result.exit_code == 0, result.output
    assert "  -max_hr = 180  # measured\n" in result.output
    assert "  +max_hr = 188  # measured\n" in result.output
    assert file.read_text().startswith("# mine\n[athlete]\nmax_hr = 188  # measured\n")
    assert call("config", "show", "--config", file, home=tmp_path).exit_code == 0


def test_a_configuration_with_mistakes_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("[athlete]\nmass_kg = 9\n")
    result = call("init", "--yes", "--config", file, home=tmp_path)
    assert result.exit_code == 78
    assert f"{file}: athlete.mass_kg = 9: must be a number" in result.output
    assert file.read_text() == "[athlete]\nmass_kg = 9\n"


@pytest.mark.parametrize(
    ("standing", "option", "value", "sentence"),
    [
        ('[notify]\nmorning = "07:30"\n', "--quiet-hours", "21:00-08:00", "does not go with notify.morning"),
        ("[athlete]\nlthr = 170\n", "--max-hr", "165", "must be higher than lthr"),
        ("[athlete]\nlthr = 70\n", "--resting-hr", "75", "must be lower than lthr, which is 70"),
    ],
)
def test_what_does_not_go_with_what_stands_there_is_refused(
    standing: str, option: str, value: str, sentence: str, tmp_path: Path
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(standing)
    result = call("init", "--yes", option, value, "--config", file, home=tmp_path)
    assert result.exit_code == 2
    assert f"Invalid value for {option}: {sentence}" in result.output
    assert file.read_text() == standing


def test_root_reads_whose_configuration_it_would_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert "You are root: " in call("init", "--yes", home=tmp_path).output
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "You are root: " not in call("init", "--yes", "--config", tmp_path / "b.toml", home=tmp_path).output


def test_a_folder_that_cannot_be_looked_at_is_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / ("a" * 300)
    result = call("init", "--yes", "--folder", folder, home=tmp_path)
    assert result.exit_code == 0, result.output
    assert f"{folder}: is not there yet; hersteld waits for it." in result.output


def test_where_it_cannot_be_written_no_folder_is_made_either(tmp_path: Path) -> None:
    (tmp_path / ".config").touch()
    result = call("init", "--yes", home=tmp_path)
    assert result.exit_code == 1
    assert "could not be written" in result.output
    assert not (tmp_path / "Workouts").exists()


def test_a_link_to_a_file_that_is_not_there_yet_is_followed(tmp_path: Path) -> None:
    configuration(tmp_path).parent.mkdir(parents=True)
    configuration(tmp_path).symlink_to(tmp_path / "dotfiles" / "hersteld.toml")
    result = call("init", "--yes", home=tmp_path)
    assert result.exit_code == 0, result.output
    assert configuration(tmp_path).is_symlink()
    assert tomllib.loads((tmp_path / "dotfiles" / "hersteld.toml").read_text())["watch"] == {"folders": ["~/Workouts"]}
