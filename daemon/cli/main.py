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
from hersteld.config.languages import language_before_settings
from hersteld.config.problems import ConfigError
from hersteld.config.texts.speech import say, speak_when_needed
from hersteld.daemon.cli.exit_codes import EXIT_INTERRUPTED
from hersteld.daemon.cli.printing.spoken_click import Failure, SpokenContext, SpokenGroup, in_our_words, made_to_speak
from hersteld.daemon.system.errors import DaemonError

COMMANDS = {
    "init": "setup",
    "run": "run",
    "plan": "look",
    "import": "run",
    "status": "look",
    "history": "look",
    "explain": "look",
    "card": "look",
    "learned": "answer",
    "forget": "answer",
    "sport": "answer",
    "rpe": "answer",
    "weigh": "answer.weights",
    "drank": "answer.weights",
    "done": "answer",
    "tqr": "answer",
    "resting-hr": "answer",
    "pause": "answer",
    "retry": "run",
    "backup": "run",
    "check": "setup",
    "notify-test": "setup",
    "demo": "run",
    "config": "setup",
    "completion": "setup",
}
"""Each command with its folder, where it stands in the module of its name, or `import_` where that is a keyword."""


@contextmanager
def _read_enough() -> Iterator[None]:
    """Make no failure of it, as click would, that whoever read our output stopped."""
    try:
        yield
    except BrokenPipeError as error:
        raise click.exceptions.Exit(0) from error


@contextmanager
def _in_our_words(context: click.Context) -> Iterator[None]:
    """Let click's errors be told in the user's language."""
    try:
        yield
    except click.UsageError as error:
        raise in_our_words(error, context) from error


class Commands(SpokenGroup):
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
        module = import_module(f"hersteld.daemon.cli.{COMMANDS[cmd_name]}.{module_name}")
        return made_to_speak(getattr(module, module_name))

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the command line; where `--help` stands in it, that is all."""
        words = tuple(args)
        speak_when_needed(lambda: language_before_settings(words, os.environ))
        with _in_our_words(SpokenContext(self, parent, info_name)), _read_enough():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what it cannot do becomes a sentence and an exit code."""
        from hersteld.daemon.cli.options import BadConfig  # noqa: PLC0415 - imports what --version can do without

        try:
            with _in_our_words(ctx), _read_enough():
                return super().invoke(ctx)
        except ConfigError as error:
            raise BadConfig(error) from error
        except DaemonError as error:
            raise Failure(str(error)) from error
        except sqlite3.Error as error:
            from hersteld.daemon.database.faults import in_words  # noqa: PLC0415 - as above
            from hersteld.daemon.system.paths import database_path  # noqa: PLC0415 - as above

            raise Failure(in_words(error, database_path(os.environ))) from error


@click.command("hersteld", cls=Commands)
@click.version_option(__version__, prog_name="hersteld", message="%(prog)s %(version)s")
@click.option("-v", "--verbose", is_flag=True)
@click.pass_context
def cli(ctx: click.Context, *, verbose: bool) -> None:
    """Be the program, whose commands do the work."""
    ctx.obj = verbose
    if os.environ.get("NO_COLOR"):
        ctx.color = False  # as https://no-color.org has it; of every command, as their contexts follow this one
    _log_to_stderr(verbose=verbose)


def main() -> None:
    """Run the command line of this process and end it with an exit code."""
    if asked := os.environ.get("_HERSTELD_COMPLETE"):
        from hersteld.daemon.cli.completion.reply import reply  # noqa: PLC0415 - a shell asks, and no command is called

        sys.exit(reply(asked, os.environ))
    # The threads of numpy's library bring nothing here, and where it gets none, it ends the process.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
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
            click.echo(say("help.error", message=say("help.no_room")), err=True)
            sys.exit(1)
        _die_of(error)
    except Exception as error:  # noqa: BLE001 - the last place where it can be said in a sentence
        _die_of(error)
    sys.exit(code if isinstance(code, int) else 0)


def _close_stdout() -> None:
    """Let the rest of our output go nowhere: Python flushes it once more at its end, which must not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _die_of(error: Exception) -> None:
    """Print an error that nobody foresaw, and end; its traceback goes only to who asked for it."""
    if logging.getLogger().isEnabledFor(logging.DEBUG):
        logging.getLogger("hersteld").critical(say("help.unforeseen_log"), exc_info=error)
        sys.exit(1)
    from hersteld.daemon.system.logs import disarmed, without_secrets  # noqa: PLC0415 - imports --version can do without

    fault = str(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
    click.echo(say("help.error", message=disarmed(without_secrets(fault))), err=True)
    click.echo(say("help.unforeseen", command="hersteld --verbose ..."), err=True)
    sys.exit(1)


def _log_to_stderr(*, verbose: bool) -> None:
    """Let the handler of last resort write our lines: warnings, and with `verbose` all. `run` sets up its own."""
    from hersteld.daemon.system.logs import LineFormatter, Redactor, quieten_libraries  # noqa: PLC0415 - as above

    if logging.lastResort is None:
        return
    logging.lastResort.setFormatter(LineFormatter(Redactor(), journal=False))
    if verbose:
        quieten_libraries()  # one of them tells what TZ holds
        logging.lastResort.setLevel(logging.DEBUG)
        logging.getLogger().setLevel(logging.DEBUG)
