"""Somebody looks at the database while the service runs; then the machine falls over. Nothing is lost or repeated."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hersteld.parsers.writing.encode import Recorded, encode_activity
from tests.support.hours import noon_zone
from tests.support.machine.process import Program
from tests.support.machine.systemd import listening
from tests.support.receivers import HttpReceiver

HERSTELD = Path(sys.executable).with_name("hersteld")


def deleted_files(pid: int) -> list[str]:
    """Return the files a process holds open that are not there any more."""
    links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    return [link for link in links if link.endswith("(deleted)")]


def an_hours_run(*, ended_ago: timedelta) -> bytes:
    began_at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1) - ended_ago
    return encode_activity(began_at, "running", Recorded(heart_rate_bpm=[165] * 3600))


def test_a_look_at_the_status_takes_nothing_from_the_running_service(tmp_path: Path) -> None:
    inbox, config, address = tmp_path / "Workouts", tmp_path / "hersteld.toml", tmp_path / "notify"
    inbox.mkdir()
    config.touch(mode=0o600)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "TZ": noon_zone(),
        "STATE_DIRECTORY": str(tmp_path / "state"),
    }

    def history() -> list[str]:
        done = subprocess.run(
            [HERSTELD, "history", "--json"], env=environment, capture_output=True, text=True, check=True
        )
        return [json.dumps(line) for line in json.loads(done.stdout)["workouts"]]

    with HttpReceiver() as phone:
        config.write_text(
            f'[watch]\nfolders = ["{inbox}"]\n[notify]\nquiet_hours = ""\n'
            f'[[notify.targets]]\nname = "phone"\nurl = "{phone.url}"\n'
        )
        command = [str(HERSTELD), "run", "--config", str(config)]

        def start() -> Program:
            return Program(command, environment={**environment, "NOTIFY_SOCKET": str(address)}, folder=tmp_path)

        with listening(address) as heard, start() as daemon:
            daemon.wait_for(lambda: "READY=1" in heard, "the daemon to be ready")
            subprocess.run([HERSTELD, "status"], env=environment, capture_output=True, check=True)
            assert deleted_files(daemon.pid) == []
            (inbox / "run.fit").write_bytes(an_hours_run(ended_ago=timedelta(hours=3)))
            daemon.wait_for(lambda: any("sent (workout)" in line for line in daemon.stderr_lines), "the first message")
            assert len(history()) == 1
            assert deleted_files(daemon.pid) == []
            os.kill(daemon.pid, signal.SIGKILL)
        assert len(history()) == 1
        with listening(address) as heard, start() as daemon:
            daemon.wait_for(lambda: "READY=1" in heard, "the daemon to be ready again")
            (inbox / "second.fit").write_bytes(an_hours_run(ended_ago=timedelta(minutes=1)))
            daemon.wait_for(lambda: any("sent (workout)" in line for line in daemon.stderr_lines), "the second message")
        assert len(history()) == 2
        # The second was told after the restart, so whatever would have been repeated came before it.
        assert sum(" run, " in message.title for message in phone.received) == 2
