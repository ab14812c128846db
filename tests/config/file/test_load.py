"""What the user writes is what holds; what is wrong is said all at once, with its key and what is allowed."""

from collections.abc import Mapping
from datetime import time
from pathlib import Path

import pytest

from hersteld.config.file.load import load_settings
from hersteld.config.problems import ConfigError
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.messages.quiet_hours import QuietHours
from tests.config.conftest import Write


def problems_of(path: Path | None, environ: Mapping[str, str], **overrides: str) -> list[str]:
    """Return the problems as the user reads them, without the name of the file."""
    given = {key.replace("__", "."): value for key, value in overrides.items()}
    with pytest.raises(ConfigError) as caught:
        load_settings(path, overrides=given, environ=environ, this_year=2026)
    return [str(problem).removeprefix(f"{path}: ") for problem in caught.value.problems]


def test_without_a_file_everything_has_its_default(environ: dict[str, str]) -> None:
    settings = load_settings(None, environ=environ)
    assert settings.source is None
    assert settings.athlete == Athlete(experience_assumed=True)
    assert settings.watch.folders == (Path(environ["HOME"]) / "Workouts",)
    assert settings.notify.quiet_hours == QuietHours(time(22), time(7))
    assert (settings.notify.language, settings.notify.style, settings.notify.targets) == ("en", "brief", ())


def test_every_key_arrives(write: Write, environ: dict[str, str]) -> None:
    path = write("""
        [athlete]
        experience = "trained"
        sex = "female"
        birth_year = 1986
        mass_kg = 61.5
        resting_hr = 48
        lthr = 168
        max_hr = 188
        ftp_w = 210
        conditions = ["raynaud", "injury"]
        food = ["vegan"]
        [watch]
        folders = ["~/Workouts", "$HOME/watch", "${HOME}/phone", "/srv/fit"]
        [notify]
        language = "nl"
        quiet_hours = "23:30-06:15"
        style = "coach"
        [[notify.targets]]
        name = "phone"
        url = "ntfys://ntfy.example.org/anna"
        [rules.hydration]
        first_portion_ml = 700
    """)
    settings = load_settings(path, environ=environ)
    home = Path(environ["HOME"])
    assert settings.athlete == Athlete(
        experience="trained",
        sex="female",
        birth_year=1986,
        mass_kg=61.5,
        resting_hr_bpm=48,
        max_hr_bpm=188,
        lthr_bpm=168,
        ftp_w=210,
        conditions=frozenset({"raynaud", "injury"}),
        food=frozenset({"vegan"}),
    )
    assert settings.watch.folders == (home / "Workouts", home / "watch", home / "phone", Path("/srv/fit"))
    assert settings.notify.language == "nl"
    assert settings.notify.quiet_hours == QuietHours(time(23, 30), time(6, 15))
    assert settings.notify.style == "coach"
    assert [target.name for target in settings.notify.targets] == ["phone"]
    assert settings.notify.targets[0].url.get_secret_value() == "ntfys://ntfy.example.org/anna"
    assert float(settings.rules.hydration.first_portion_ml) == 700
    assert settings.source == path


