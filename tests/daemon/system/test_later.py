"""What is to be done later is done in the order of its time, by a thread that nothing ends."""

import threading

import pytest

from hersteld.daemon.system.errors import NoThread
from hersteld.daemon.system.later import Later
from tests.support.machine.waiting import until


@pytest.fixture
def later() -> Later:
    later = Later("later")
    later.start()
    return later


def test_errands_are_done_in_the_order_of_their_time_by_one_thread(later: Later) -> None:
    done: list[str] = []
    threads: set[int] = set()

    def note(word: str) -> None:
        done.append(word)
        threads.add(threading.get_ident())

    for word, in_s in (("third", 0.2), ("second", 0.1), ("first", 0.0)):
        later.give(lambda word=word: note(word), in_s=in_s)  # type: ignore[misc]
    until(lambda: len(done) == 3)
    assert done == ["first", "second", "third"]
    assert len(threads) == 1
    assert threads != {threading.get_ident()}


def test_what_is_cancelled_is_not_done(later: Later) -> None:
    done: list[str] = []
    later.give(lambda: done.append("cancelled"), in_s=0.1).cancel()
    later.give(lambda: done.append("kept"), in_s=0.1)
    until(lambda: done != [])
    assert done == ["kept"]


@pytest.mark.parametrize("error", [MemoryError(), OSError(11, "Resource temporarily unavailable"), ValueError()])
def test_an_errand_that_fails_keeps_no_other_from_being_done(later: Later, error: Exception) -> None:
    def fail() -> None:
        raise error

    done: list[str] = []
    later.give(fail)
    later.give(lambda: done.append("next"))
    until(lambda: done == ["next"])
    assert later.runs


def test_it_is_started_once_and_waits_for_what_was_given_before() -> None:
    later, done = Later("later"), list[str]()
    later.give(lambda: done.append("early"))
    assert not later.runs
    before = threading.active_count()
    later.start()
    later.start()
    assert threading.active_count() == before + 1
    until(lambda: done == ["early"])


def test_where_there_is_no_thread_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(thread: threading.Thread) -> None:
        del thread
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    later = Later("later")
    with pytest.raises(NoThread):
        later.start()
    assert not later.runs
