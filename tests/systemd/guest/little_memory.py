"""Does a file that needs more memory than the unit may have stop anything but itself?"""

import shutil
import sqlite3
import zipfile
from contextlib import closing

from .tools.athletes import FRITS
from .tools.looking import RECEIVERS, ask, call, holds, journal_of, pid_of, shown, wait_until

_MIB = 2**20
_ZIP_MIB = 240
_NAME = "export.zip"
_found: dict[str, int] = {}


def a_zip_that_needs_more_memory_than_the_unit_has_holds_up_no_other_file() -> str:
    FRITS.install()
    FRITS.make_folder()
    call("mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", FRITS.folder)  # the disk of this machine is small
    shutil.chown(FRITS.folder, FRITS.name, FRITS.name)
    call("systemctl", "daemon-reload")
    call("systemctl", "start", FRITS.unit)
    _found["pid"] = pid_of(FRITS)
    hidden = FRITS.folder / f".{_NAME}"
    with zipfile.ZipFile(hidden, "w") as archive:
        archive.writestr("pictures.bin", bytes(_ZIP_MIB * _MIB))
    hidden.rename(FRITS.folder / _NAME)
    wait_until(lambda: _NAME in journal_of(FRITS), "a word of the zip")
    FRITS.drop("a.fit")
    taken_s = wait_until(lambda: RECEIVERS["frits"].accepted, "the message of the other file")
    return f"told after {taken_s:.1f} s"


def that_zip_is_set_aside_after_the_second_time_and_named_and_the_service_lives_on() -> str:
    ended = f"{_NAME}: the process that read it ended (signal 9"
    waited_s = wait_until(lambda: ended in journal_of(FRITS), "the first end of the process that reads")
    holds(f"{FRITS.folder / _NAME}" in ask(FRITS, "status"), ask(FRITS, "status"))
    holds(pid_of(FRITS) == _found["pid"], "the service was started again")
    call("systemctl", "stop", FRITS.unit)
    _let_the_pause_pass()
    call("systemctl", "start", FRITS.unit)
    _found["pid"] = pid_of(FRITS)
    waited_s += wait_until(lambda: f"{_NAME}: set aside" in journal_of(FRITS), "the zip to be set aside")
    journal = journal_of(FRITS)
    holds(journal.count(ended) == 1, journal)
    holds(f"{FRITS.folder / _NAME}" in ask(FRITS, "status"), ask(FRITS, "status"))
    holds(f"{FRITS.folder / _NAME}" in ask(FRITS, "retry"), ask(FRITS, "retry"))
    holds(pid_of(FRITS) == _found["pid"], "the service was started again")
    holds(shown(FRITS.unit, "NRestarts") == "0", "the service was started again")
    holds(len(RECEIVERS["frits"].accepted) == 1, f"{RECEIVERS['frits'].accepted}")
    (FRITS.folder / _NAME).unlink()
    call("systemctl", "stop", FRITS.unit)
    call("umount", FRITS.folder)
    return f"waited for {waited_s:.0f} s"


def _let_the_pause_pass() -> None:
    """Have the first end lie further back than the pause before the second try; nobody has the database open."""
    with closing(sqlite3.connect(FRITS.state / "hersteld.db")) as database, database:
        database.execute("UPDATE set_aside SET at = (strftime('%Y', at) - 1) || substr(at, 5)")
