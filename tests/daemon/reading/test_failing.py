"""What keeps us from reading is the machine's doing where no file is to blame."""

import errno
import os
from pathlib import Path

import pytest

from hersteld.daemon.reading.failing import OVER_AND_OVER, Failing
from hersteld.daemon.system.paths import shown


def error(number: int) -> OSError:
    return OSError(number, os.strerror(number))


@pytest.fixture
def failing(tmp_path: Path) -> Failing:
    return Failing([tmp_path])


def test_a_watched_folder_that_is_gone_or_none_is_not_seen(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    for name in ("gone", "file", "file/below", "loop"):
        failing = Failing([tmp_path, tmp_path / name])
        assert not failing.begin()
        assert failing.unseen is not None
        assert failing.unseen[0] == shown(tmp_path / name)
    failing = Failing([tmp_path])
    assert failing.begin()
    assert failing.unseen is None


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOTCONN, errno.EHOSTDOWN, errno.ETIMEDOUT])
def test_a_disk_or_server_that_does_not_answer_is_trouble_wherever_it_shows(number: int, failing: Failing) -> None:
    failing.begin()
    failing.unlisted("/below", error(number))
    assert failing.unseen is not None
    assert not failing.is_watched("/below")
    failing.begin()
    assert failing.unseen is None


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.ELOOP, errno.ESTALE])
def test_what_is_one_files_own_matter_is_trouble_for_a_watched_folder_alone(
    number: int, failing: Failing, tmp_path: Path
) -> None:
    failing.begin()
    failing.unlisted("/below", error(number))
    for _ in range(OVER_AND_OVER):
        failing.failed("/below", error(number))
    assert (failing.unseen, failing.fails_over_and_over) == (None, 0)
    failing.unlisted(shown(tmp_path), error(number))
    assert failing.unseen is not None
    assert failing.is_watched(failing.unseen[0])


def test_reading_that_fails_over_and_over_is_trouble_until_a_file_is_read_or_the_bad_ones_are_gone(
    failing: Failing,
) -> None:
    for path in ("/a", "/a"):
        failing.failed(path)
    assert failing.fails_over_and_over == 0, "one bad file is set aside then"
    failing.failed("/b", error(errno.EIO))
    assert failing.fails_over_and_over == 3
    failing.read()
    assert failing.fails_over_and_over == 0
    for path in ("/a", "/b", "/b"):
        failing.failed(path)
    failing.keep_only({"/b"})
    assert failing.fails_over_and_over == 0
