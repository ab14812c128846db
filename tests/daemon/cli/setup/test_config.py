"""`hersteld config` prints what holds and what may be written; a bad file exits 78 with every problem."""

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.command_line import call

TARGET = '[[notify.targets]]\nname = "phone"\nurl = "ntfys://user:s3cret@ntfy.example.org/anna"\n'
FIVE_MISTAKES = """
[athlete]
experience = "trianed"
mass_kg = 700
max_heart = 188
[notify]
quiet_hours = "late"
[rules.hydration]
first_portion_ml = 5000
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "hersteld.toml"
    path.touch(mode=0o600)
    return path


def run(*arguments: str | Path, home: Path) -> Result:
    return call("config", *arguments, home=home)


def test_show_prints_the_settings_as_toml_with_addresses_masked(file: Path, tmp_path: Path) -> None:
    file.write_text(TARGET)
    result = run("show", "--config", file, "--set", "athlete.mass_kg=72", home=tmp_path)
    assert result.exit_code == 0
    shown = tomllib.loads(result.stdout)
    assert shown["athlete"]["mass_kg"] == 72
    assert shown["notify"]["targets"] == [{"name": "phone", "url": "***"}]
    assert "s3cret" not in result.output


def test_show_prints_json_too(file: Path, tmp_path: Path) -> None:
    file.write_text(TARGET)
    shown = json.loads(run("show", "--json", "--all", "--config", file, home=tmp_path).stdout)
    assert shown["source"] == str(file)
    assert shown["watch"] == {"folders": [str(tmp_path / "Workouts")], "poll_every_s": 60}
    assert shown["rules"]["hydration"]["first_portion_ml"] == 800
    assert "s3cret" not in json.dumps(shown)


def test_show_works_without_a_file(tmp_path: Path) -> None:
    shown = json.loads(run("show", "--json", home=tmp_path).stdout)
    assert shown["source"] is None
    assert shown["athlete"]["experience"] == "beginner"


def test_schema_prints_json(tmp_path: Path) -> None:
    assert json.loads(run("schema", home=tmp_path).stdout)["title"] == "hersteld.toml"


def test_five_mistakes_print_five_lines_and_exit_78(file: Path, tmp_path: Path) -> None:
    file.write_text(FIVE_MISTAKES)
    result = run("show", "--config", file, home=tmp_path)
    assert result.exit_code == 78
    assert result.stdout == ""
    *problems, count = result.stderr.splitlines()
    assert [problem.split(":")[1].split("=")[0].strip() for problem in problems] == [
        "athlete.experience",
        "athlete.mass_kg",
        "athlete.max_heart",
        "notify.quiet_hours",
        "rules.hydration.first_portion_ml",
    ]
    assert all(problem.startswith(f"{file}: ") for problem in problems)
    assert count == "5 problems in the configuration; nothing was done."


def test_a_file_with_an_address_that_others_can_read_is_refused(file: Path, tmp_path: Path) -> None:
    file.write_text(TARGET)
    file.chmod(0o644)
    result = run("show", "--config", file, home=tmp_path)
    assert result.exit_code == 78
    assert f"chmod 600 {file}" in result.stderr
    assert "s3cret" not in result.output


@pytest.mark.parametrize("assignment", ["athlete.mass_kg", "=72"])
def test_an_assignment_without_key_or_value_is_a_usage_error(assignment: str, tmp_path: Path) -> None:
    result = run("show", "--set", assignment, home=tmp_path)
    assert result.exit_code == 2
    assert "KEY=VALUE" in result.stderr


def test_an_address_on_the_command_line_is_not_repeated(tmp_path: Path) -> None:
    result = run("show", "--set", "ntfy://s3cret", home=tmp_path)
    assert result.exit_code == 2
    assert "s3cret" not in result.output
