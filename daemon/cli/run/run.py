"""`hersteld run`: the service, from the command line."""

import logging
import os
import resource
import sys
from dataclasses import replace
from pathlib import Path

import click

from hersteld.config.settings import Settings
from hersteld.daemon.cli.options import read_settings, secrets_in, settings_options
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.database.lock import AlreadyRunning
from hersteld.daemon.delivery.notifiers import notifier_for
from hersteld.daemon.service.lifecycle import Service
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.logs import set_up_logging
from hersteld.daemon.system.paths import database_path, open_to_others, shown
from hersteld.daemon.system.systemd import Systemd

log = logging.getLogger(__name__)


def _folders(_context: click.Context, _parameter: click.Parameter, names: tuple[str, ...]) -> tuple[Path, ...]:
    if "" in names:  # of a variable that is not set; a path made of it would be the folder one happens to be in
        raise click.BadParameter('"" is no folder; name one, or leave it out to watch those of the configuration')
    # Not resolved: a link may lead elsewhere tomorrow.
    return tuple(dict.fromkeys(Path(name).absolute() for name in names))


@click.command()
@click.argument("folders", nargs=-1, metavar="[FOLDER]...", type=click.Path(file_okay=False), callback=_folders)
@click.option("-v", "--verbose", is_flag=True, help="Log more.")
@settings_options
@click.pass_obj
def run(
    verbose_before: bool | None,
    folders: tuple[Path, ...],
    config_file: Path | None,
    assignments: tuple[str, ...],
    *,
    verbose: bool,
) -> None:
    """Watch the folders and send the messages.

    FOLDER takes the place of the folders in the configuration. Without configuration and FOLDER it watches ~/Workouts.
    Runs until Ctrl-C or SIGTERM.
    """
    settings = read_settings(config_file, assignments)
    if folders:
        settings = replace(settings, watch=replace(settings.watch, folders=folders))
    secrets = secrets_in(settings)
    set_up_logging(verbose=verbose or bool(verbose_before), secrets=secrets, environment=os.environ)
    if not folders and settings.source is None:
        _make_missing(settings.watch.folders)
    _keep_to_ourselves(database_path(os.environ).parent)
    notifier = notifier_for(settings.notify.targets, os.environ)
    if sys.stdout.isatty():
        _introduce(settings, notifier.targets())
    service = Service(settings, database_path(os.environ), notifier, SystemClock(), Systemd(os.environ))
    try:
        service.run()
    except AlreadyRunning:
        for folder in folders:
            if not os.path.isdir(folder):  # noqa: PTH112 - with Path.is_dir() a folder closed to us is an error
                log.warning("%s: this folder is not there", shown(folder))
        raise
    except OSError as error:
        raise click.ClickException(f"hersteld cannot run: {error}") from error
    # All is closed, but Python would wait for the thread of a call that hangs, one given up long ago included.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _make_missing(folders: tuple[Path, ...]) -> None:
    """Make the default folder, so that a first run needs no preparation.

    Where that is not allowed, as under systemd's ProtectHome, it is waited for like any other.
    """
    for folder in folders:
        try:
            if folder.exists():
                continue
            folder.mkdir(parents=True)
        except OSError as error:
            why = (error.strerror or "no reason given").lower()
            log.warning("%s: cannot be made (%s); make it, or name another under watch.folders", shown(folder), why)
        else:
            say(f"Made {shown(folder)}: put FIT files there.")


def _keep_to_ourselves(state: Path) -> None:
    """Leave no image of the memory behind, with addresses in it, when the process dies; warn of an open folder."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if open_to_others(state) == "write":
        log.warning("%s: others can write in it, and so change your history; run: chmod 700 %s", state, state)


def _introduce(settings: Settings, targets: tuple[str, ...]) -> None:
    say(f"Watching: {', '.join(map(shown, settings.watch.folders))}")
    say(f"Messages go to: {', '.join(targets)}")
    say("Stop with Ctrl-C.")
