"""More files, more events or more folders than the kernel or we like: none is lost, and it is calm afterwards."""

import signal
from pathlib import Path

import pytest

from tests.support.faults.folder_house import OFTEN_S, House, call, processor_s, require_right

MANY = 10_000
QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")
OWN_LIMITS = ("unshare", "--user", "--map-root-user")


def _junk(folder: Path, count: int) -> None:
    """Make files of the kind that lies beside workouts."""
    for number in range(count):
        here = folder / f"{number // 500}"
        here.mkdir(exist_ok=True, parents=True)
        (here / f"{number}.jpg").write_text(f"no FIT, {number}")


@pytest.mark.figures("10,000 files at once", "{workouts} workouts: lost 0, repeated {repeated}")
def test_ten_thousand_files_at_once(house: House) -> None:
    house.inbox.mkdir()
    house.poll_s = OFTEN_S  # so that what a scan of them all costs counts in the idling, too
    with house.running() as daemon:
        _junk(house.inbox / "a", MANY // 2)
        house.put("among.fit")
        _junk(house.inbox / "b", MANY // 2)
        house.wait_until_told(daemon)
        seen = "SELECT count(*) FROM sightings"
        daemon.wait_for(lambda: house.rows(seen) == [(MANY + 1,)], "all files seen")
        before_s = processor_s(daemon.pid)
        house.put("after.fit")
        house.wait_until_told(daemon)
        assert processor_s(daemon.pid) - before_s < 5, "one more file must not cost as much as all of them"
        house.assert_each_came_once(daemon)
        assert house.rows("SELECT count(*) FROM files") == [(house.given,)]


@pytest.mark.figures("more events than the kernel's", "{workouts} workouts: lost 0, repeated {repeated}")
def test_the_queue_of_events_runs_over(house: House) -> None:
    """The reader is stopped, as on a machine that is busy or asleep, while more happens than the kernel remembers."""
    house.inbox.mkdir()
    house.poll_s = OFTEN_S
    with house.running() as daemon:
        house.put("before.fit")
        house.wait_until_told(daemon)
        daemon.send_signal(signal.SIGSTOP)
        state = Path(f"/proc/{daemon.pid}/stat")
        daemon.wait_for(lambda: state.read_text().rpartition(")")[2].split()[0] == "T", "the daemon to stand still")
        # Made, written and closed: three events each.
        for number in range(int(QUEUE.read_text()) // 2):
            (house.inbox / f"{number}.txt").write_text("x")
        late = house.inbox / "new" / "after the queue was full"
        late.mkdir(parents=True)
        (late / "during.fit").write_bytes(house.workout())
        daemon.send_signal(signal.SIGCONT)
        house.wait_until_told(daemon)
        (late / "afterwards.fit").write_bytes(house.workout())
        house.assert_each_came_once(daemon)


@pytest.mark.figures("the kernel's limit of watches", "{workouts} workouts: lost 0, repeated {repeated}")
@pytest.mark.parametrize(
    ("limit", "few"), [("max_inotify_watches", 0), ("max_inotify_watches", 3), ("max_inotify_instances", 0)]
)
def test_the_kernel_watches_no_more(house: House, limit: str, few: int) -> None:
    """The limits of a user namespace of its own, which nobody else on this machine feels.

    With a few watches there is one for the folder itself, and nobody misses those for the folders below it.
    """
    room = f"/proc/sys/user/{limit}"
    require_right(*OWN_LIMITS, "sh", "-c", f"echo 0 > {room}")
    house.poll_s = OFTEN_S
    for name in ("a", "b", "c", "d"):
        (house.inbox / name).mkdir(parents=True)
    with house.running(*OWN_LIMITS, "sh", "-c", f'echo {few} > {room}; exec "$@"', "sh") as daemon:
        if not few:
            daemon.wait_for_line(f"so it is looked at every {OFTEN_S} s; raise fs.inotify.max_user_{limit[12:]}")
        for name in ("a", "d"):
            house.put(f"{name}/workout.fit")
            house.wait_until_told(daemon)
        call("nsenter", "--user", "--preserve-credentials", f"--target={daemon.pid}", "sh", "-c", f"echo 99 > {room}")
        daemon.wait_for_line(f"{house.inbox}: watching")
        house.put("last.fit")
        house.assert_each_came_once(daemon)
        assert sum("cannot be watched" in line for line in daemon.stderr_lines) == (0 if few else 1)
