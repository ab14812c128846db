"""What is shown is what holds, can be read back, and hides every address."""

import tomllib
from dataclasses import replace

from hersteld.config.file.load import load_settings
from hersteld.config.file.show import settings_toml
from hersteld.config.rules import rule_table
from tests.config.conftest import Write

FULL = """
[athlete]
experience = "trained"
sex = "male"
birth_year = 1986
mass_kg = 72.25
conditions = ["injury"]
[watch]
folders = ['/srv/a "b" \\ c']
[notify]
language = "nl"
quiet_hours = "23:00-06:30"
[notify.texts]
ready = "Klaar\\tvoor 'meer' — é."
[rules.hydration]
first_portion_ml = 650
"""
TARGET = '[[notify.targets]]\nname = "phone"\nurl = "ntfys://user:s3cret@ntfy.example.org/anna"\n'


def test_an_address_is_masked_and_its_service_too(write: Write, environ: dict[str, str]) -> None:
    shown = settings_toml(load_settings(write(TARGET), environ=environ))
    assert tomllib.loads(shown)["notify"]["targets"] == [{"name": "phone", "url": "***"}]
    assert "s3cret" not in shown
    assert "ntfy" not in shown


def test_a_topic_for_answers_and_its_token_are_masked(write: Write, environ: dict[str, str]) -> None:
    reply = 'reply = "https://ntfy.example.org/w8woord"\nreply_token = "tk_g3heim"\n'
    shown = settings_toml(load_settings(write(TARGET + reply), environ=environ))
    expected = {"name": "phone", "url": "***", "reply": "***", "reply_token": "***"}
    assert tomllib.loads(shown)["notify"]["targets"] == [expected]


def test_what_a_target_says_of_pictures_is_shown_and_nothing_where_it_says_nothing(
    write: Write, environ: dict[str, str]
) -> None:
    shown = settings_toml(load_settings(write(TARGET + "picture = true\n"), environ=environ))
    assert tomllib.loads(shown)["notify"]["targets"] == [{"name": "phone", "url": "***", "picture": True}]
    assert tomllib.loads(shown)["notify"]["picture"] is True


def test_what_is_shown_can_be_read_back_as_the_same_settings(write: Write, environ: dict[str, str]) -> None:
    path = write(FULL)
    settings = load_settings(path, environ=environ)
    again = load_settings(write(settings_toml(settings), "again.toml"), environ=environ)
    assert replace(again, source=path) == settings
    assert f"# {path}\n" in settings_toml(settings)


def test_only_the_rules_the_user_changed_are_shown_unless_all_are_asked_for(
    write: Write, environ: dict[str, str]
) -> None:
    settings = load_settings(write(FULL), environ=environ)
    assert tomllib.loads(settings_toml(settings))["rules"] == {"hydration": {"first_portion_ml": 650}}
    everything = tomllib.loads(settings_toml(settings, all_rules=True))["rules"]
    expected = {
        section: {name: entry["value"] for name, entry in entries.items()} for section, entries in rule_table().items()
    }
    expected["hydration"]["first_portion_ml"] = 650
    assert everything == expected


def test_a_rule_is_shown_with_its_standing(write: Write, environ: dict[str, str]) -> None:
    shown = settings_toml(load_settings(write(FULL), environ=environ))
    assert "first_portion_ml = 650  # 100 to 800 ml; A: article key 3" in shown
