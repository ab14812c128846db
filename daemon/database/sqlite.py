"""How is sqlite_utils imported without numpy?

It imports numpy where that is installed, to know the types of values that we never give it. `hersteld status` needs
numpy for nothing, and would take a third longer with it.
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
