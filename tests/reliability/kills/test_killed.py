"""A kill at each step of a file's way: nothing is lost, and nothing repeated that could be known to have arrived.

Every kill is SIGKILL to the real program, at the first, second, ... passing of a function of its own.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.faults.fault_points import COMMIT, FaultPoint, Nursery
from tests.support.faults.killed import Shelf, a_shelf
from tests.support.machine.process import wait_until
from tests.support.measured.figures import Measured

CLAIMS, MARKS = "SET state = 'sending'", "SET state = 'sent'"
STORE_CHANGE = "hersteld.daemon.database.connection:Store.change"

TAKEN_IN = (
    FaultPoint("after", "hersteld.daemon.inbox.scan:signature_of"),
    FaultPoint("after", "hersteld.daemon.inbox.scan:Inbox.check"),
    FaultPoint("after", "hersteld.daemon.reading.reader:reading_in"),
    FaultPoint("before", "hersteld.daemon.ingest.one_file:Ingest._conclude"),
    FaultPoint("after", "hersteld.daemon.store.workouts:Workouts.add"),
    FaultPoint("after", "hersteld.daemon.outbox.queue:Outbox.queue"),
    FaultPoint("after", "hersteld.daemon.ingest.one_file:Ingest._store_reading"),
    FaultPoint("after", "hersteld.daemon.ingest.one_file:Ingest._conclude"),
)
"""From the stat of a file into the database; the commit lies between the ends of `_store_reading` and `_conclude`."""

FIRST_LOOK = (
    FaultPoint("after", "hersteld.daemon.database.schema.migrations:migrations.apply"),
    FaultPoint("after", "hersteld.daemon.inbox.scan:Inbox.scan", if_it_gives=True),
    FaultPoint("before", "hersteld.daemon.inbox.scan:Inbox.conclude"),
)
"""Before and after all the files of a look."""

NOT_LEFT = (
    FaultPoint("before", STORE_CHANGE, CLAIMS),
    FaultPoint("after", STORE_CHANGE, CLAIMS),
    FaultPoint("after", "hersteld.daemon.outbox.queue:Outbox.claim", if_it_gives=True),
    FaultPoint("before", "hersteld.daemon.delivery.notifiers:AppriseNotifier.send"),
    FaultPoint("before", "hersteld.daemon.delivery.call_process:CallProcess.call"),
)
"""From the claim, whose commit is the end of `claim`, to the moment before the request leaves."""

ACCEPTED = (
    FaultPoint("after", "hersteld.daemon.delivery.call_process:CallProcess.call"),
    FaultPoint("after", "hersteld.daemon.delivery.notifiers:AppriseNotifier.send"),
    FaultPoint("before", "hersteld.daemon.outbox.queue:Outbox.record_sent"),
    FaultPoint("after", STORE_CHANGE, MARKS),
)
"""From the receiver's answer to the moment before that is on disk: the one place where a message comes twice."""

MARKED = (FaultPoint("after", "hersteld.daemon.outbox.queue:Outbox.record_sent"),)

BACKLOG = (
    FaultPoint("after", "hersteld.daemon.planning.backlog:Backlog.open"),
    FaultPoint("after", "hersteld.daemon.ingest.one_file:Ingest._store_reading", nth=3),
    FaultPoint("after", "hersteld.daemon.ingest.one_file:Ingest._conclude", nth=4),
    FaultPoint("after", "hersteld.daemon.planning.reassess:Reassessment.assess_next"),
    FaultPoint("after", STORE_CHANGE, "UPDATE backlogs"),
    FaultPoint("after", "hersteld.daemon.outbox.queue:Outbox.queue"),
    FaultPoint("after", "hersteld.daemon.planning.backlog:Backlog.close", if_it_gives=True),
    NOT_LEFT[2],
    NOT_LEFT[4],
    ACCEPTED[0],
    *MARKED,
)
SOON = {"service.main_loop:_QUIET_S": 1.0}
"""A digest waits ten seconds for more files; here, one."""


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery


@pytest.fixture
def shelf(tmp_path: Path, nursery: Nursery) -> Iterator[Shelf]:
    with a_shelf(tmp_path, nursery) as shelf:
        yield shelf


