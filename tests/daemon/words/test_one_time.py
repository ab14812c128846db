"""Readiness is told as one time, wherever it is told: rounded up to a quarter of an hour, and never in the night."""

import logging
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.system.paths import database_path
from tests.support.command_line import call, environment_in, take_in
from tests.support.pipeline import NOON, Pipeline, a_file

NOW = datetime.now(UTC).replace(microsecond=0)


def only(pattern: str, said: str) -> str:
    found = set(re.findall(pattern, said))
    assert len(found) == 1, (pattern, said)
    return str(found.pop())


@pytest.mark.parametrize("minutes", [50, 70, 77, 90])
@pytest.mark.parametrize("experience", ["recreational", "trained", "elite"])
def test_plan_lists_readiness_at_the_time_its_first_line_says(minutes: int, experience: str, tmp_path: Path) -> None:
    path = tmp_path / "ride.fit"
    path.write_bytes(a_file(minutes=minutes, bpm=172, sport="cycling"))
    words = ("--language", "en", "--set", f"athlete.experience={experience}", "--set", "notify.quiet_hours=")
    said = call("plan", *words, path, home=tmp_path).stdout
    promised = only(r"hard again from (\w+ \d\d:\d\d)\.", said)
    assert only(r"(\w+ \d\d:\d\d) +From now on you can train hard again", said) == promised
    assert only(r"(\w+ \d\d:\d\d) Recovered", said) == promised


def test_status_and_history_say_it_as_the_message_does(tmp_path: Path) -> None:
    take_in(tmp_path, [("ride.fit", a_file(NOW - timedelta(minutes=7), minutes=90, bpm=172))], now=NOW)
    with Store(database_path(environment_in(tmp_path))) as store:
        first = next(row for row in Outbox(store).waiting() if row.rule == "first")
    promised = only(r"hard again from (\w+ \d\d:\d\d)\.", first.body)
    assert promised in call("status", "--language", "en", home=tmp_path).stdout.splitlines()[0]
    assert promised.split()[1] in call("history", "--language", "en", home=tmp_path).stdout


def test_the_log_says_it_as_the_message_does(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    pipeline = Pipeline(tmp_path)
    pipeline.put("ride.fit", a_file(NOON, minutes=100, bpm=172))
    pipeline.look()
    ((_, message),) = pipeline.notifier.received
    day, clock = only(r"hard again from (\w+ \d\d:\d\d)\.", message.body).split()
    assert re.search(rf"ready for hard training {day} {clock} \(\d+ \w+\)", caplog.text)
