"""When to train again is what the last workout that is stored leaves; without one nothing is said."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hersteld.daemon.cli.readiness import readiness_now
from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.words.voice import Voice
from tests.support.command_line import AMSTERDAM, call, environment_in, settings_in, take_in
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)


def test_what_is_stored_is_said_as_status_says_it(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    voice = Voice(settings.notify, AMSTERDAM)
    with Store(database_path(environment_in(tmp_path))) as store:
        assert readiness_now(store, voice, settings, NOW) is None
        take_in(tmp_path, [("a.fit", a_file(NOW - timedelta(hours=1), minutes=90, bpm=165))], now=NOW)
        said = readiness_now(store, voice, settings, NOW)
    assert said == call("status", home=tmp_path).stdout.splitlines()[0]
    assert said is not None
    assert "hard again from" in said
