"""`hersteld init`: how does a newcomer get from nothing to the first message?"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from hersteld.config.settings import Settings, Target
from hersteld.config.texts import speech
from hersteld.daemon.cli.options import PathType, in_language, language_option, read_settings
from hersteld.daemon.cli.printing.spoken_click import Failure
from hersteld.daemon.cli.printing.terminal import tell
from hersteld.daemon.cli.setup.first_run.alone import make_folder, paths_of, without_asking
from hersteld.daemon.cli.setup.first_run.asking import take_anything
from hersteld.daemon.cli.setup.first_run.dialogue import Declined, Dialogue
from hersteld.daemon.cli.setup.first_run.said import tell_difference, tell_missing, tell_standing
from hersteld.daemon.cli.setup.first_run.target import tell_topic
from hersteld.daemon.cli.setup.first_run.unit import set_up_service
from hersteld.daemon.cli.setup.notify_test import try_target
from hersteld.daemon.setup.chosen import entries_of
from hersteld.daemon.setup.document import NewTarget, written
from hersteld.daemon.setup.machine.likely_folders import can_be_written, is_there, short
from hersteld.daemon.setup.machine.own_program import own_command
from hersteld.daemon.setup.machine.saving import save
from hersteld.daemon.setup.standing import Standing, place_of, standing
from hersteld.daemon.setup.targets import (
    NotServer,
    NtfyTopic,
    as_configured,
    desktop_target,
    has_login,
    is_on_server_of,
    ntfy_target,
    topic_on,
)
from hersteld.daemon.setup.typed import NotAllowed, Value, typed, with_value
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path, shown
from hersteld.daemon.views.check_watched import is_started_otherwise

_FLAGS = {
    "experience": "athlete.experience",
    "birth_year": "athlete.birth_year",
    "mass_kg": "athlete.mass_kg",
    "max_hr": "athlete.max_hr",
    "resting_hr": "athlete.resting_hr",
    "ftp_w": "athlete.ftp_w",
    "quiet_hours": "notify.quiet_hours",
    "language": "notify.language",
}
"""Each option that gives a key its value, by its name in Python."""


@click.command()
@click.option("--folder", "folders", multiple=True, metavar="FOLDER", type=PathType(refused="file"))
@click.option("--experience", metavar="LEVEL")
@click.option("--birth-year", metavar="N")
@click.option("--mass-kg", metavar="N")
@click.option("--max-hr", metavar="N")
@click.option("--resting-hr", metavar="N")
@click.option("--ftp-w", metavar="N")
@click.option("--condition", "conditions", multiple=True, metavar="CONDITION")
@click.option("--quiet-hours", metavar="HOURS")
@click.option("--ntfy", metavar="SERVER")
@click.option("--buttons", is_flag=True)
@click.option("--desktop", is_flag=True)
@click.option("--test", "tests", is_flag=True)
@click.option("--unit", is_flag=True)
@click.option("--yes", is_flag=True)
@language_option
@click.option("--config", "config_file", type=PathType(refused="folder"), metavar="FILE")
def init(
    folders: tuple[Path, ...],
    conditions: tuple[str, ...],
    ntfy: str | None,
    config_file: Path | None,
    *,
    buttons: bool,
    desktop: bool,
    tests: bool,
    unit: bool,
    yes: bool,
    **words: str | None,
) -> None:
    """Ask who you are, where files arrive and who is told, and write the configuration."""
    take_anything()
    place = place_of(config_file, os.environ)
    # A link whose file is not there yet is no mistake: the file is written, and the link stays one.
    settings = in_language(read_settings(place), words["language"]) if is_there(place) else None
    there = standing(place, settings)
    given = _given(there, words, folders, conditions)
    topic = _topic(ntfy, buttons=buttons)
    stands = _standing_on(settings, topic)
    topic = None if stands else topic
    targets = _targets(settings, topic, buttons=buttons, desktop=desktop)
    if not yes and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Failure(speech.say("help.cannot_ask"))
    if os.geteuid() == 0:
        tell(speech.say("setup.root", file=shown(place)), fg="yellow")
    if there.values or there.has_target:
        tell_standing(there, _names(settings))
    for target in stands:
        tell(speech.say("setup.topic_there", target=target.name))
    if yes:
        chosen, to_make = without_asking(there, given)
        text = written(there.text or "", speech.say("setup.head"), entries_of(chosen), targets)
        if text != there.text:
            tell_difference(place, there.text, text)
    else:
        tell_missing(paths_of(given.get("watch.folders")))
        dialogue = Dialogue(there, given, targets, frozenset(_names(settings)))
        text, to_make = _asked(dialogue), dialogue.to_make
    if text != there.text:
        save(place, there.text, text)
        tell(speech.say("setup.saved", file=shown(place)), fg="green")
    elif there.missing or not there.has_target:
        tell(speech.say("setup.nothing_changed"))
    else:
        tell(speech.say("setup.nothing_missing"))
    for folder in to_make:
        make_folder(folder)
    if topic is not None and sys.stdout.isatty():
        tell_topic(topic)
    elif topic is not None:
        tell(speech.say("setup.topic_in_file", file=shown(place), server=topic.server))
    arrived = [try_target(target) for target in (*stands, *map(as_configured, targets)) if tests]
    if not set_up_service(place, "yes" if unit else "no" if yes else "ask", asks=not yes):
        _tell_start(place)
    tell(speech.say("setup.look", command=own_command(os.environ)))
    if not all(arrived):
        raise click.exceptions.Exit(1)


def _names(settings: Settings | None) -> list[str]:
    """Return the names of the receivers that there are."""
    return [] if settings is None else [target.name for target in settings.notify.targets]


def _tell_start(place: Path) -> None:
    """Tell how what is written comes to hold: by a start, or by another one of what runs already."""
    if is_started_otherwise(read_settings(place), database_path(os.environ)):
        tell(speech.say("setup.restart"), fg="yellow")
    else:
        tell(speech.say("setup.start", command=own_command(os.environ)))


def _asked(dialogue: Dialogue) -> str:
    """Ask, and return the configuration as it is to be.

    Raises:
        click.Abort: Ctrl-C or Ctrl-D was pressed.
        click.exceptions.Exit: It is not to be written.
    """
    try:
        dialogue.run()
    except (KeyboardInterrupt, EOFError):
        tell()
        tell(speech.say("setup.nothing_written"))
        raise click.Abort from None
    except Declined:
        tell(speech.say("setup.nothing_written"))
        raise click.exceptions.Exit(0) from None
    return dialogue.text


def _given(
    there: Standing, words: Mapping[str, str | None], folders: tuple[Path, ...], conditions: tuple[str, ...]
) -> dict[str, Value]:
    """Return what the command line says of keys.

    Raises:
        click.BadParameter: It says what may not stand there.
    """
    given: dict[str, Value] = {}
    document = {**there.document}
    year = SystemClock().now().year
    asked = [(name, key, words[name]) for name, key in _FLAGS.items()]
    asked.append(("condition", "athlete.conditions", ",".join(conditions) if conditions else None))
    for name, key, text in asked:
        if text is not None:
            try:
                given[key] = typed(key, text, document, year)
                document = with_value(document, key, given[key])
            except NotAllowed as error:
                hint = f"--{name.replace('_', '-')}"
                raise click.BadParameter(speech.said(error.line), param_hint=hint) from error
    if not all(map(can_be_written, folders)):
        raise click.BadParameter(speech.say("setup.odd_name"), param_hint="--folder")
    if folders:
        given["watch.folders"] = [short(folder.absolute(), os.environ) for folder in folders]
    return given


def _topic(ntfy: str | None, *, buttons: bool) -> NtfyTopic | None:
    """Return a new topic on the server that the command line names, or None.

    Args:
        buttons: Whether its messages are to have buttons.

    Raises:
        click.BadParameter: What it names is no ntfy server, or holds a password; or buttons have no server.
    """
    if ntfy is None:
        if buttons:
            raise click.BadParameter(speech.say("setup.buttons_of_ntfy"), param_hint="--buttons")
        return None
    if has_login(ntfy):
        raise click.BadParameter(speech.say("setup.login_here"), param_hint="--ntfy")
    try:
        return topic_on(ntfy)
    except NotServer:
        raise click.BadParameter(speech.say("setup.no_server"), param_hint="--ntfy") from None


def _standing_on(settings: Settings | None, topic: NtfyTopic | None) -> tuple[Target, ...]:
    """Return the receivers that are on the server of a topic already: whoever says the same twice wants one."""
    targets = () if settings is None or topic is None else settings.notify.targets
    return tuple(one for one in targets if topic is not None and is_on_server_of(topic, one.url.get_secret_value()))


def _targets(
    settings: Settings | None, topic: NtfyTopic | None, *, buttons: bool, desktop: bool
) -> tuple[NewTarget, ...]:
    """Return the receivers that the command line names."""
    taken = _names(settings)
    targets = [] if topic is None else [ntfy_target(topic, taken, has_buttons=buttons)]
    if desktop and "desktop" not in taken:
        targets.append(desktop_target())
    return tuple(targets)
