"""The commands as a whole: documented, quick to help, never with a traceback, and the small ones at work."""

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from hersteld import __version__
from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.cli.main import cli
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.check import Finding, check_machine
from hersteld.parsers.line import Line
from tests.daemon.cli.look.test_plan import ASSESSMENT, SAMPLES, TOP, VENDOR, WORKOUT
from tests.support.command_line import AMSTERDAM, call, call_process, environment_in

DOCS = (Path(__file__).parents[3] / "docs" / "commands.md").read_text(encoding="utf-8")


def commands(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    """Yield every command below a group with its full name."""
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        assert command is not None
        yield f"{name} {word}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")


def section_of(name: str) -> str:
    """Return the part of the page about a command (of a group, for what is below it)."""
    top = " ".join(name.split()[:2])
    found = re.search(rf"^## {re.escape(top)}$(.*?)(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL)
    assert found, f"docs/commands.md has no section {top}"
    return found[1]


ALL = dict(commands(cli, "hersteld"))


@pytest.mark.parametrize("name", ALL)
def test_every_command_and_option_is_documented(name: str) -> None:
    section = section_of(name)
    assert name in DOCS
    for parameter in ALL[name].params:
        if isinstance(parameter, click.Option):
            assert any(f"`{word}" in section for word in parameter.opts), f"{name} {parameter.opts}"


def test_every_option_of_the_whole_is_documented() -> None:
    for parameter in cli.params:
        assert all(word in DOCS for word in parameter.opts), parameter.opts


def test_every_key_of_the_contract_is_documented() -> None:
    section = section_of("hersteld plan")
    keys = TOP | WORKOUT | VENDOR | SAMPLES | ASSESSMENT | {"samples", "text", "values", "reasons", "kind", "source"}
    assert {key for key in keys if f"`{key}`" not in section} == set()


def test_every_phrase_is_used() -> None:
    source = "".join(path.read_text() for path in (Path(__file__).parents[3] / "daemon").rglob("*.py"))
    words = set(re.findall(r"""["'](?:commands\.)?(\w+)["']""", source))
    computed = {f"{prefix}_{word}" for prefix in ("status", "history", "explain") for word in words}
    computed |= {"plan_ignored", "plan_incomplete", "plan_rejected"}  # the statuses of a file
    phrases = {id_.partition(".")[2] for id_ in load_texts("en").templates if id_.startswith("commands.")}
    assert len(phrases) > 50
    assert phrases - words - computed == set()


def test_version(tmp_path: Path) -> None:
    assert call("--version", home=tmp_path).stdout == f"hersteld {__version__}\n"


def test_an_unknown_command_is_a_usage_error(tmp_path: Path) -> None:
    assert call("recover", home=tmp_path).exit_code == 2


def test_a_state_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "hersteld.db").write_bytes(b"this is no database" * 100)
    result = call_process("status", home=tmp_path)
    assert result.returncode == 1
    assert result.stderr.startswith("Error: ")
    assert "is damaged" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["run", "plan", "status", "history", "explain", "notify-test"])
def test_bad_configuration_exits_78_everywhere(command: str, tmp_path: Path) -> None:
    file = tmp_path / "ride.fit"
    file.write_bytes(b"")
    files = [str(file)] if command == "plan" else []
    words = [command, *files, "--set", "athlete.mass_kg=heavy", "--set", "watch.fold=x"]
    result = call_process(*words, home=tmp_path)
    assert result.returncode == 78
    assert "athlete.mass_kg" in result.stderr
    assert "watch.fold" in result.stderr
    assert "2 problems in the configuration; nothing was done." in result.stderr
    assert "Traceback" not in result.stderr


# --- check


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


def test_check_tells_whether_hersteld_runs_on_this_database(tmp_path: Path) -> None:
    no_systemd = environment_in(tmp_path) | {"PATH": str(tmp_path)}

    def service() -> Finding:
        (found,) = (one for one in check_machine(no_systemd, datetime.now(AMSTERDAM)) if one.what == "service")
        return found

    assert service().line.id == "check.service_stopped"
    with DatabaseLock(database_path(no_systemd)) as lock:
        lock.looked(datetime(2026, 5, 6, 7, 3, tzinfo=UTC))
        running = {"process": str(os.getpid()), "moment": "2026-05-06 09:03"}
        assert service() == Finding("service", "ok", Line("check.service_runs_as", running))
    assert service().state == "warn"


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


def test_check_refuses_an_address_without_showing_it(tmp_path: Path) -> None:
    config = tmp_path / "own.toml"
    config.touch(mode=0o600)
    config.write_text('[[notify.targets]]\nname = "phone"\nurl = "nosuchservice://s3cret-token"\n')
    result = call("check", "--config", config, home=tmp_path)
    assert result.exit_code == 78  # as `run` and `notify-test` would
    assert f'bad   target: {config}: notify.targets: the address of "phone"' in result.stdout
    assert "s3cret" not in result.output


# --- notify-test


def test_without_targets_the_test_goes_to_the_log(tmp_path: Path) -> None:
    result = call("notify-test", "--json", "--language", "nl", home=tmp_path)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"target": "log", "ok": True, "reason": None}
    assert "hersteld: test" in result.stderr
    assert call("notify-test", "telephone", home=tmp_path).exit_code == 2


def test_a_target_that_does_not_take_it_makes_it_fail(tmp_path: Path) -> None:
    config = tmp_path / "own.toml"
    config.touch(mode=0o600)
    config.write_text('[[notify.targets]]\nname = "phone"\nurl = "json://user:s3cret@127.0.0.1:9/"\n')
    result = call("notify-test", "--config", config, home=tmp_path)
    assert result.exit_code == 1
    assert "phone: not delivered: the server refused the connection." in result.stdout
    assert "s3cret" not in result.output


# --- demo


@pytest.mark.parametrize(
    ("language", "first", "last"), [("en", "Hard ride, 2 h", "Recovered"), ("nl", "Zware rit, 2 u", "Hersteld")]
)
def test_the_demo_plays_a_week_and_leaves_nothing(language: str, first: str, last: str, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    result = call_process("demo", "--language", language, home=tmp_path, extra={"TMPDIR": str(scratch)})
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.index(first) < result.stdout.rindex(last)
    assert list(scratch.iterdir()) == []
    assert list(tmp_path.iterdir()) == [scratch]


def test_the_demo_is_for_scripts_too(tmp_path: Path) -> None:
    events = [json.loads(line) for line in call("demo", "--json", home=tmp_path).stdout.splitlines()]
    moments = [event["at"] for event in events]
    assert moments == sorted(moments)
    assert [event["event"] for event in events].count("file") == 9
    messages = [event for event in events if event["event"] == "message"]
    assert all(message["title"] and len(message["body"]) <= 600 for message in messages)
    assert sum("Information, not medical advice" in message["body"] for message in messages) == 1
