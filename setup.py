"""What pyproject.toml cannot say: the manual pages are written when a wheel is built, and installed where man looks."""

import os
import subprocess
import sys
from pathlib import Path

from setuptools import Command, setup
from setuptools.command.build import build

_PAGES = Path("build", "man")


class BuildMan(Command):
    """Write the manual pages."""

    user_options: list[tuple[str, str, str]] = []  # noqa: RUF012 - setuptools asks for it
    editable_mode = False

    def initialize_options(self) -> None:
        """Do nothing: there are no options."""

    def finalize_options(self) -> None:
        """Do nothing, as above."""

    def get_source_files(self) -> list[str]:
        """Return no file that others do not name."""
        return []

    def get_outputs(self) -> list[str]:
        """Return no file of a package."""
        return []

    def get_output_mapping(self) -> dict[str, str]:
        """Return no file of a package."""
        return {}

    def run(self) -> None:
        """Write them; none of our dependencies is needed for it, as none is there."""
        environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}  # whatever PYTHONSAFEPATH says
        command = [sys.executable, "-m", "hersteld.daemon.cli.man.page", str(_PAGES)]
        subprocess.run(command, check=True, env=environment)  # noqa: S603 - ours


build.sub_commands = [*build.sub_commands, ("build_man", None)]
setup(
    cmdclass={"build_man": BuildMan},
    data_files=[
        ("share/man/man1", [str(_PAGES / "hersteld.1")]),
        ("share/man/nl/man1", [str(_PAGES / "nl" / "hersteld.1")]),
    ],
)