def test_five_mistakes_are_five_clear_problems(write: Write, environ: dict[str, str]) -> None:
    path = write("""
        [athlete]
        experience = "trianed"
        mass_kg = 700
        max_heart = 188
        [notify]
        quiet_hours = "late"
        [rules.hydration]
        first_portion_ml = 5000
    """)
    assert problems_of(path, environ) == [
        'athlete.experience = "trianed": must be one of: beginner, recreational, trained, elite; did you mean trained?',
        "athlete.mass_kg = 700: must be a number from 20 to 300",
        "athlete.max_heart: there is no such key; did you mean max_hr?",
        'notify.quiet_hours: must be two different times like "22:00-07:00", or "" or false for none',
        "rules.hydration.first_portion_ml = 5000: must be a number from 100 to 800 ml",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[athlete]\nmass_kg = \n", "is not valid TOML, at line 2, column 11"),
        ("max_hr = 180", "max_hr: there is no such key; did you mean athlete.max_hr?"),
        ("[notify]\nulr = 1", "notify.ulr: there is no such key; did you mean url under [[notify.targets]]?"),
        ("athlete = 3", "athlete = 3: must be a table"),
        (
            '[athlete]\nmass_kg = "72"',
            'athlete.mass_kg = "72": must be a number from 20 to 300; did you mean 72 without quotes?',
        ),
        (
            '[rules.hydration]\nportion_ml = "210"',
            'rules.hydration.portion_ml = "210": must be a number from 50 to 250 ml; did you mean 210 without quotes?',
        ),
        ('[athlete]\nmass_kg = "heavy"', "athlete.mass_kg: must be a number from 20 to 300"),
        ("[athlete]\nmass_kg = nan", "athlete.mass_kg = nan: must be a number from 20 to 300"),
        ("[athlete]\nmass_kg = true", "athlete.mass_kg = true: must be a number from 20 to 300"),
        ("[athlete]\nbirth_year = 2025", "athlete.birth_year = 2025: must be a year from 1900 to 2021"),
        ("[athlete]\nresting_hr = 60\nlthr = 60", "athlete.resting_hr = 60: must be lower than lthr, which is 60"),
        (
            "[athlete]\nresting_hr = 119\nmax_hr = 110",
            "athlete.resting_hr = 119: must be lower than max_hr, which is 110",
        ),
        ("[athlete]\nlthr = 190\nmax_hr = 180", "athlete.lthr = 190: must be lower than max_hr, which is 180"),
        ('[watch]\nfolders = ["Workouts"]', "watch.folders#1: must be a folder of this machine"),
        ("[watch]\nfolders = []", "watch.folders: must be a list that is not empty"),
        ('[notify]\nquiet_hours = "22:00-22:00"', 'notify.quiet_hours = "22:00-22:00": must be two different times'),
        ('[notify]\nquiet_hours = "25:00-07:00"', 'notify.quiet_hours = "25:00-07:00": must be two different times'),
        ('[notify]\nlanguage = "de"', "notify.language: must be one of: en, nl"),
        ("[rules.hydratoin]\nx = 1", "rules.hydratoin: there are no such rules; did you mean hydration?"),
        (
            "[rules.hydration]\nfirst_porton_ml = 1",
            "rules.hydration.first_porton_ml: there is no such number; did you mean",
        ),
        ("[rules]\nhydration = 1", "rules.hydration = 1: must be a table: [rules.hydration]"),
        ('[notify.texts]\nreadi = "x"', "notify.texts.readi: there is no such text; did you mean ready?"),
        ('[notify.texts]\nready = "{who}"', "notify.texts.ready: {...} is not known here"),
    ],
)
def test_each_mistake_is_named(text: str, expected: str, write: Write, environ: dict[str, str]) -> None:
    (problem,) = problems_of(write(text), environ)
    assert problem.startswith(expected)


def test_empty_quiet_hours_mean_none(write: Write, environ: dict[str, str]) -> None:
    assert load_settings(write('[notify]\nquiet_hours = ""'), environ=environ).notify.quiet_hours is None


def test_a_named_file_must_exist_and_be_readable_text(tmp_path: Path, write: Write, environ: dict[str, str]) -> None:
    assert problems_of(tmp_path / "none.toml", environ) == [
        "there is no such file; leave --config out to use the one in your configuration folder, if there is one"
    ]
    assert problems_of(tmp_path, environ) == ["cannot be read: is a directory"]
    latin = write("")
    latin.write_bytes(b"# caf\xe9\n")
    assert problems_of(latin, environ) == ["is not UTF-8 text, at byte 5"]


def test_the_file_is_looked_for_in_systemds_folder_then_the_users_own(tmp_path: Path, write: Write) -> None:
    home, xdg, systemd = tmp_path / "home", tmp_path / "xdg", tmp_path / "etc"
    environ = {"HOME": str(home)}
    at_home = write("", "home/.config/hersteld/hersteld.toml")
    assert load_settings(None, environ=environ).source == at_home
    environ["XDG_CONFIG_HOME"] = str(xdg)
    assert load_settings(None, environ=environ).source is None
    at_xdg = write("", "xdg/hersteld/hersteld.toml")
    assert load_settings(None, environ=environ).source == at_xdg
    environ["CONFIGURATION_DIRECTORY"] = str(systemd)
    assert load_settings(None, environ=environ).source == at_xdg
    at_systemd = write("", "etc/hersteld.toml")
    assert load_settings(None, environ=environ).source == at_systemd
    assert load_settings(at_home, environ=environ).source == at_home


