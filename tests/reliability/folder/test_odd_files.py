"""Whatever the file system says of a file, and whatever its name is, the service lives and the others are taken in."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hersteld.daemon.inbox import scan as inbox_module
from hersteld.daemon.store.sightings import read_sightings
from hersteld.daemon.system.paths import shown
from tests.support.measured.figures import Measured
from tests.support.pipeline import NOON, Pipeline, a_file

_FIT = a_file()
_PICTURE = b"\xff\xd8\xff\xe0 and so on, a picture"

_numbers = st.one_of(
    st.sampled_from([-(2**63), -(10**18), -1, 0, 1, 2**31, 2**32, 2**62, 2**63 - 1]), st.integers(-(2**63), 2**63 - 1)
)
_inodes = st.one_of(st.sampled_from([0, 2**63 - 1, 2**63, 2**64 - 1]), st.integers(0, 2**64 - 1))
_sizes = st.one_of(st.none(), st.sampled_from([0, 1, 2**28, 2**28 + 1, 2**63 - 1]), st.integers(0, 2**63 - 1))
_names = st.one_of(
    st.binary(min_size=1, max_size=40).map(lambda name: name.replace(b"/", b"\\").replace(b"\0", b"\n")),
    st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1, max_size=40).map(str.encode),
)


@st.composite
def odd_statuses(draw: st.DrawFn) -> Callable[[os.stat_result], os.stat_result]:
    """Return what makes the odd status of a file out of its own."""
    inode, size = draw(_inodes), draw(_sizes)
    mtime_s, ctime_s, ns = draw(_numbers), draw(_numbers), draw(st.integers(0, 999_999_999))

    def odd(own: os.stat_result) -> os.stat_result:
        told = own.st_size if size is None else size
        return os.stat_result(
            (own.st_mode, inode, own.st_dev, own.st_nlink, own.st_uid, own.st_gid, told, mtime_s, mtime_s, ctime_s),
            {
                "st_mtime_ns": mtime_s * 10**9 + ns,
                "st_ctime_ns": ctime_s * 10**9 + ns,
                "st_mtime": float(mtime_s),
                "st_ctime": float(ctime_s),
            },
        )

    return odd


def _told_of(
    path: Path, odd: Callable[[os.stat_result], os.stat_result], real: Callable[..., os.stat_result]
) -> Callable[..., os.stat_result]:
    """Return `os.stat` or `os.fstat` that tells the odd status of one file."""
    identity = os.lstat(path)

    def told(what: Any, **how: Any) -> os.stat_result:
        status = real(what, **how)
        return odd(status) if os.path.samestat(status, identity) else status

    return told


@settings(max_examples=40)
@given(name=_names, is_fit=st.booleans(), odd=odd_statuses())
def test_no_file_ends_the_service_or_holds_up_another(
    name: bytes, is_fit: bool, odd: Callable[[os.stat_result], os.stat_result]
) -> None:
    with TemporaryDirectory() as folder, patch.object(inbox_module, "_RACY_S", 0.0):
        pipeline = Pipeline(Path(folder))
        path = pipeline.inbox_folder / os.fsdecode(b"it " + name + (b".fit" if is_fit else b".jpg"))
        path.write_bytes(_FIT if is_fit else _PICTURE)
        with patch.multiple(os, stat=_told_of(path, odd, os.stat), fstat=_told_of(path, odd, os.fstat)):
            pipeline.look()
            pipeline.pass_time(minutes=2, step=timedelta(seconds=40))
            pipeline.start()  # from what it has stored of such a file
            pipeline.put("another.fit", a_file(NOON - timedelta(days=1)))
            pipeline.look()
        assert pipeline.statuses()["another.fit"] == "workout"
        pipeline.start()
        pipeline.pass_time(hours=1)
        assert read_sightings(pipeline.store).keys() == {shown(path), shown(pipeline.inbox_folder / "another.fit")}
        assert len(pipeline.stored()) == (2 if is_fit else 1), "told the truth, it takes in all that there is"
        pipeline.store.close()


@pytest.mark.figures("a name that is no text", "{pairs} pairs: lost 0, read again {again}")
@pytest.mark.parametrize("odd", [b"a\xff.fit", b"a\\x5cxff.fit", b"a\\x5c.fit"])
def test_a_name_that_is_no_text_and_one_that_spells_it_are_two_files(
    odd: bytes, tmp_path: Path, measured: Measured
) -> None:
    pipeline = Pipeline(tmp_path)
    paths = [pipeline.inbox_folder / os.fsdecode(odd), pipeline.inbox_folder / shown(os.fsdecode(odd))]
    assert paths[0] != paths[1]
    for day, path in enumerate(paths, 1):
        path.write_bytes(a_file(NOON - timedelta(days=day)))
    pipeline.look()
    pipeline.pass_time(minutes=10, step=timedelta(seconds=30))
    assert len(pipeline.stored()) == 2
    again = pipeline.inbox.scan()
    assert again == (), "nothing is left to be read"
    measured(pairs=1, again=len(again))
    paths[0].unlink()
    assert pipeline.inbox.scan() == ()
    assert list(read_sightings(pipeline.store)) == [shown(paths[1])]
