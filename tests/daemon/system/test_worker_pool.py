"""Many jobs on many processes: results in order, and a job that kills or hangs its process costs only itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hersteld.daemon.system.worker_pool import Lost, Pool, Result
from hersteld.parsers.line import Line
from tests.support.languages import speaking
from tests.support.machine.pool_work import meet, process_id, work
from tests.support.machine.process import wait_until
from tests.support.sentences import sentence


def said(result: Result | Lost) -> object:
    """Return what a job of these tests says; the reason where it was lost."""
    return result if isinstance(result, Lost) else result[0]["said"]


@pytest.fixture(autouse=True)
def workers_find_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))


def test_results_come_in_the_order_of_the_jobs() -> None:
    jobs = [f"job {number}" for number in range(50)]
    with Pool(work, workers=3) as pool:
        assert list(pool.map(jobs)) == [(job, ({"said": job.upper()}, job.encode())) for job in jobs]


def test_where_order_does_not_matter_a_slow_job_holds_up_none_of_the_others(tmp_path: Path) -> None:
    file = tmp_path / "made"
    jobs = [("wait", file), *[("pass", file)] * 30, ("make", file)]
    with Pool(meet, workers=2) as pool:
        results = list(pool.map(jobs, in_order=False))
    assert len(results) == len(jobs)
    assert {(job, said(result)) for job, result in results} == {(job, job[0]) for job in jobs}


def test_none_is_a_job_like_any_other() -> None:
    with Pool(process_id, workers=1) as pool:
        assert [job for job, _ in pool.map([1, None, 2])] == [1, None, 2]


@pytest.mark.parametrize(
    ("job", "part"),
    [
        ("die", "died (signal 9: the system ended it, mostly for lack of memory)"),
        ("leave", "died (exit code 3)"),
        ("fail", "ValueError: of no use"),
        ("fill", "died (there is not enough memory)"),
    ],
)
def test_a_job_that_ends_its_process_costs_only_itself(job: str, part: str) -> None:
    jobs = ["a", job, "b", "c", job, "d"]
    with Pool(work, workers=2) as pool:
        results = [said(result) for _, result in pool.map(jobs)]
    lost = [result for result in results if isinstance(result, Lost)]
    assert [result for result in results if result not in lost] == ["A", "B", "C", "D"]
    assert [part in sentence(one.reason) for one in lost] == [True, True]


def test_a_worker_that_is_lost_is_told_in_the_language_of_who_asked() -> None:
    with Pool(work, workers=1) as pool:
        lost = [result for _, result in pool.map(["die", "leave", "fail"]) if isinstance(result, Lost)]
    with speaking("nl"):
        assert [sentence(result.reason) for result in lost] == [
            (
                "Het proces dat het las, is gestopt "
                "(signaal 9: het systeem beëindigde het, meestal door te weinig geheugen)."
            ),
            "Het proces dat het las, is gestopt (exitcode 3).",
            "hersteld zelf ging stuk op dit bestand (ValueError: of no use); meld dit alsjeblieft.",
        ]


def test_a_job_that_hangs_is_given_up_and_its_process_ended() -> None:
    with Pool(work, workers=1, seconds=6) as pool:
        (_, first), (_, hung), (_, after) = pool.map(["a", "hang", "b"])
    assert (said(first), said(after)) == ("A", "B")
    assert hung == Lost(Line("files.reader_late", {"seconds": 6}), is_late=True)


def test_few_jobs_are_taken_before_the_first_result_leaves() -> None:
    taken = 0

    def jobs() -> Iterator[str]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield str(number)

    with Pool(work, workers=2) as pool:
        results = pool.map(jobs())
        next(results)
        assert taken < 20


def test_no_process_outlives_the_pool() -> None:
    with Pool(process_id, workers=2) as pool:
        pids = {said(result) for _, result in pool.map(range(20))}
    assert 1 <= len(pids) <= 2
    wait_until(lambda: not any(Path("/proc", str(pid)).exists() for pid in pids), "the workers to end")


def test_no_job_needs_no_process() -> None:
    with Pool(work) as pool:
        assert list(pool.map([])) == []