def test_the_command_line_wins_over_the_file(write: Write, environ: dict[str, str]) -> None:
    path = write('[athlete]\nmass_kg = 70\nsex = "male"')
    overrides = {
        "athlete.mass_kg": "72",
        "athlete.food": '["vegan"]',
        "notify.language": "nl",
        "notify.quiet_hours": "",
        "rules.hydration.first_portion_ml": "650",
    }
    settings = load_settings(path, overrides=overrides, environ=environ)
    assert settings.athlete == Athlete(experience_assumed=True, mass_kg=72, sex="male", food=frozenset({"vegan"}))
    assert settings.notify.language == "nl"
    assert settings.notify.quiet_hours is None
    assert float(settings.rules.hydration.first_portion_ml) == 650


def test_a_mistake_on_the_command_line_is_said_to_be_there(write: Write, environ: dict[str, str]) -> None:
    path = write("[athlete]\nftp_w = 1")
    assert problems_of(path, environ, athlete__mass_kg="heavy", athlet__mass_kg="70", mass_kg="70") == [
        "--set: athlete.mass_kg: must be a number from 20 to 300",
        "athlete.ftp_w = 1: must be a number from 30 to 700",
        "--set: athlet: there is no such table; did you mean athlete?",
        "--set: mass_kg: there is no such key; did you mean athlete.mass_kg?",
    ]


@pytest.mark.parametrize(
    "key", ["athlete.", ".mass_kg", "athlete..mass_kg", "athlete.mass_kg.max_hr", "notify.style.x"]
)
def test_a_key_of_the_command_line_that_is_none_is_a_problem(key: str, environ: dict[str, str]) -> None:
    (problem,) = problems_of(None, environ, **{"athlete.mass_kg": "72", "notify.style": "coach", key: "70"})
    assert problem.startswith("--set: ")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("notify.targets", '[{name = "a", url = "ntfy://s3cret"}]'),
        ("notify", '{targets = [{name = "a", url = "ntfy://s3cret"}]}'),
        ("notify", '{targets = [{name = "a", url = "ntfy:\\u002f/s3cret"}]}'),
        ("notify", '{language = "nl"}'),  # would take the targets of the file away, unseen
        ("notify.urls_file", "ntfy://s3cret"),
        ("notify.texts", '{plain = "ntfy://s3cret"}'),
        ("ntfy://s3cret?title", "x"),
    ],
)
def test_an_address_does_not_belong_on_the_command_line(
    key: str, value: str, write: Write, environ: dict[str, str]
) -> None:
    path = write('[[notify.targets]]\nname = "phone"\nurl = "desktop://"')
    with pytest.raises(ConfigError) as caught:
        load_settings(path, overrides={key: value}, environ=environ)
    (problem,) = map(str, caught.value.problems)
    assert problem.startswith("--set: notify.targets: addresses are secret")
    assert "s3cret" not in problem


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("plan.calendar", "must be a file or a folder of this machine"),
        ("plan.attendee", "must be your mail address"),
        ("watch.folders", "must be a list"),
        ("notify.morning", "must be a local time"),
        ("notify.language", "must be one of: en, nl"),
        ("athlete.sex", "must be "),
        ("rules.glycogen.meal_load", "must be a number"),
    ],
)
def test_an_address_for_a_key_that_is_no_target_gets_the_sentence_of_that_key(
    key: str, said: str, environ: dict[str, str]
) -> None:
    (problem,) = problems_of(None, environ, **{key: "https://s3cret.example.org/a.ics"})
    assert problem.startswith(f"--set: {key}: ")
    assert said in problem
    assert "s3cret" not in problem
