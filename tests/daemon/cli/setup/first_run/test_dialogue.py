"""On a real terminal: every question, its default, a mistake, a way back, Ctrl-C, and a second run."""

import io
import sys
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from hersteld.daemon.cli.setup.first_run.dialogue import Declined, Dialogue
from hersteld.daemon.setup.standing import standing
from hersteld.parsers.workout import DeviceProfile
from hersteld.parsers.writing.encode import Recorded, encode_activity
from tests.support.command_line import environment_in
from tests.support.fit.corpus import corpus_bytes
from tests.support.terminal import CTRL_C, CTRL_D, Terminal

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
ANNA = DeviceProfile(mass_kg=72.4, max_hr_bpm=188, resting_hr_bpm=48)
FENIX = "dtcooper__python-fitparse/tests/files/garmin-fenix-5-run.fit"
QUESTIONS = (
    "Which language shall messages and commands have?",
    "Where do the files of your watch arrive?",
    "How much are you used to training?",
    "In which year were you born?",
    "What is your body mass, in kilograms?",
    "What is your maximum heart rate, in beats per minute?",
    "What is your resting heart rate, in beats per minute?",
    "What is your functional threshold power (FTP), in watts?",
    "Is there anything that advice must take care of?",
    "When must nothing be sent?",
    "Who shall get the messages?",
)
NOBODY = "4"


def put(folder: Path, device: str, profile: DeviceProfile, days_ago: int = 0) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    begun = NOON - timedelta(days=days_ago, minutes=10)
    steady = Recorded(heart_rate_bpm=[150] * 600)
    (folder / f"{device}.fit").write_bytes(encode_activity(begun, "running", steady, device=device, profile=profile))


def configuration(home: Path) -> Path:
    return home / ".config" / "hersteld" / "hersteld.toml"


def written(home: Path) -> dict[str, Any]:
    return tomllib.loads(configuration(home).read_text())


def init(home: Path, *words: str, extra: Mapping[str, str] | None = None) -> Terminal:
    # Without systemctl, so that no service is offered; tests/daemon/cli/setup/first_run/test_unit.py has one.
    environment = {**environment_in(home), "PATH": str(home / "none"), **(extra or {})}
    return Terminal("init", *words, environment=environment, folder=home)


def finish(terminal: Terminal, home: Path) -> dict[str, Any]:
    """Agree to what would be written, and return what stands in the file."""
    terminal.answers("Write it?")
    assert terminal.ends() == 0, terminal.screen
    return written(home)


def test_enter_takes_every_default_and_what_real_files_say(tmp_path: Path) -> None:
    (tmp_path / "Workouts").mkdir()
    (tmp_path / "Workouts" / "a.fit").write_bytes(corpus_bytes(FENIX))
    with init(tmp_path) as terminal:
        for question in QUESTIONS[:-1]:
            terminal.answers(question)
        terminal.answers(QUESTIONS[-1], NOBODY)
        assert finish(terminal, tmp_path) == {
            "athlete": {"experience": "beginner", "birth_year": 1979, "resting_hr": 47, "conditions": []},
            "watch": {"folders": ["~/Workouts"]},
            "notify": {"language": "en", "quiet_hours": "22:00-07:00"},
        }
    assert "1979 (garmin fenix5, 11 Jun 2017)" in terminal.screen
    assert "68 kg (garmin fenix5, 11 Jun 2017) is what the watch left the factory with" in terminal.screen
    assert configuration(tmp_path).stat().st_mode & 0o777 == 0o600


def test_every_question_can_be_answered_in_dutch(tmp_path: Path) -> None:
    with init(tmp_path) as terminal:
        terminal.answers(QUESTIONS[0], "Nederlands")
        terminal.reads("Er is geen map met FIT-bestanden gevonden.")
        terminal.answers("Waar komen de bestanden van je horloge aan?", "~/Sport")
        terminal.answers(f"{tmp_path}/Sport is er niet. Aanmaken?", "j")
        terminal.answers("Hoeveel training ben je gewend?", "getraind")
        terminal.answers("In welk jaar ben je geboren?", "1986")
        terminal.answers("Hoeveel weeg je", "72,4 kg")
        terminal.answers("Wat is je maximale hartslag", "188")
        terminal.answers("Wat is je hartslag in rust", "48")
        terminal.answers("Wat is je drempelvermogen", "241")
        terminal.answers("Is er iets waar adviezen rekening mee moeten houden?", "hoge bloeddruk, 9")
        terminal.answers("Wanneer mag er niets worden verstuurd?", "-")
        terminal.answers("Wie krijgt de berichten?", NOBODY)
        terminal.answers("Zo opslaan?", "ja")
        assert terminal.ends() == 0, terminal.screen
    assert (tmp_path / "Sport").is_dir()
    assert written(tmp_path) == {
        "athlete": {
            "experience": "trained",
            "birth_year": 1986,
            "mass_kg": 72.4,
            "max_hr": 188,
            "resting_hr": 48,
            "ftp_w": 241,
            "conditions": ["blood_pressure", "injury"],
        },
        "watch": {"folders": ["~/Sport"]},
        "notify": {"language": "nl", "quiet_hours": ""},
    }


