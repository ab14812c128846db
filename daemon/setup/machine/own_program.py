"""Where is this hersteld, and how does its user call it?"""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from shlex import quote

NAME = "hersteld"


def own_program() -> Path:
    """Return the program that was called, absolute; with `python -m hersteld`, the one beside that Python."""
    called = Path(sys.argv[0])
    is_program = called.name == NAME and called.is_file()
    return Path(os.path.abspath(called)) if is_program else Path(sys.executable).with_name(NAME)  # noqa: PTH100 - a link of pipx stays one


def own_command(environ: Mapping[str, str]) -> str:
    """Return what is typed to call this program: its name where the shell finds it, else its path."""
    program = own_program()
    found = shutil.which(NAME, path=environ.get("PATH", ""))
    if found is not None and os.path.realpath(found) == os.path.realpath(program):
        return NAME
    here = Path.cwd()
    return quote(str(program.relative_to(here) if program.is_relative_to(here) else program))
