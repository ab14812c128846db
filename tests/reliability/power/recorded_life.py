"""A life of the installed program of which every write is known, and what a later life makes of what a cut left."""

import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hersteld.daemon.database.faults import StoreUnusable
from tests.support.faults.write_log import WriteLog, recorded
from tests.support.home import Home
from tests.support.machine.process import Program
from tests.support.machine.witness import Witness
from tests.support.pipeline import Pipeline, a_file

_COMMAND = Path(sys.executable).with_name("hersteld")
_INBOX, _FIRST, _SECOND = "inbox", "first.fit", "second.fit"  # the first is the name that `Pipeline` gives it


@dataclass(frozen=True, slots=True)
class Life:
    """A life with two workouts, from the first start to the clean stop.

    Attributes:
        folder: The home; the state folder in it is written anew for each cut.
        zone: Where the athlete is.
        log: What was written in the state folder.
        second: After how many events the second workout came.
        accepted: After how many events the receiver had accepted each message, by title.
        told: After how many events it was on the disk that a message was told, by title.
    """

    folder: Path
    zone: str
    log: WriteLog
    second: int
    accepted: dict[str, int]
    told: dict[str, int]

    @contextmanager
    def folder_with(self, workouts: int) -> Iterator[None]:
        """Let one workout be in the watched folder, or both."""
        second = self.folder / _INBOX / _SECOND
        content = second.read_bytes()
        if workouts == 1:
            second.unlink()
        try:
            yield
        finally:
            if workouts == 1:
                second.write_bytes(content)


def live(folder: Path) -> Life:
    """Let the installed program take in two workouts, one after the other, and write down all that it writes."""
    accepted_at: dict[str, float] = {}
    now = datetime.now(UTC).replace(microsecond=0)
    with Witness() as phone:
        phone.on_receipt = lambda: accepted_at.update({phone.received[-1].title: time.time()})
        home = Home(folder, phone.url, inbox=_INBOX)
        home.configure(experience="trained")
        (home.inbox / _FIRST).write_bytes(a_file(now - timedelta(hours=3), minutes=15, bpm=182))
        trace = folder / "trace"
        words: list[str | Path] = [*recorded(trace), _COMMAND, *home.words]
        with Program(words, environment=home.environment, folder=folder) as daemon:
            daemon.wait_for_line("sent (workout)")
            second_at = time.time()
            (home.inbox / _SECOND).write_bytes(a_file(now - timedelta(hours=1), minutes=20, bpm=182, sport="rowing"))
            daemon.wait_for(lambda: daemon.stderr.count("sent (workout)") == 2, "the second message")
            daemon.stop_cleanly()
    log = WriteLog(trace, home.database.parent)
    accepted = {title: log.number_at(at) for title, at in accepted_at.items()}
    told = {title: log.synced_before(log.when_said(title)) for title in accepted}
    return Life(folder, home.environment["TZ"], log, log.number_at(second_at), accepted, told)


class _After(Pipeline):
    """The service, started again on what the cut left."""

    def __init__(self, life: Life) -> None:
        self.zone = ZoneInfo(life.zone)
        super().__init__(life.folder, now=datetime.now(UTC) + timedelta(minutes=1))


def check(life: Life, count: int) -> str:
    """Start the service on what is in the state folder after a cut, and let it do all there is to do.

    Args:
        count: After how many events the power was cut.

    Returns:
        What is wrong then; "" when nothing was lost and nothing repeated but what nobody could know.
    """
    try:
        service = _After(life)
    except StoreUnusable as refused:
        return str(refused)
    try:
        service.store.look_through()
        for _ in range(2):
            service.look()
    except StoreUnusable as refused:
        return str(refused)
    finally:
        service.store.close()
    with closing(sqlite3.connect(service.database)) as database:
        verdict = database.execute("PRAGMA integrity_check").fetchall()
        stored = database.execute("SELECT path, COUNT(*) FROM files JOIN workouts ON identity = sha256 GROUP BY path")
        paths = dict(stored.fetchall())
        dangling = database.execute("PRAGMA foreign_key_check").fetchall()
    if verdict != [("ok",)] or dangling:
        return f"damaged: {verdict}"
    there = {str(file): 1 for file in service.inbox_folder.iterdir()}
    if paths != there:
        return f"stored {paths}"
    heard = Counter(service.notifier.titles()) + Counter(title for title, at in life.accepted.items() if at <= count)
    for title, at in life.accepted.items():
        nobody_knows = at <= count < life.told[title]
        if at > life.second > count:
            continue  # of a workout that is not there yet
        if not 1 <= heard[title] <= 1 + nobody_knows:
            return f"{title}: told {heard[title]} times"
    return ""