GIVEN = {
    "--language": "en",
    "--folder": ".",
    "--experience": "trained",
    "--birth-year": "1986",
    "--mass-kg": "72",
    "--max-hr": "188",
    "--resting-hr": "48",
    "--ftp-w": "241",
    "--condition": "heart",
    "--quiet-hours": "22:00-07:00",
}


def given_but(*options: str) -> list[str]:
    """Return the words of a command line that answers all questions but these, and the target."""
    return [word for option in GIVEN.items() if option[0] not in options for word in option]


LISTED = "choose from the list, by number or word"
MISTAKES = (
    [("de", LISTED)],
    [
        ("Workouts", "it must be a folder of this machine, beginning with / or ~/"),
        ("~/.profile", "this is a file, and no folder"),
        ("3", "choose a number from 1 to 1"),
    ],
    [("9", LISTED)],
    [("86", "it must be a whole number, 1900 or more")],
    [("9 st", "it must be a number from 20 to 300")],
    [("999", "it must be a number from 100 to 230"), ("48", "it must be a number from 100 to 230")],
    [("slow", "it must be a number from 25 to 120")],
    [("1", "it must be a number from 30 to 700")],
    [("toes", LISTED), ("1, toes", LISTED)],
    [("late", "it must be two different times, like 22:00-07:00, or - for none")],
    [("5", "choose a number from 1 to 4"), ("phone", "choose a number from 1 to 4")],
)
"""What is no answer to each question, and what is said of it."""


def test_each_mistake_is_explained_and_its_question_asked_again(tmp_path: Path) -> None:
    put(tmp_path / "Workouts", "watch", ANNA)
    (tmp_path / ".profile").touch()
    with init(tmp_path) as terminal:
        for question, mistakes in zip(QUESTIONS, MISTAKES, strict=True):
            terminal.reads(question)
            for mistake, sentence in mistakes:
                terminal.reads("> ")
                terminal.types(mistake)
                terminal.reads(f"That cannot be: {sentence}.\n")
            terminal.reads("> ")
            terminal.types(NOBODY if question == QUESTIONS[-1] else "")
        assert finish(terminal, tmp_path)["athlete"]["max_hr"] == 188


def test_each_level_of_experience_is_explained_where_it_is_asked(tmp_path: Path) -> None:
    with init(tmp_path, *given_but("--experience"), "--desktop") as terminal:
        terminal.reads(QUESTIONS[2])
        terminal.reads("  1  beginner: new to it, or back after a long break; gets a rest day between workouts\n")
        terminal.reads("  [beginner] > ")
        terminal.types("3")
        assert finish(terminal, tmp_path)["athlete"]["experience"] == "trained"


def test_where_nothing_can_be_written_nothing_is_asked(tmp_path: Path) -> None:
    (tmp_path / ".config").touch()
    with init(tmp_path) as terminal:
        terminal.reads("hersteld.toml could not be written: not a directory.")
        assert terminal.ends() == 1
    assert QUESTIONS[0] not in terminal.screen


def test_what_is_given_on_the_command_line_is_not_asked(tmp_path: Path) -> None:
    with init(tmp_path, *given_but(), "--desktop") as terminal:
        finish(terminal, tmp_path)
    assert not [question for question in QUESTIONS if question in terminal.screen]


def test_a_given_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with init(tmp_path, *given_but("--folder"), "--folder", "Sport", "--desktop") as terminal:
        terminal.reads(f"{tmp_path}/Sport: is not there yet; hersteld waits for it.")
        assert finish(terminal, tmp_path)["watch"]["folders"] == ["~/Sport"]


def test_there_is_a_way_back_from_every_question(tmp_path: Path) -> None:
    put(tmp_path / "Workouts", "watch", ANNA)
    with init(tmp_path) as terminal:
        terminal.answers(QUESTIONS[0], "<")  # where there is nothing before, it is asked again
        for before, question in pairwise(QUESTIONS):
            terminal.answers(before)
            terminal.answers(question, "<")
            terminal.answers(before)
        terminal.answers(QUESTIONS[-1], NOBODY)
        terminal.answers("Write it?", "<")
        terminal.answers(QUESTIONS[-1], "2")
        terminal.answers("Send a test message now?", "no")
        assert finish(terminal, tmp_path)["notify"]["targets"] == [{"name": "desktop", "url": "desktop://"}]


