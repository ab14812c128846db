"""`hersteld run`: the service, from the command line."""

import logging
import os
import resource
import sys
from dataclasses import replace
from pathlib import Path
from shlex import quote

import click

from hersteld.config.problems import system_reason
from hersteld.config.settings import Settings
from hersteld.config.texts import speech
from hersteld.daemon.cli.exit_codes import EXIT_DATABASE, EXIT_RUNNING
from hersteld.daemon.cli.options import PathType, read_settings, secrets_in, settings_options
from hersteld.daemon.cli.printing.spoken_click import Failure
from hersteld.daemon.cli.printing.terminal import say
from hersteld.daemon.database.faults import StoreUnusable, is_hopeless
from hersteld.daemon.database.lock import AlreadyRunning
from hersteld.daemon.database.schema.migrations import NewerDatabase
from hersteld.daemon.delivery.notifiers import notifier_for
from hersteld.daemon.health.last_word import tell_the_end
from hersteld.daemon.service.lifecycle import Service
from hersteld.daemon.setup.machine.own_program import own_command
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.logs import set_up_logging
from hersteld.daemon.system.memory import share_one_heap
from hersteld.daemon.system.paths import database_path, open_to_others, shown
from hersteld.daemon.system.systemd import Systemd

log = logging.getLogger(__name__)


class Running(Failure):
    """Another service has the database."""

    exit_code = EXIT_RUNNING


class Hopeless(Failure):
    """To start again on this database is of no use."""

    exit_code = EXIT_DATABASE


def _folders(_context: click.Context, _parameter: click.Parameter, folders: tuple[Path, ...]) -> tuple[Path, ...]:
    # Not resolved: a link may lead elsewhere tomorrow.
    return tuple(dict.fromkeys(folder.absolute() for folder in folders))


@click.command()
@click.argument("folders", nargs=-1, metavar="[FOLDER]...", type=PathType(refused="file"), callback=_folders)
@click.option("-v", "--verbose", is_flag=True)
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
    """Watch the folders and send the messages."""
    share_one_heap()
    settings = read_settings(config_file, assignments)
    if folders:
        settings = replace(settings, watch=replace(settings.watch, folders=folders))
    secrets = secrets_in(settings)
    set_up_logging(verbose=verbose or bool(verbose_before), secrets=secrets, environment=os.environ)
    if not folders and settings.source is None:
        _make_missing(settings.watch.folders)
    _keep_to_ourselves(database_path(os.environ).parent)
    notifier = notifier_for(settings.notify.targets, os.environ, picture=settings.notify.picture)
    if sys.stdout.isatty():
        _introduce(settings, notifier.targets())
    service = Service(settings, database_path(os.environ), notifier, SystemClock(), Systemd(os.environ))
    try:
        service.run()
    except AlreadyRunning as error:
        for folder in folders:
            if not os.path.isdir(folder):  # noqa: PTH112 - with Path.is_dir() a folder closed to us is an error
                log.warning("%s", speech.say("run.folder_missing", folder=shown(folder)))
        raise Running(str(error)) from error
    except (StoreUnusable, NewerDatabase) as error:
        tell_the_end(settings.health, database_path(os.environ), error.line, SystemClock())
        raise (Hopeless if is_hopeless(error) else Failure)(str(error)) from error
    except OSError as error:
        raise Failure(speech.say("run.cannot_run", reason=system_reason(error), path=_path_of(error))) from error
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
            reason = system_reason(error)
            log.warning("%s", speech.say("run.folder_not_made", folder=shown(folder), reason=reason))
        else:
            say(speech.say("run.folder_made", folder=shown(folder)))


def _keep_to_ourselves(state: Path) -> None:
    """Leave no image of the memory behind, with addresses in it, when the process dies; warn of an open folder."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if open_to_others(state) == "write":
        command = f"chmod 700 {quote(shown(state))}"
        log.warning("%s", speech.say("run.state_open", folder=shown(state), command=command))


def _introduce(settings: Settings, targets: tuple[str, ...]) -> None:
    if settings.source is None:
        say(speech.say("run.not_configured", command=own_command(os.environ)), fg="yellow")
    say(speech.say("run.watching", folders=", ".join(map(shown, settings.watch.folders))))
    say(speech.say("run.targets", targets=", ".join(targets)))
    say(speech.say("run.stop"))


def _path_of(error: OSError) -> str:
    """Return which file an error is about, "" where it does not say."""
    return shown(error.filename) if isinstance(error.filename, str) else ""
