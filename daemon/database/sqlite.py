"""How do we get sqlite_utils without what it would bring along?

It imports numpy where that is installed, to know the types of values that we never give it. `hersteld status` would
wait longer for that than for all else it does.
"""

import sys

_has_numpy = "numpy" in sys.modules
if not _has_numpy:
    sys.modules["numpy"] = None  # type: ignore[assignment]  # to import it now is an ImportError
try:
    from sqlite_utils import Database, Migrations
finally:
    if not _has_numpy:
        del sys.modules["numpy"]

__all__ = ["Database", "Migrations"]