def test_an_answer_that_is_given_anew_takes_the_place_of_the_first(tmp_path: Path) -> None:
    put(tmp_path / "Workouts", "watch", ANNA)
    with init(tmp_path, *given_but("--mass-kg", "--max-hr")) as terminal:
        terminal.answers(QUESTIONS[4], "80,5")
        terminal.answers(QUESTIONS[5], "<")
        terminal.reads("[80.5] > ")
        terminal.types("79")
        terminal.answers(QUESTIONS[5], "-")
        terminal.answers(QUESTIONS[-1], NOBODY)
        athlete = finish(terminal, tmp_path)["athlete"]
    assert athlete["mass_kg"] == 79
    assert "max_hr" not in athlete


@pytest.mark.parametrize(
    ("key", "number"), [*((CTRL_C, number) for number in range(len(QUESTIONS) + 1)), (CTRL_D, 4), (CTRL_D, 11)]
)
def test_whoever_stops_at_a_question_has_written_nothing(key: str, number: int, tmp_path: Path) -> None:
    put(tmp_path / "Workouts", "watch", ANNA)
    with init(tmp_path) as terminal:
        for question in QUESTIONS[:number]:
            terminal.answers(question, NOBODY if question == QUESTIONS[-1] else "")
        terminal.answers([*QUESTIONS, "Write it?"][number], key)
        terminal.reads("Nothing was written.")
        assert terminal.ends() == 130
    assert not (tmp_path / ".config").exists()
    assert "Traceback" not in terminal.screen


@pytest.mark.parametrize(("stop", "exit_code"), [(CTRL_C, 130), ("no", 0)])
def test_a_folder_is_made_only_once_the_configuration_is_written(stop: str, exit_code: int, tmp_path: Path) -> None:
    with init(tmp_path, *given_but("--folder"), "--desktop") as terminal:
        terminal.answers(QUESTIONS[1])
        terminal.answers(f"{tmp_path}/Workouts is not there. Make it?", "yes")
        terminal.answers("Write it?", stop)
        terminal.reads("Nothing was written.")
        assert terminal.ends() == exit_code
    assert list(tmp_path.iterdir()) == []


def test_whoever_does_not_want_it_written_has_written_nothing(tmp_path: Path) -> None:
    with init(tmp_path, *given_but(), "--desktop") as terminal:
        terminal.answers("Write it?", "perhaps")
        terminal.reads("That cannot be: answer yes or no.")
        terminal.reads("> ")
        terminal.types("no")
        terminal.reads("Nothing was written.")
        assert terminal.ends() == 0
    assert not (tmp_path / ".config").exists()


# --- devices


def test_two_devices_that_differ_are_both_shown(tmp_path: Path) -> None:
    put(tmp_path / "Workouts", "watch", ANNA)
    put(tmp_path / "Workouts", "bike", DeviceProfile(mass_kg=74, max_hr_bpm=192), days_ago=2)
    with init(tmp_path, *given_but("--folder", "--max-hr"), "--desktop") as terminal:
        terminal.answers(QUESTIONS[1])
        terminal.reads(QUESTIONS[5])
        terminal.reads("188 bpm (development watch, 6 May 2026)\n  192 bpm (development bike, 4 May 2026)\n  [188] > ")
        terminal.types("192")
        assert finish(terminal, tmp_path)["athlete"]["max_hr"] == 192
    assert "or your highest peaks. By development\n# bike on 4 May 2026." in configuration(tmp_path).read_text()


def test_of_several_athletes_no_number_is_a_default(tmp_path: Path) -> None:
    put(tmp_path / "Workouts", "watch", ANNA)
    put(tmp_path / "Workouts", "bike", DeviceProfile(mass_kg=95, max_hr_bpm=179))
    with init(tmp_path, *given_but("--folder", "--max-hr"), "--desktop") as terminal:
        terminal.answers(QUESTIONS[1])
        terminal.reads("The files seem to be of several athletes.")
        terminal.reads(QUESTIONS[5])
        terminal.reads("[-] > ")
        terminal.types("")
        assert "max_hr" not in finish(terminal, tmp_path)["athlete"]


# --- a second run


