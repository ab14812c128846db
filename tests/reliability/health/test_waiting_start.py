"""A service that cannot begin is seen to run, says why, and has the receiver of its pings told."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hersteld.daemon.database.lock import daemon_at
from hersteld.daemon.health.outside import from_outside
from tests.support.home import HERSTELD, Home
from tests.support.machine.storage import fill, small_disk
from tests.support.receivers import HttpReceiver, PingReceiver

FAIL, WELL = "POST /s3cret/fail database_unusable", "GET /s3cret"


@pytest.fixture
def pings() -> Iterator[PingReceiver]:
    with PingReceiver() as pings:
        yield pings


@pytest.fixture
def home(tmp_path: Path, pings: PingReceiver) -> Iterator[Home]:
    with HttpReceiver() as phone:
        home = Home(tmp_path / "home", phone.url)
        home.configure(experience="trained")
        with home.config.open("a", encoding="utf-8") as config:
            config.write(f'[health]\nping_url = "http://127.0.0.1:{pings.port}/s3cret"\n')
        yield home


@pytest.mark.figures("the service cannot begin, as the disk", "{tried} starts on a full disk: 0 unseen")
@pytest.mark.parametrize("is_first", [True, False], ids=["the first start", "a later start"])
def test_a_start_on_a_full_disk_is_told_to_status_and_the_receiver(
    is_first: bool, home: Home, pings: PingReceiver
) -> None:
    def asked() -> str:
        command: list[str | Path] = [HERSTELD, "status", "--config", home.config]
        done = subprocess.run(command, env=home.environment, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    with small_disk(home.database.parent, 1024):
        if not is_first:
            with home.daemon() as daemon:
                daemon.wait_for(lambda: pings.heard, "the first ping")
                daemon.stop_cleanly()
            pings.heard.clear()
        filler = fill(home.database.parent)
        with home.daemon() as daemon:
            daemon.wait_for(lambda: pings.heard, "the receiver to hear of it")
            assert pings.heard == [FAIL]
            seen = from_outside(home.database, daemon_at(home.database), datetime.now(UTC))
            assert (seen.trouble, seen.reason and seen.reason.id) == ("database_unusable", "database.no_room")
            said = asked()
            assert "hersteld is running, but cannot do its work: " in said
            assert "there is no room left on its disk" in said
            filler.unlink()
            daemon.wait_for(lambda: len(pings.heard) > 1, "the receiver to hear that it is over")
            assert home.ask("status")["well"]
            daemon.stop_cleanly()
    assert pings.heard == [FAIL, WELL]
