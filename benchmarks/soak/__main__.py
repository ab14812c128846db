"""`make soak`: ten years of training through the real service, in minutes. Does it stay small, quick and honest?

5,000 workouts are put in a folder one after the other, on a clock that jumps from one event to the next; the service,
its database and its files are real, and so are the receivers, which live in this process while the service has one of
its own. Now and then the machine sleeps for days, the watch brings a week at once, or the receivers refuse. At the end
every message that was planned must have arrived, once. ARGS=150 for another number of workouts.
"""

import json
import multiprocessing
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.soak.end import idle, status_s
from benchmarks.soak.files import Put, Session, numbered_session, starts
from benchmarks.soak.parts import Part, table_of
from benchmarks.tables import write
from tests.support.receivers import HttpReceiver

WORKOUTS = 5_000
PART = 500
TARGETS = ("phone", "tablet")
MOST_GROWTH_MIB = 24
MOST_RATIO = 1.25
MOST_STATUS_S = 0.3
MOST_IDLE_SHARE = 0.005
_SOON = timedelta(minutes=2)
_REFUSES_FOR = timedelta(hours=6)
_TAIL = timedelta(days=6)
"""After the last workout: by then each message of a workout was sent, or its time has passed."""
_NIGHT = timedelta(days=1)
"""After that: what is planned at the very end, the question why nothing comes in say, may wait for the next morning."""

CONFIG = """\
[athlete]
experience = "trained"
[watch]
folders = ["{folder}"]
[notify]
quiet_hours = "22:00-07:00"
language = "en"
"""


