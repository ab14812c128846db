"""Is a program there that a test needs? Where not, the test is skipped by name; in CI it fails."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

# Services are often not on an ordinary user's path.
_PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))


def require(name: str) -> Path:
    """Return where a program is; skip the test that needs it, or fail it when `$CI` is set.

    Args:
        name: The program's file name, such as "dunst".
    """
    program = shutil.which(name, path=_PLACES)
    if program is None:
        missing(f"{name} is not installed")
    return Path(program)


def missing(reason: str) -> NoReturn:
    """Skip the running test for something that this machine or user does not have, or fail it when `$CI` is set."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and in CI nothing is skipped", pytrace=False)
    pytest.skip(reason)
