"""`hersteld check` tries the broker once and says what came of it, in words that help."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from hersteld.config.settings import HomeAssistant
from hersteld.config.texts.speech import said
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.health.record import Health, HealthFile
from hersteld.daemon.home_assistant import check as module
from hersteld.daemon.home_assistant.check import check_home_assistant
from hersteld.daemon.home_assistant.library import NotInstalled
from hersteld.daemon.home_assistant.refusals import NOT_ALLOWED
from hersteld.daemon.home_assistant.sensors import OFFLINE, topics_of
from hersteld.daemon.views.check import Finding
from hersteld.parsers.line import Line
from tests.daemon.home_assistant.conftest import settings_for
from tests.support.command_line import call
from tests.support.mqtt.broker import Broker, certificates_in, free_port
from tests.support.mqtt.listener import Listener
from tests.support.mqtt.old_broker import OldBroker

NOW = datetime.now(UTC)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "state" / "hersteld.db"
    with Store(path):
        pass
    return path


def found(settings: HomeAssistant, database: Path) -> list[Finding]:
    return list(check_home_assistant(settings, database, NOW))


def only(settings: HomeAssistant, database: Path) -> tuple[str, str]:
    """Return the state and the text of the one finding, which has advice unless all is well."""
    (finding,) = found(settings, database)
    assert finding.what == "home_assistant"
    assert (finding.advice is None) == (finding.state == "ok")
    return finding.state, said(finding.line)


def test_without_a_broker_nothing_is_looked_at(database: Path) -> None:
    assert found(HomeAssistant(), database) == []


def test_a_broker_that_takes_our_word_is_ok_and_hears_nothing(broker: Broker, database: Path) -> None:
    with Listener(broker) as listener:
        state, text = only(settings_for(broker, node_id="anna", name="Anna"), database)
        assert state == "ok"
        assert text == "the broker accepts hersteld; the device is called Anna (node_id anna)"
        listener.say("mark", "1")
        assert [topic for topic, _, _ in listener.heard] == ["mark"]


def test_the_service_stays_connected_while_it_is_tried(broker: Broker, database: Path) -> None:
    """The broker would end the connection of somebody of the same name."""
    from hersteld.daemon.home_assistant.reporter import Reporter

    topics = topics_of(HomeAssistant())
    reporter = Reporter(settings_for(broker))
    reporter.start()
    try:
        with Listener(broker) as listener:
            listener.wait_for(topics.availability, "online")
            assert only(settings_for(broker), database)[0] == "ok"
            listener.say("mark", "1")
            assert OFFLINE not in listener.payloads(topics.availability)
    finally:
        reporter.close()


def test_an_old_broker_is_ok_too(broker: Broker, database: Path) -> None:
    with OldBroker(broker) as old:
        assert only(settings_for(old), database)[0] == "ok"


def test_a_broker_that_is_away_may_come_back(database: Path) -> None:
    settings = HomeAssistant(broker=SecretStr(f"mqtt://anna:s3cret@127.0.0.1:{free_port()}"))
    state, text = only(settings, database)
    assert state == "warn"
    assert text == "the broker cannot be reached: the server refused the connection"


def test_a_wrong_password_is_to_be_corrected(tmp_path: Path, database: Path) -> None:
    with Broker(tmp_path, users={"anna": "s3cret"}) as broker:
        state, text = only(settings_for(broker, "anna:other@"), database)
        assert state == "bad"
        assert "the broker refuses user and password" in text


def test_a_certificate_that_nobody_vouches_for_and_a_file_that_is_none(tmp_path: Path, database: Path) -> None:
    with Broker(tmp_path, certificates=certificates_in(tmp_path)) as broker:
        assert "is its certificate valid?" in only(settings_for(broker), database)[1]
        state, text = only(settings_for(broker, ca_file=tmp_path / "none.pem"), database)
        assert (state, "home_assistant.ca_file cannot be read" in text) == ("bad", True)


def test_a_missing_library_is_to_be_installed(broker: Broker, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise NotInstalled

    monkeypatch.setattr(module, "mqtt_client", missing)
    state, text = only(settings_for(broker), database)
    assert state == "bad"
    assert "pip install '.[mqtt]'" in text


@pytest.fixture
def running(database: Path) -> Iterator[HealthFile]:
    """A service that runs on the database, and what it says of itself."""
    with DatabaseLock(database) as lock:
        lock.looked(NOW)
        yield HealthFile(database)


@pytest.mark.parametrize(("untold", "states"), [(NOT_ALLOWED, ["ok", "warn"]), (None, ["ok"])])
def test_what_only_the_service_knows_is_told_beside(
    untold: Line | None, states: list[str], broker: Broker, database: Path, running: HealthFile
) -> None:
    running.write(Health(pid=os.getpid(), alive_at=NOW, looked_at=NOW, untold=untold))
    findings = found(settings_for(broker), database)
    assert [finding.state for finding in findings] == states
    assert ("does not let this user write" in said(findings[-1].line)) == (untold is not None)


@pytest.mark.parametrize(
    ("language", "word"), [("en", "the broker accepts hersteld"), ("nl", "de broker laat hersteld toe")]
)
def test_the_command_says_it_and_shows_no_secret(language: str, word: str, broker: Broker, tmp_path: Path) -> None:
    config = tmp_path / ".config" / "hersteld" / "hersteld.toml"
    config.parent.mkdir(parents=True)
    config.touch(mode=0o600)
    config.write_text(f'[home_assistant]\nbroker = "mqtt://anna:s3cret@127.0.0.1:{broker.port}"\n')
    for words in (["check"], ["check", "--json"], ["config", "show"], ["config", "show", "--json"]):
        result = call(*words, "--language", language, home=tmp_path)
        assert "s3cret" not in result.output
        if words == ["check"]:
            assert f"Home Assistant: {word}" in result.stdout
    (finding,) = (
        one
        for one in map(json.loads, call("check", "--json", home=tmp_path).stdout.splitlines())
        if one["what"] == "home_assistant"
    )
    assert (finding["state"], finding["id"]) == ("ok", "check.home_assistant_ok")
