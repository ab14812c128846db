"""How does the file of the database come to be there, whole or not at all?

It is made under another name and linked into place with all its tables. So one that is empty was never made by us: it
was cut off, and is not silently begun anew.
"""

import errno
import os
import tempfile
from contextlib import closing
from pathlib import Path

from hersteld.daemon.database.schema.migrations import migrations
from hersteld.daemon.database.sqlite import Database
from hersteld.daemon.system.paths import make_private

_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS})


def make_if_missing(path: Path) -> None:
    """Make the database if it is not there, and its folder, for their owner alone.

    Nothing is opened that is there already: to close any descriptor of a file is to drop all locks this process has on
    it, and without its locks the next program that opens the database takes itself for the last one and removes the
    WAL.

    Raises:
        OSError: It cannot be made.
    """
    make_private(path.parent)
    if os.path.lexists(path):
        return
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)  # mode 0600
    new = Path(name)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - opened above
            file.write(_empty_database())
            file.flush()
            os.fsync(descriptor)
        _put_in_place(new, path)
    finally:
        new.unlink(missing_ok=True)


def _empty_database() -> bytes:
    """Return the bytes of a database with all tables and no rows."""
    with closing(Database(memory=True)) as db:
        migrations.apply(db)
        db.conn.commit()
        return bytes(db.conn.serialize())


def _put_in_place(new: Path, path: Path) -> None:
    try:
        os.link(new, path)
    except FileExistsError:  # another process was first
        return
    except OSError as error:
        if error.errno not in _NO_LINKS:  # such as FAT
            raise
        new.rename(path)
