"""`check` says where the running service watches other folders than the configuration names, or began with another."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.inbox.watched import write_watched
from hersteld.daemon.views.check_watched import check_watched
from tests.support.command_line import call, call_process, environment_in, settings_in
from tests.support.machine.process import Program


def of_folders(home: Path, *words: str) -> list[str]:
    """Return what `check` says of the folders of the service."""
    findings = map(json.loads, call_process("check", "--json", *words, home=home).stdout.splitlines())
    return [one["said"] for one in findings if one["id"] == "check.watches_others"]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Program]:
    """A service whose folders are those of its command line."""
    for name in ("mine", "other", "third"):
        (tmp_path / name).mkdir()
    words = [sys.executable, "-m", "hersteld", "run", str(tmp_path / "mine"), str(tmp_path / "other")]
    with Program(words, environment=environment_in(tmp_path), folder=tmp_path) as running:
        (tmp_path / "mine" / "a.fit").write_text("no FIT")
        running.wait_for_line("a.fit")
        yield running
        running.stop()


def test_the_folders_of_a_running_service_are_named_where_they_are_others(service: Program, tmp_path: Path) -> None:
    named = f"the one that runs watches other folders than this configuration names: {tmp_path}/mine, {tmp_path}/other"
    config = tmp_path / "own.toml"
    config.write_text(f'[watch]\nfolders = ["{tmp_path}/third"]\n')
    assert of_folders(tmp_path) == [named]
    assert of_folders(tmp_path, "--config", str(config)) == [named]
    assert of_folders(tmp_path, "--set", f'watch.folders=["{tmp_path}/mine"]') == [named]
    assert of_folders(tmp_path, "--set", f'watch.folders=["{tmp_path}/other", "{tmp_path}/mine"]') == []
    dutch = call_process("check", "--language", "nl", home=tmp_path).stdout
    assert f"bewaakt andere mappen dan deze configuratie noemt: {tmp_path}/mine, {tmp_path}/other" in dutch
    service.stop()
    assert of_folders(tmp_path) == []


def otherwise(home: Path, *words: str) -> bool:
    """Return whether `check` says that the service was started with another configuration."""
    lines = call_process("check", "--json", *words, home=home).stdout.splitlines()
    return "check.configured_otherwise" in [json.loads(line)["id"] for line in lines]


def test_a_configuration_that_has_changed_since_the_start_is_said_by_check_and_notify_test(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    own = tmp_path / ".config" / "hersteld" / "hersteld.toml"
    own.parent.mkdir(parents=True)
    own.touch(mode=0o600)
    before = '[[notify.targets]]\nname = "phone"\nurl = "json://127.0.0.1:9/s3cret"\n'
    own.write_text(before)
    words = [sys.executable, "-m", "hersteld", "run", str(tmp_path / "mine"), "--set", "athlete.mass_kg=72"]
    with Program(words, environment=environment_in(tmp_path), folder=tmp_path) as running:
        (tmp_path / "mine" / "a.fit").write_text("no FIT")
        running.wait_for_line("a.fit")
        assert not otherwise(tmp_path)
        assert not otherwise(tmp_path, "--set", "athlete.mass_kg=80")
        said = "started with another configuration"
        assert said not in call_process("notify-test", home=tmp_path).stdout
        own.write_text(before.replace("s3cret", "t0psecret"))
        assert otherwise(tmp_path)
        assert said in call_process("notify-test", home=tmp_path).stdout
        own.write_text(f"# as it was\n{before}")
        assert not otherwise(tmp_path)
        own.write_text(before + "[athlete]\nmass_kg = 80\n")
        assert otherwise(tmp_path)
        state = b"".join(file.read_bytes() for file in (tmp_path / "state").iterdir())
        assert b"s3cret" not in state
        running.stop()
    assert not otherwise(tmp_path)


def test_without_a_service_or_a_database_there_is_nothing_to_tell(tmp_path: Path) -> None:
    database = tmp_path / "state" / "hersteld.db"
    assert list(check_watched(settings_in(tmp_path), database)) == []
    with Store(database) as store:
        write_watched(store, [Path("/srv/elsewhere")])
    assert list(check_watched(settings_in(tmp_path), database)) == []
    assert call("check", home=tmp_path).exit_code == 0
