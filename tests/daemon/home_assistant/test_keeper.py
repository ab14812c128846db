"""Home Assistant hears what is new when it is, and the service hears nothing of a broker that is away."""

import json
import logging
import math
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr

from hersteld.config.settings import HomeAssistant, Settings
from hersteld.config.texts.speech import said
from hersteld.daemon.answers.changes import Changes
from hersteld.daemon.health.trouble import Trouble
from hersteld.daemon.home_assistant import keeper as module
from hersteld.daemon.home_assistant.keeper import HomeAssistantKeeper
from hersteld.daemon.home_assistant.sensors import topics_of
from hersteld.parsers.line import Line
from tests.daemon.home_assistant.conftest import settings_for
from tests.support.machine.process import wait_until
from tests.support.mqtt.broker import Broker, free_port
from tests.support.mqtt.listener import Listener
from tests.support.pipeline import Pipeline, a_file

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TOPICS = topics_of(HomeAssistant())


class Athlete(Pipeline):
    """Somebody in Amsterdam who has Home Assistant."""

    zone = AMSTERDAM

    def keeper(self, settings: HomeAssistant) -> HomeAssistantKeeper:
        from dataclasses import replace

        with_home: Settings = replace(self.settings, home_assistant=settings)
        return HomeAssistantKeeper(self.store, with_home, self.clock)


@pytest.fixture
def athlete(tmp_path: Path) -> Athlete:
    return Athlete(tmp_path)


@pytest.fixture
def home(broker: Broker) -> Iterator[Listener]:
    """Home Assistant, which listens."""
    with Listener(broker) as listener:
        yield listener


@pytest.fixture
def keeper(athlete: Athlete, broker: Broker, home: Listener) -> Iterator[HomeAssistantKeeper]:
    keeper = athlete.keeper(settings_for(broker))
    keeper.start()
    home.wait_for(TOPICS.availability, "online")
    yield keeper
    keeper.close()


def state(home: Listener, **values: Any) -> dict[str, Any]:
    """Wait until the last state has these values, and return it whole."""

    def has_them() -> bool:
        last = home.last(TOPICS.state)
        return last is not None and all(last[name] == value for name, value in values.items())

    wait_until(has_them, f"the state to have {values}")
    found: dict[str, Any] = home.last(TOPICS.state)
    return found


def test_a_workout_is_seen_at_home_and_so_is_that_it_is_forgotten(
    athlete: Athlete, keeper: HomeAssistantKeeper, home: Listener
) -> None:
    keeper.keep()
    assert state(home, last_workout=None)["ready_at"] is None
    athlete.put("run.fit", a_file())
    athlete.look()
    keeper.keep()
    shown = state(home, last_workout="Hard run, 1 h")
    assert shown["load_today"] > 0
    (workout,) = athlete.stored()
    Changes(athlete.store, athlete.settings, athlete.clock).forget(workout)
    athlete.look()
    keeper.keep()
    assert state(home, last_workout=None)["ready_at"] is None


def test_a_moment_that_passes_is_told_and_in_between_there_is_silence(
    athlete: Athlete, keeper: HomeAssistantKeeper, home: Listener
) -> None:
    athlete.put("run.fit", a_file())
    athlete.look()
    keeper.keep()
    first = state(home, last_workout="Hard run, 1 h")
    ready_at = datetime.fromisoformat(first["ready_at"])
    while athlete.clock.now() < ready_at + timedelta(hours=2):
        athlete.clock.move(timedelta(minutes=10))
        keeper.keep()
        state(home, hours_left=max(0, math.ceil((ready_at - athlete.clock.now()) / timedelta(hours=1))))
    told = [json.loads(payload)["hours_left"] for payload in home.payloads(TOPICS.state)]
    # The load of the day ends at midnight, so that each brings a message beside those of the hours.
    assert sorted(set(told), reverse=True) == list(range(first["hours_left"], -1, -1))
    days = (athlete.clock.now().astimezone(AMSTERDAM).date() - datetime(2026, 5, 6, tzinfo=AMSTERDAM).date()).days
    assert len(told) <= first["hours_left"] + 1 + days


