"""A temporary folder that is full, missing or not writable stops nothing, and no full disk is taken for another."""

import collections
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.faults import StoreUnusable
from hersteld.daemon.importing.spool import Spool
from tests.support.command_line import call_process
from tests.support.home import Home
from tests.support.machine.storage import fill, small_disk
from tests.support.measured.figures import Measured
from tests.support.receivers import HttpReceiver

_NONE_AT_ALL = """
import tempfile

def none_at_all():
    raise FileNotFoundError(2, "No usable temporary directory found")

tempfile.gettempdir = tempfile._get_default_tempdir = none_at_all
"""
"""What Python says where neither TMPDIR nor /tmp can be written; the program and its children begin so."""


@contextmanager
def temp_folder(kind: str, folder: Path) -> Iterator[Mapping[str, str]]:
    """Give the environment of a machine whose temporary folder is of no use."""
    temp = folder / "temp"
    if kind == "full":
        with small_disk(temp, 64):
            fill(temp)
            yield {"TMPDIR": str(temp), "SQLITE_TMPDIR": str(temp)}
        return
    if kind == "a file":
        temp.touch()
    elif kind == "none at all":
        patch = folder / "patch"
        patch.mkdir()
        (patch / "sitecustomize.py").write_text(_NONE_AT_ALL)
        yield {"PYTHONPATH": str(patch), "TMPDIR": "/nonexistent", "SQLITE_TMPDIR": "/nonexistent"}
        return
    yield {"TMPDIR": str(temp), "SQLITE_TMPDIR": str(temp)}


@pytest.mark.figures("the temporary folder is full", "{tried} tried: 0 lost")
@pytest.mark.parametrize("kind", ["full", "missing", "a file", "none at all"])
def test_no_temporary_folder_is_needed_to_import_to_serve_and_to_copy(
    kind: str, tmp_path: Path, measured: Measured
) -> None:
    with temp_folder(kind, tmp_path) as environment, HttpReceiver() as phone:
        home = Home(tmp_path / "home", phone.url)
        home.environment |= environment
        home.configure(experience="trained")
        old = tmp_path / "old.fit"
        old.write_bytes(home.workout(ended_ago=timedelta(days=7)))
        assert "1 workout" in home.call("import", old)
        with home.daemon() as daemon:
            (home.inbox / "a.fit").write_bytes(home.workout())
            daemon.wait_for(lambda: phone.received, "the message of the workout")
        assert "Traceback" not in daemon.stderr
        home.call("backup", tmp_path / "copy.db")
        assert home.ask("status")["last_workout"] is not None
        measured(tried=1)


@pytest.mark.figures("an import needs more room", "{tried} tried: {left} files left")
def test_an_import_for_which_the_disk_of_the_database_has_no_room_names_the_database(
    tmp_path: Path, measured: Measured
) -> None:
    with small_disk(tmp_path / "state", 512) as state:
        database = state / "hersteld.db"
        reading = {"sha256": "1", "path": "/a.fit"}
        with (
            Spool(database) as spool,
            pytest.raises(StoreUnusable, match=rf"^{database}: there is no room left on its"),
        ):
            collections.deque(spool.put(0.0, reading, bytes(2**21)) for _ in range(40))  # more than is held in memory
        left = list(state.iterdir())
        assert left == []
    measured(tried=1, left=len(left))


@pytest.mark.figures("an import needs more room", "{tried} tried: {left} files left")
def test_a_demo_without_room_names_the_folder_it_plays_in(tmp_path: Path, measured: Measured) -> None:
    with small_disk(tmp_path / "temp", 64) as temp:
        done = call_process("demo", "--language", "en", home=tmp_path, extra={"TMPDIR": str(temp)})
        left = list(temp.iterdir())
    assert left == []
    assert done.returncode == 1
    assert f"temporary folder {temp}, where nothing can be written" in done.stderr
    assert "This should not happen" not in done.stderr
    assert "hersteld.db" not in done.stderr
    measured(tried=1, left=len(left))
