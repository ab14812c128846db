"""A command that has something to do for the service wakes it with SIGUSR1, which does nothing else."""

import signal
from datetime import datetime
from functools import partial
from pathlib import Path

from hersteld.daemon.database.lock import daemon_at
from tests.support.home import Home
from tests.support.machine.process import PATIENCE_S, wait_until
from tests.support.receivers import HttpReceiver

_SOON_S = PATIENCE_S / 2
"""The service looks by itself once a minute; a wake-up call must be heard well before."""


def has_looked_after(database: Path, moment: datetime) -> bool:
    """Return whether the service has looked into its folders since."""
    service = daemon_at(database)
    return service is not None and service.looked_at > moment


def test_a_wake_up_call_makes_the_service_look_and_ends_nothing(tmp_path: Path) -> None:
    with HttpReceiver() as phone:
        home = Home(tmp_path / "home", phone.url)
        home.configure()
        with home.daemon() as daemon:
            daemon.wait_for_line("ready")
            daemon.wait_for(lambda: daemon_at(home.database), "the service to hold its lock")
            for _ in range(3):
                service = daemon_at(home.database)
                assert service is not None
                service.wake()
                wait_until(partial(has_looked_after, home.database, service.looked_at), "a look", _SOON_S)
            assert daemon.running
            daemon.stop_cleanly()


def test_a_wake_up_call_during_a_stop_is_no_second_signal_to_stop(tmp_path: Path) -> None:
    with HttpReceiver() as phone:
        home = Home(tmp_path / "home", phone.url)
        home.configure()
        with home.daemon() as daemon:
            daemon.wait_for_line("ready")
            daemon.send_signal(signal.SIGUSR1)
            daemon.send_signal(signal.SIGTERM)
            daemon.stop_cleanly(signal.SIGUSR1)
        assert "stopped at once" not in daemon.stderr
        assert "stopped" in daemon.stderr


def test_a_wake_up_call_after_the_last_line_ends_nothing(tmp_path: Path) -> None:
    with HttpReceiver() as phone:
        home = Home(tmp_path / "home", phone.url)
        home.configure()
        with home.daemon() as daemon:
            daemon.wait_for_line("ready")
            daemon.send_signal(signal.SIGTERM)
            while daemon.running:
                daemon.send_signal(signal.SIGUSR1)
            daemon.stop_cleanly()
