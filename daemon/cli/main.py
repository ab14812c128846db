"""The command line: which commands are there, and how does each of them fail?

A command is imported when it is called, so that `hersteld plan` does not wait for what `hersteld run` needs.
"""

import errno
import logging
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from hersteld import __version__
from hersteld.config.problems import ConfigError
from hersteld.daemon.cli.exit_codes import EXIT_INTERRUPTED
from hersteld.daemon.system.errors import DaemonError

COMMANDS = {
    "run": "Watch the folders and send the messages.",
    "plan": "Read files and print what to do, when and why.",
    "import": "Take old files into your history, without a message.",
    "status": "Print when you are ready, what is due, and what went wrong.",
    "history": "Print the last workouts and the trend.",
    "explain": "Print every rule, whether it applied, and its numbers.",
    "backup": "Copy the database, also while the service runs.",
    "check": "Look at everything hersteld needs, and say what to do.",
    "notify-test": "Send one test message to each target.",
    "demo": "Play a simulated training week through the real pipeline.",
    "config": "Show the configuration, or what it may hold.",
}
"""Each command with its one line of help."""

_ROOMS = {
    "look": ("plan", "status", "history", "explain"),
    "run": ("run", "import", "backup", "demo"),
    "setup": ("check", "config", "notify-test"),
}
"""Which commands are in which folder, each in the module of its name, or `import_` where that is a keyword."""


@contextmanager
def _read_enough() -> Iterator[None]:
    """Make no failure of it, as click would, that whoever read our output stopped."""
    try:
        yield
    except BrokenPipeError as error:
        raise click.exceptions.Exit(0) from error


class Commands(click.Group):
    """A group whose commands are imported when they are called, and whose errors are sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module_name = cmd_name.replace("-", "_") + "_" * iskeyword(cmd_name)
        room = next(name for name, commands in _ROOMS.items() if cmd_name in commands)
        command: click.Command = getattr(import_module(f"hersteld.daemon.cli.{room}.{module_name}"), module_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def make_context(self, *args: Any, **named: Any) -> click.Context:
        """Read the command line; where `--help` stands in it, that is all."""
        with _read_enough():
            return super().make_context(*args, **named)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what it cannot do becomes a sentence and an exit code."""
        from hersteld.daemon.cli.options import BadConfig  # noqa: PLC0415 - imports what --version can do without

        try:
            with _read_enough():
                return super().invoke(ctx)
        except ConfigError as error:
            raise BadConfig(error) from error
        except DaemonError as error:
            raise click.ClickException(str(error)) from error
        except sqlite3.Error as error:
            from hersteld.daemon.database.faults import in_words  # noqa: PLC0415 - as above
            from hersteld.daemon.system.paths import database_path  # noqa: PLC0415 - as above

            raise click.ClickException(in_words(error, database_path(os.environ))) from error


@click.command(cls=Commands)
@click.version_option(__version__, prog_name="hersteld", message="%(prog)s %(version)s")
@click.option("-v", "--verbose", is_flag=True, help="Also print what is only of interest when looking for a fault.")
@click.pass_context
def cli(ctx: click.Context, *, verbose: bool) -> None:
    """Read your sports watch's FIT files and say how to recover. Local only.

    Information, not medical advice: in doubt, ask a professional.
    """
    ctx.obj = verbose
    _log_to_stderr(verbose=verbose)


def main() -> None:
    """Run the command line of this process and end it with an exit code."""
    try:
        code = cli.main(prog_name="hersteld", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(EXIT_INTERRUPTED)
    except OSError as error:
        if error.errno == errno.EPIPE:
            _close_stdout()
            sys.exit(0)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            _close_stdout()
            said = f"Error: {error.strerror}: make room there, or send what is printed elsewhere."
            click.echo(said, err=True)
            sys.exit(1)
        _die_of(error)
    except Exception as error:  # noqa: BLE001 - the last place where it can be said in a sentence
        _die_of(error)
    sys.exit(code if isinstance(code, int) else 0)


def _close_stdout() -> None:
    """Let the rest of our output go nowhere: Python flushes it once more at its end, which must not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _die_of(error: Exception) -> None:
    """Say an error that nobody foresaw, its traceback only to who asked for it."""
    if logging.getLogger().isEnabledFor(logging.DEBUG):
        logging.getLogger("hersteld").critical("hersteld met an error it did not expect", exc_info=error)
        sys.exit(1)
    from hersteld.daemon.system.logs import disarmed, without_secrets  # noqa: PLC0415 - imports --version can do without

    said = str(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
    said = disarmed(without_secrets(said))
    click.echo(f"Error: {said}\nThis should not happen. `hersteld --verbose ...` shows where it does.", err=True)
    sys.exit(1)


def _log_to_stderr(*, verbose: bool) -> None:
    """Let the handler of last resort write our lines: warnings, and with `verbose` all. `run` sets up its own."""
    from hersteld.daemon.system.logs import LineFormatter, Redactor  # noqa: PLC0415 - as above

    if logging.lastResort is None:
        return
    logging.lastResort.setFormatter(LineFormatter(Redactor(), journal=False))
    if verbose:
        logging.lastResort.setLevel(logging.DEBUG)
        logging.getLogger().setLevel(logging.DEBUG)
