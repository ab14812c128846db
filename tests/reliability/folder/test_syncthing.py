"""Two real Syncthings bring the files: what is new is told once, and what they do with it later is not told again."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from hersteld.parsers.writing.encode import Recorded, encode_activity
from tests.support.faults.folder_house import House
from tests.support.machine.process import wait_until
from tests.support.machine.syncthing import Syncthing, two_syncthings


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.fit")}


def _wait_until_alike(one: Syncthing, other: Syncthing) -> None:
    one.look()
    wait_until(lambda: _contents(one.folder) == _contents(other.folder), "both folders to hold the same")


@pytest.mark.figures("two Syncthings", "{workouts} workouts: lost 0, repeated {repeated}")
def test_new_changed_renamed_and_in_conflict(house: House) -> None:
    house.inbox.mkdir()
    house.given = 1  # the workout below is made here
    ended_at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=11)

    def version(minutes: int, device: str = "watch") -> bytes:
        """Return one and the same run, as it was after so many minutes, or as another device has it."""
        recorded = Recorded(heart_rate_bpm=[150 + second % 7 for second in range(minutes * 60)])
        return encode_activity(ended_at - timedelta(minutes=60), "running", recorded, device=device)

    with two_syncthings(house.home, house.outside, house.inbox) as (phone, here), house.running() as daemon:
        run = phone.folder / "run.fit"
        run.write_bytes(version(50))
        _wait_until_alike(phone, here)
        house.wait_until_told(daemon)

        run.write_bytes(version(60))
        _wait_until_alike(phone, here)
        run.rename(phone.folder / "long run.fit")
        run = phone.folder / "long run.fit"
        _wait_until_alike(phone, here)

        here.pause()
        phone.program.wait_for(lambda: not phone.is_connected, "the two to part")
        run.write_bytes(version(60, "watch, edited on the phone"))
        (here.folder / run.name).write_bytes(version(60, "watch, edited at home"))
        phone.look()
        here.look()
        here.resume()
        both = [phone.folder, here.folder]
        wait_until(lambda: all(any(folder.glob("*sync-conflict*")) for folder in both), "the conflict to show")
        _wait_until_alike(phone, here)

        # One more, as a sign that all before it was looked at.
        (phone.folder / "next.fit").write_bytes(house.workout())
        _wait_until_alike(phone, here)
        house.assert_each_came_once(daemon)
        known = {str(sha256) for (sha256,) in house.rows("SELECT sha256 FROM files")}
        assert {sha256(content).hexdigest() for content in _contents(here.folder).values()} <= known
        assert "sync-conflict" in "".join(_contents(here.folder))