@pytest.mark.figures("killed (SIGKILL) after a file", "{tried} kills: lost 0, repeated {repeated}")
@pytest.mark.parametrize("point", [*FIRST_LOOK, *TAKEN_IN, *NOT_LEFT, *MARKED], ids=str)
def test_a_kill_before_the_request_or_after_the_mark_repeats_nothing(
    shelf: Shelf, point: FaultPoint, measured: Measured
) -> None:
    shelf.put("one.fit")
    shelf.live_until(point)
    shelf.live_on()
    shelf.check()
    assert shelf.repeated == 0
    measured(tried=1, repeated=shelf.repeated)


@pytest.mark.figures("killed between the receiver's", "{tried} kills: lost 0, repeated {repeated}")
@pytest.mark.parametrize("point", ACCEPTED, ids=str)
def test_a_kill_between_the_acceptance_and_the_mark_repeats_that_message_once(
    shelf: Shelf, point: FaultPoint, measured: Measured
) -> None:
    shelf.put("one.fit")
    shelf.live_until(point)
    shelf.live_on()
    shelf.check()
    assert shelf.repeated == 1
    measured(tried=1, repeated=shelf.repeated)


@pytest.mark.figures("killed between the receiver's", "{tried} kills: lost 0, repeated {repeated}")
def test_a_kill_while_the_receiver_answers_repeats_that_message_once(shelf: Shelf, measured: Measured) -> None:
    """The receiver kills: it has the message, and the daemon does not know."""
    shelf.put("one.fit")
    with shelf.start() as life:
        shelf.phone.on_receipt = life.kill
        assert life.wait() == -9
    shelf.phone.on_receipt = lambda: None
    shelf.take_stock()
    shelf.live_on()
    shelf.check()
    assert shelf.repeated == 1
    measured(tried=1, repeated=shelf.repeated)


@pytest.mark.figures("killed among several files", "{tried} kills: lost 0, repeated {repeated}")
@pytest.mark.parametrize(
    "point", [*(replace(point, nth=2) for point in TAKEN_IN), FIRST_LOOK[2], *NOT_LEFT, *ACCEPTED, *MARKED], ids=str
)
def test_a_kill_among_three_files_that_came_together_loses_none(
    shelf: Shelf, point: FaultPoint, measured: Measured
) -> None:
    shelf.put("one.fit", "two.fit", "three.fit")
    shelf.live_until(point)
    shelf.live_again()
    shelf.check()
    assert shelf.repeated == sum(shelf.excused.values()) == (point in ACCEPTED)
    measured(tried=1, repeated=shelf.repeated)


@pytest.mark.figures("killed among several files", "{tried} kills: lost 0, repeated {repeated}")
@pytest.mark.parametrize("point", [replace(point, nth=2) for point in TAKEN_IN[2:]], ids=str)
def test_a_kill_within_an_archive_stores_each_workout_once(shelf: Shelf, point: FaultPoint, measured: Measured) -> None:
    shelf.put_archive("export.zip", 3)
    shelf.live_until(point)
    shelf.live_again()
    shelf.check()
    assert shelf.repeated == 0
    measured(tried=1, repeated=shelf.repeated)


@pytest.mark.figures("killed while many files", "{tried} kills: lost 0, repeated {repeated}")
@pytest.mark.parametrize("point", BACKLOG, ids=str)
def test_a_kill_within_a_backlog_still_makes_one_digest(shelf: Shelf, point: FaultPoint, measured: Measured) -> None:
    shelf.put(*(f"{number}.fit" for number in range(5)))
    shelf.live_until(point, SOON)
    shelf.live_again(SOON)
    shelf.check(digests=1)
    assert shelf.repeated == sum(shelf.excused.values()) == (point in ACCEPTED)
    measured(tried=1, repeated=shelf.repeated)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_kill_at_each_commit_from_the_first_to_the_last(tmp_path: Path, nursery: Nursery, moment: str) -> None:
    """Making the tables, putting back, taking in, remembering, claiming, marking: each commit, until none is left."""
    killed = 0
    is_killed = True
    while is_killed:
        folder = tmp_path / str(killed)
        folder.mkdir()
        with a_shelf(folder, nursery) as shelf:
            shelf.put("one.fit")
            point = FaultPoint("before" if moment == "before" else "after", COMMIT, nth=killed + 1)
            with shelf.start(point) as life:
                wait_until(lambda: shelf.is_done() or life.ended(0), "a kill or the end of all work")
                is_killed = life.ended(0)
            shelf.take_stock()
            shelf.live_again()
            shelf.check()
            assert shelf.repeated == sum(shelf.excused.values()) <= 1
        killed += is_killed
    assert killed >= 4
