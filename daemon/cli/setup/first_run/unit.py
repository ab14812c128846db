"""Is hersteld to run as a service of the user? `hersteld init` offers it, and says what is in the way of it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import click

from hersteld.config.texts import speech
from hersteld.daemon.cli.printing.terminal import tell
from hersteld.daemon.cli.setup.first_run.asking import Back, ask_yes
from hersteld.daemon.cli.setup.first_run.said import tell_changes
from hersteld.daemon.database.lock import daemon_at
from hersteld.daemon.setup.machine.own_program import own_command, own_program
from hersteld.daemon.setup.machine.user_unit import (
    UNIT,
    UserUnit,
    enable,
    has_systemd,
    has_user_bus,
    is_active,
    lingers,
    user_unit,
)
from hersteld.daemon.system.paths import database_path, shown

Wish = Literal["ask", "yes", "no"]
"""Whether a service is wanted: asked at the terminal, or known by the command line."""


def set_up_service(configuration: Path, wish: Wish, *, asks: bool) -> bool:
    """Set up a service of the user where that is wanted, and return whether there is one.

    Args:
        configuration: The file that it is to read.
        asks: Whether somebody is there to agree to a change of a unit.
    """
    environ = dict(os.environ)
    if wish == "no":
        return False
    if not has_systemd(environ):
        if wish == "yes":
            tell(speech.say("setup.no_systemd"), fg="yellow")
        return False
    unit = user_unit(own_program(), configuration, environ)
    if wish == "ask" and unit.before is not None:
        tell(speech.say("setup.unit_there", file=shown(unit.path), command=f"systemctl --user restart {UNIT}"))
        if not unit.is_there:
            tell(speech.say("setup.unit_differs", command=own_command(environ)))
        return True
    # A service of root's own is seldom meant.
    if wish == "ask" and not _agreed("setup.ask_unit", default=os.geteuid() != 0):
        return False
    if not has_user_bus(environ):
        tell(speech.say("setup.no_user_bus", command=own_command(environ)), fg="yellow")
        return False
    if _runs_by_hand(environ):
        tell(speech.say("setup.runs_by_hand", command=own_command(environ)), fg="yellow")
        return True
    if unit.before is not None and not unit.is_there:
        tell(speech.say("setup.unit_will_change", file=shown(unit.path)))
        tell_changes(unit.before, unit.text)
        if asks and not _agreed("setup.ask_unit_changed"):
            return True
    return _start(unit, environ)


def _runs_by_hand(environ: Mapping[str, str]) -> bool:
    """Return whether a hersteld runs that systemd did not start: beside it a service would end at once."""
    try:
        return daemon_at(database_path(environ)) is not None and not is_active(environ)
    except OSError:
        return False


def _start(unit: UserUnit, environ: Mapping[str, str]) -> bool:
    unit.write()
    if (reason := enable(environ)) is not None:
        command = f"journalctl --user -u {UNIT}"
        tell(speech.say("setup.unit_failed", reason=(reason,), file=shown(unit.path), command=command), fg="red")
        return False
    tell(speech.say("setup.unit_runs", command=f"journalctl --user -u {UNIT}"), fg="green")
    if not lingers(environ):
        tell(speech.say("setup.linger", command="loginctl enable-linger"))
    return True


def _agreed(question: Literal["setup.ask_unit", "setup.ask_unit_changed"], *, default: bool = True) -> bool:
    """Ask; what stands is written already, so that to go back, or to answer nothing any more, is a no.

    Raises:
        click.Abort: Ctrl-C was pressed.
    """
    try:
        return ask_yes(speech.say(question), default=default)
    except (Back, EOFError):
        return False
    except KeyboardInterrupt:
        tell()
        tell(speech.say("setup.no_service"))
        raise click.Abort from None
