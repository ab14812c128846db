"""A file is read when it is finished, and not before."""

import os
import tempfile
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from hersteld.daemon.inbox import scan as inbox_module
from hersteld.daemon.inbox.candidate import Candidate
from hersteld.daemon.inbox.mounts import must_be_polled
from hersteld.daemon.store.files import files_seen
from tests.support.pipeline import NOON, Pipeline, a_file


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path)


def test_a_file_that_grows_is_told_once_when_it_is_whole(pipeline: Pipeline) -> None:
    content = a_file()
    for share in range(10):
        pipeline.put("a.fit", content[: len(content) * share // 10])
        pipeline.look()
        pipeline.pass_time(seconds=90, step=timedelta(seconds=5))
        assert files_seen(pipeline.store) == ()
    pipeline.put("a.fit", content)
    pipeline.pass_time(seconds=3, step=timedelta(seconds=1))
    assert pipeline.statuses() == {"a.fit": "workout"}
    assert len(pipeline.notifier.received) == 1


def test_an_unfinished_file_is_not_read_at_every_scan(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Candidate] = []
    real = inbox_module.Inbox.opened

    def count(inbox: inbox_module.Inbox, candidate: Candidate) -> AbstractContextManager[int | None]:
        reads.append(candidate)
        return real(inbox, candidate)

    monkeypatch.setattr(inbox_module.Inbox, "opened", count)
    pipeline.put("a.fit", a_file()[:5000])
    pipeline.look()
    pipeline.pass_time(hours=1, step=timedelta(seconds=1))
    assert 60 <= len(reads) <= 70, "every second at first, every minute in the end"


def test_a_file_that_stays_cut_off_for_a_day_is_taken_as_it_is(pipeline: Pipeline) -> None:
    content = a_file(minutes=90)
    pipeline.put("a.fit", content[: len(content) * 2 // 3])
    pipeline.put("b.fit", content[:100])
    pipeline.look()
    pipeline.pass_time(hours=23, step=timedelta(hours=1))
    assert files_seen(pipeline.store) == ()
    pipeline.pass_time(hours=2, step=timedelta(hours=1))
    assert pipeline.statuses() == {"a.fit": "workout", "b.fit": "rejected"}
    (stored,) = pipeline.stored()
    assert stored.salvaged
    assert 40 * 60 < stored.timer_s < 80 * 60


def test_a_file_that_a_slow_writer_fills_in_place_is_not_believed_half_full(pipeline: Pipeline) -> None:
    content = a_file()
    half = len(content) // 2
    pipeline.put("a.fit", content[:half] + bytes(len(content) - half))
    pipeline.look()
    pipeline.pass_time(seconds=20, step=timedelta(seconds=2))
    assert files_seen(pipeline.store) == ()
    pipeline.put("a.fit", content)
    pipeline.pass_time(seconds=5, step=timedelta(seconds=1))
    assert pipeline.statuses() == {"a.fit": "workout"}
    assert not pipeline.stored()[0].salvaged


def test_half_a_file_on_a_network_folder_is_not_believed_for_being_old(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy there keeps the date of its original, and nothing tells when it was made."""
    monkeypatch.setattr(inbox_module, "must_be_polled", lambda _path: True)
    content = a_file(minutes=90)
    long_ago = (NOON - timedelta(days=30)).timestamp()
    for share in (1, 2):
        path = pipeline.put("a.fit", content[: len(content) * share // 3])
        os.utime(path, (long_ago, long_ago))
        pipeline.look()
        pipeline.pass_time(hours=1)
    assert files_seen(pipeline.store) == ()
    path = pipeline.put("a.fit", content)
    os.utime(path, (long_ago, long_ago))
    pipeline.pass_time(minutes=2)
    assert pipeline.statuses() == {"a.fit": "workout"}
    assert not pipeline.stored()[0].salvaged


def test_a_link_to_a_network_disk_is_treated_as_one(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as elsewhere:
        if Path(elsewhere).stat().st_dev == tmp_path.stat().st_dev:
            pytest.skip("/dev/shm is no file system of its own here")
        mounts = tmp_path / "mounts"
        mounts.write_text("/dev/sda1 / ext4 rw 0 0\nnas:/export /dev/shm nfs4 rw 0 0\n")
        monkeypatch.setattr(inbox_module, "must_be_polled", partial(must_be_polled, mounts=mounts))
        (pipeline.inbox_folder / "nas").symlink_to(elsewhere, target_is_directory=True)
        pipeline.put("nas/a.fit", a_file())
        pipeline.put("b.fit", a_file(NOON - timedelta(days=1)))
        made_up = {Path(one.path).name: one.signature.inode == 0 for one in pipeline.inbox.scan()}
    assert made_up == {"a.fit": True, "b.fit": False}