def test_asking_again_and_again_reads_nothing_while_nothing_changes(
    athlete: Athlete, keeper: HomeAssistantKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    athlete.put("run.fit", a_file())
    athlete.look()
    keeper.keep()

    def read(*_: object) -> None:
        raise AssertionError("there was no reason to read")

    monkeypatch.setattr(module, "read_states", read)
    for _ in range(1000):
        keeper.keep()
    athlete.clock.move(timedelta(hours=1))
    keeper.keep()  # an hour less is known without the database


def test_whether_the_service_is_well_is_told(keeper: HomeAssistantKeeper, home: Listener) -> None:
    keeper.tell_health(None)
    home.wait_for(TOPICS.health, {"problem": "OFF", "attributes": {"trouble": None}})
    secret = Line("health.unseen", {"path": "/home/anna/s3cret", "reason": (Line("reasons.no_room"),)})
    keeper.tell_health(Trouble("folder_missing", secret))
    home.wait_for(TOPICS.health, {"problem": "ON", "attributes": {"trouble": "folder_missing"}})
    assert "s3cret" not in str(home.heard)


def test_nothing_of_the_athlete_is_told_but_what_the_sensors_show(
    athlete: Athlete, keeper: HomeAssistantKeeper, home: Listener
) -> None:
    athlete.put("s3cret.fit", a_file())
    athlete.look()
    keeper.keep()
    state(home, last_workout="Hard run, 1 h")
    assert {topic for topic, _, _ in home.heard} == {TOPICS.discovery, TOPICS.state, TOPICS.availability}
    assert "s3cret" not in str(home.heard)


def test_a_fault_of_ours_is_said_once_and_the_service_goes_on(
    athlete: Athlete, keeper: HomeAssistantKeeper, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError("never foreseen")

    caplog.set_level(logging.ERROR)
    with monkeypatch.context() as broken:
        broken.setattr(module, "read_states", breaks)
        for name in ("a.fit", "b.fit"):
            athlete.put(name, a_file(minutes=20 + len(caplog.messages)))
            athlete.look()
            keeper.keep()
            assert keeper.untold is not None
            assert said(keeper.untold) == "hersteld itself failed on it"
    (message,) = caplog.messages
    assert message.endswith("(ZeroDivisionError: never foreseen); please report this.")
    athlete.put("c.fit", a_file(minutes=50))
    athlete.look()
    keeper.keep()
    assert keeper.untold is None


def test_a_broker_that_is_away_holds_up_no_message(athlete: Athlete) -> None:
    keeper = athlete.keeper(HomeAssistant(broker=SecretStr(f"mqtt://127.0.0.1:{free_port()}")))
    keeper.start()
    athlete.put("run.fit", a_file())
    athlete.look()
    keeper.keep()
    keeper.tell_health(None)
    assert len(athlete.notifier.received) == 1
    wait_until(lambda: keeper.untold is not None, "the broker to be missed")
    keeper.close()


def test_without_a_broker_no_thread_is_started(athlete: Athlete) -> None:
    before = threading.active_count()
    keeper = athlete.keeper(HomeAssistant())
    keeper.start()
    keeper.keep()
    keeper.tell_health(None)
    assert threading.active_count() == before
    assert keeper.untold is None
    keeper.close()


def test_without_a_broker_no_library_is_imported(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from hersteld.config.file.load import load_settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.home_assistant.keeper import HomeAssistantKeeper
from hersteld.daemon.system.clock import SystemClock
folder = Path(sys.argv[1])
with Store(folder / "state" / "hersteld.db") as store:
    keeper = HomeAssistantKeeper(store, load_settings(None, environ={"HOME": str(folder)}), SystemClock())
    keeper.start()
    keeper.keep()
    keeper.tell_health(None)
    keeper.close()
import hersteld.daemon.cli.main
import hersteld.daemon.service.lifecycle
sys.exit(not {"paho", "hersteld.daemon.home_assistant.reporter"}.isdisjoint(sys.modules))
"""
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 0


def test_what_the_page_says_rids_the_broker_of_all_that_it_keeps_of_the_athlete(
    athlete: Athlete, broker: Broker, home: Listener
) -> None:
    settings = settings_for(broker, node_id="anna")
    keeper = athlete.keeper(settings)
    keeper.start()
    keeper.keep()
    keeper.tell_health(None)
    topics = topics_of(settings)
    wait_until(lambda: home.last(topics.health) and home.last(topics.state), "all to be told")
    keeper.close()
    home.wait_for(topics.availability, "offline")
    page = (Path(__file__).parents[3] / "docs" / "home-assistant.md").read_text(encoding="utf-8")
    _, _, how = page.partition("**To be rid of it**")
    named = set(re.findall(r"hersteld/anna/\w+", how))
    for topic in {topics.discovery, *named}:  # Home Assistant clears the first by itself when the device is deleted
        home.say(topic, "", retain=True)
    with Listener(broker) as later:
        later.say("mark", "1")
        later.wait_for("mark", "1")
        assert [topic for topic, _, was_kept in later.heard if was_kept] == []