def test_run_again_only_what_is_missing_is_asked_and_comments_survive(tmp_path: Path) -> None:
    file = configuration(tmp_path)
    file.parent.mkdir(parents=True)
    file.write_text(
        '# mine\n[athlete]\nmax_hr = 188  # measured\nexperience = "trained"\nbirth_year = 1986\nmass_kg = 72\n'
        'resting_hr = 48\nconditions = []\n[watch]\nfolders = ["~/Workouts"] # all\n[notify]\nlanguage = "en"\n'
    )
    with init(tmp_path) as terminal:
        terminal.reads("  maximum heart rate: 188 bpm\n")
        terminal.answers(QUESTIONS[7], "241")
        terminal.answers(QUESTIONS[9], "21:00-06:00")
        terminal.answers(QUESTIONS[10], "2")
        terminal.answers("Send a test message now?", "no")
        terminal.reads("  +ftp_w = 241\n")
        finish(terminal, tmp_path)
    asked = [question for question in QUESTIONS if question in terminal.screen]
    assert asked == [QUESTIONS[7], QUESTIONS[9], QUESTIONS[10]]
    text = file.read_text()
    assert "max_hr = 188  # measured\n" in text
    assert "# mine\n" in text
    assert "# all\n" in text
    with init(tmp_path) as terminal:
        terminal.reads("Nothing is missing, and nothing was changed.")
        assert terminal.ends() == 0
    assert file.read_text() == text


def test_a_file_that_changes_while_one_is_asked_is_left_as_it_is(tmp_path: Path) -> None:
    file = configuration(tmp_path)
    file.parent.mkdir(parents=True)
    file.write_text("# mine\n")
    with init(tmp_path, *given_but(), "--desktop") as terminal:
        terminal.reads("Write it?")
        file.write_text("# another's\n")
        terminal.types("")
        terminal.reads("was changed meanwhile")
        assert terminal.ends() == 1
    assert file.read_text() == "# another's\n"


def test_a_terminal_that_does_not_know_the_letters_shows_what_it_can(tmp_path: Path) -> None:
    put(tmp_path / "Größe", "watch", ANNA)
    extra = {"PYTHONIOENCODING": "latin-1"}
    with init(tmp_path, *given_but("--folder"), "--folder", "Größe", "--desktop", extra=extra) as terminal:
        assert finish(terminal, tmp_path)["watch"]["folders"] == ["~/Größe"]


# --- in this process, where each way of an answer is seen


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def asked(home: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> Dialogue:
    """Answer every question of a dialogue in a home of its own."""
    for name, value in environment_in(home).items():
        monkeypatch.setenv(name, value)
    typing(monkeypatch, *lines)
    dialogue = Dialogue(standing(configuration(home), None), {}, (), frozenset())
    dialogue.run()
    return dialogue


def test_the_questions_lead_to_the_text_that_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "Workouts", "watch", ANNA)
    put(tmp_path / "Garmin", "bike", DeviceProfile(mass_kg=72.4, max_hr_bpm=192), days_ago=2)
    dialogue = asked(
        *(tmp_path, monkeypatch, "en", "9", "1 2", "<", "", "trained", "-", "", "192", "", "-", "heart, 9", "-"),
        *("4", "<", "2", "no", ""),
    )
    document = tomllib.loads(dialogue.text)
    assert document["athlete"] == {
        "experience": "trained",
        "mass_kg": 72.4,
        "max_hr": 192,
        "resting_hr": 48,
        "conditions": ["heart", "injury"],
    }
    assert sorted(document["watch"]["folders"]) == ["~/Garmin", "~/Workouts"]
    assert document["notify"]["quiet_hours"] == ""
    assert document["notify"]["targets"] == [{"name": "desktop", "url": "desktop://"}]
    assert not configuration(tmp_path).exists()


def test_a_folder_may_be_typed_and_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "Workouts", "watch", ANNA)
    lines = ("", "relative", "~/Workouts/watch.fit", "~/New", "yes", *[""] * 8, "4", "yes")
    dialogue = asked(tmp_path, monkeypatch, *lines)
    assert tomllib.loads(dialogue.text)["watch"]["folders"] == ["~/New"]
    assert dialogue.to_make == (tmp_path / "New",)


def test_every_question_about_the_athlete_can_be_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "Workouts", "watch", ANNA)
    text = asked(tmp_path, monkeypatch, "", "", *["-"] * 9, "").text
    assert tomllib.loads(text) == {
        "athlete": {"conditions": []},
        "watch": {"folders": ["~/Workouts"]},
        "notify": {"language": "en", "quiet_hours": ""},
    }
    assert "# experience =\n" in text


def test_a_no_at_the_end_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Declined):
        asked(tmp_path, monkeypatch, "", "", "no", *[""] * 8, "4", "no")
