"""No more processes work at once than a container lets."""

import os

import pytest

from hersteld.daemon.system.cores import cores, within_quota


@pytest.mark.parametrize(
    ("cpu_max", "used"),
    [
        ("max 100000\n", 32),
        ("100000 100000\n", 1),
        ("150000 100000\n", 2),
        ("5000 100000\n", 1),
        ("0 100000\n", 1),
        ("6400000 100000\n", 32),
        ("100000 0\n", 32),
        ("", 32),
        ("what no kernel writes\n", 32),
    ],
)
def test_a_quota_of_so_many_cores_is_that_many_of_32(cpu_max: str, used: int) -> None:
    assert within_quota(cpu_max, 32) == used


def test_this_machine_has_no_more_than_this_process_may_run_on() -> None:
    assert 1 <= cores() <= len(os.sched_getaffinity(0))