class Soak:
    """One run.

    Args:
        folder: For everything that is made.
    """

    def __init__(self, folder: Path, workouts: int) -> None:
        self.inbox = folder / "Workouts"
        self.config = folder / "hersteld.toml"
        self.state = folder / "state"
        self.database = self.state / "hersteld.db"
        self.put: Counter[str] = Counter()
        self.parts = [Part()]
        self.part_size = min(PART, max(20, workouts // 5))
        self._workouts = workouts
        self._starts = starts(workouts, datetime.now(UTC) - _TAIL - _NIGHT)
        self._receivers = {name: HttpReceiver() for name in TARGETS}
        self._inbox_is_waiting: list[Put] = []

    def run(self) -> list[str]:
        """Bring all workouts, and return what went wrong."""
        self.inbox.mkdir()
        self.config.touch(mode=0o600)
        told = [f'[[notify.targets]]\nname = "{name}"\nurl = "{one.url}"' for name, one in self._receivers.items()]
        self.config.write_text("\n".join([CONFIG.format(folder=self.inbox), *told, ""]), encoding="utf-8")
        begin = (self._starts[0] - timedelta(days=1)).isoformat()
        command = [sys.executable, "-m", "benchmarks.soak.service", self.config, self.database, begin]
        with self.config.with_name("log").open("w") as log, multiprocessing.get_context("spawn").Pool(1) as pool:
            # Made beforehand, in a process of its own, so that the making is not measured.
            sessions = pool.imap(numbered_session, enumerate(self._starts), chunksize=10)
            service = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)
            with service:
                self._service = service
                for one in sessions:
                    self._bring(one)
                # In two steps, as one goes straight to its end when nothing waits, and what is planned there stays.
                for after in (_TAIL, _TAIL + _NIGHT):
                    self._tell("pass", self._starts[-1] + after)
                self._end_part()
                assert service.stdin is not None
                service.stdin.close()
            for receiver in self._receivers.values():
                receiver.down()
        code = service.returncode
        return [*([f"the service ended with {code}"] if code else []), *self._wrong()]

    # --- the way of a workout

    def _bring(self, one: Session) -> None:
        place = one.number % 100
        arrives_at = one.ended_at + _SOON
        if 50 <= place < 54:  # the machine sleeps, and wakes to find four workouts
            self._inbox_is_waiting += one.puts
            if place == 53:
                self._tell("sleep", arrives_at)
                self._put_waiting()
        elif 20 <= place < 32:  # the watch was not near the phone
            self._tell("pass", arrives_at)
            self._inbox_is_waiting += one.puts
            if place == 31:
                self._put_waiting()
        else:
            self._tell("pass", arrives_at)
            for put in one.puts:
                self._put(put)
                took_s = self._tell("look")["seconds"]
                if put.kind == "workout" and len(one.puts) == 1:
                    self.parts[-1].taking_s.append(took_s)
                self._tell("pass", arrives_at := arrives_at + timedelta(minutes=1))
        if place == 75:
            self._refuse(arrives_at)
        if place % 10 == 9:
            self.parts[-1].looking_s.append(self._tell("scan")["seconds"])
        self.parts[-1].workouts += 1
        if self.parts[-1].workouts == self.part_size and one.number + 1 < self._workouts:
            self._end_part()
            self.parts.append(Part())

    def _put_waiting(self) -> None:
        puts, self._inbox_is_waiting = self._inbox_is_waiting, []
        for put in puts:
            self._put(put)
        now = datetime.fromisoformat(self._tell("look")["now"])
        self._tell("pass", now + timedelta(minutes=2))

    def _refuse(self, at: datetime) -> None:
        for receiver in self._receivers.values():
            receiver.status = 503
        self._tell("pass", at + _REFUSES_FOR)
        for receiver in self._receivers.values():
            receiver.status = 200

    def _put(self, put: Put) -> None:
        """Write a file under another name first, as all do that know what they do."""
        path = self.inbox / put.name
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.tmp")
        temporary.write_bytes(put.content)
        temporary.replace(path)
        self.put[put.kind] += 1

    def _tell(self, do: str, to: datetime | None = None) -> dict[str, Any]:
        assert self._service.stdin is not None
        assert self._service.stdout is not None
        self._service.stdin.write(json.dumps({"do": do, "to": to and to.isoformat()}) + "\n")
        self._service.stdin.flush()
        line = self._service.stdout.readline()
        if not line:
            log = self.config.with_name("log").read_text(encoding="utf-8")
            raise RuntimeError(f"the service has ended:\n{log[-3000:]}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _end_part(self) -> None:
        self.parts[-1].resident = self._tell("scan")["resident"]
        self.parts[-1].database = self.database.stat().st_size

    # --- what came of it

    def messages(self) -> Counter[str]:
        """Return how many messages ended in which state."""
        return Counter(state for (state,) in self._rows("SELECT state FROM outbox"))

    def lost_and_repeated(self) -> tuple[int, int]:
        """Return how many messages, of those that were planned and whose time did not pass, came never or too often."""
        planned = Counter(
            self._rows("SELECT target, title, body FROM outbox WHERE state NOT IN ('cancelled', 'expired', 'failed')")
        )
        received = Counter(
            (name, said.title, _without_question(said.body))
            for name, one in self._receivers.items()
            for said in one.received
        )
        return (planned - received).total(), (received - planned).total()

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute(sql).fetchall()

    def _wrong(self) -> Iterator[str]:
        expected = {
            "workout": self._workouts,
            "duplicate": self.put["twin"],
            "rejected": self.put["junk"],
            "ignored": self.put["other"],
        }
        found = dict(self._rows("SELECT status, COUNT(*) FROM files GROUP BY status"))
        for status, count in expected.items():
            if found.get(status, 0) != count:
                yield f"files that became {status}: {found.get(status, 0)}, not {count}"
        (count,) = self._rows("SELECT COUNT(*) FROM workouts")[0]
        if count != self._workouts:
            yield f"workouts stored: {count}, not {self._workouts}"
        lost, repeated = self.lost_and_repeated()
        if lost or repeated:
            yield f"messages lost: {lost}, repeated: {repeated}"
        (silent,) = self._rows(
            "SELECT COUNT(*) FROM workouts JOIN files ON files.workout_id = workouts.id WHERE status = 'workout'"
            " AND backlog_id IS NULL AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.workout_id = workouts.id)"
            " AND hard AND julianday(stored_at) - julianday(ended_at) < 0.4"  # of others there may be nothing to say
        )[0]
        if silent:
            yield f"hard workouts that nothing was planned for: {silent}"
        states = self.messages()
        if left := states["pending"] + states["sending"]:
            yield f"messages that are neither sent nor given up: {left}"
        if not states["sent"]:
            yield "no message was sent at all"
        growth = (self.parts[-1].resident - self.parts[0].resident) / 2**20
        if growth > MOST_GROWTH_MIB:
            yield f"memory grew by {growth:.1f} MiB, more than {MOST_GROWTH_MIB}"


def _without_question(body: str) -> str:
    """Return a message as the outbox has it: the question how hard it was is put in when it leaves."""
    return "\n".join(line for line in body.split("\n") if not line.startswith("How hard was it"))


def main(workouts: int) -> int:
    """Run, print, write down what was measured, and return 1 when something was lost or grew."""
    is_whole = workouts >= WORKOUTS
    began_s = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        soak = Soak(Path(folder), workouts)
        wrong = soak.run()
        took_s = time.perf_counter() - began_s
        ratio = soak.parts[-1].each_s / soak.parts[0].each_s
        growth = (soak.parts[-1].resident - soak.parts[0].resident) / 2**20
        (lost, repeated), states = soak.lost_and_repeated(), soak.messages()
        lines = [
            (
                f"{workouts:,} workouts and {soak.put.total() - workouts} other files in {took_s / 60:.0f} minutes."
                f" Messages planned: {states.total():,}; sent: {states['sent']:,}; lost: {lost}; repeated: {repeated};"
                f" cancelled as something newer took their place: {states['cancelled']:,}; given up as their time had"
                f" passed: {states['expired'] + states['failed']}."
            ),
            (
                f"From the first part to the last, memory grew by {growth:.1f} MiB, and the time per workout is"
                f" {ratio:.2f} times as long."
            ),
        ]
        if is_whole:
            (seconds, middle_s), (share, resident) = (
                status_s(soak.config, soak.state),
                idle(soak.config, soak.state, 60),
            )
            lines.append(
                f"At the end `hersteld status` takes {seconds:.2f} s as a whole process (the quickest of 25; median"
                f" {middle_s:.2f} s); `hersteld run`, started anew, takes {share:.2%} of a core when idle,"
                f" and {resident:.0f} MiB."
            )
            wrong += [f"the time per workout is {ratio:.2f} times as long"] if ratio > MOST_RATIO else []
            wrong += [f"status takes {seconds:.2f} s"] if seconds > MOST_STATUS_S else []
            wrong += [f"idle takes {share:.2%} of a core"] if share > MOST_IDLE_SHARE else []
        text = f"{table_of(soak.parts)}\n\n" + "\n".join(lines)
    print(text)
    for one in wrong:
        print(f"wrong: {one}")
    if is_whole and not wrong:
        write("soak", text)
    return min(1, len(wrong))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else WORKOUTS))
