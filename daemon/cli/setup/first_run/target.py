"""Who is to get the messages? `hersteld init` asks for one receiver, ntfy first."""

import os
import shutil
import sys
from collections.abc import Collection
from typing import Literal

import click

from hersteld.config.texts import speech
from hersteld.daemon.cli.printing.terminal import tell
from hersteld.daemon.cli.setup.first_run.asking import NOTHING, Back, ask, ask_yes, chosen_number, in_talk, numbered
from hersteld.daemon.cli.setup.notify_test import try_target
from hersteld.daemon.delivery.notifiers import address_problems
from hersteld.daemon.setup.document import NewTarget
from hersteld.daemon.setup.machine.qr_code import qr_lines, shows_colours, shows_utf8
from hersteld.daemon.setup.targets import (
    NotServer,
    NtfyTopic,
    as_configured,
    can_answer,
    desktop_target,
    ntfy_target,
    other_target,
    topic_on,
)
from hersteld.daemon.setup.typed import NotAllowed
from hersteld.parsers.line import Line

_INDENT = "  "
_PUBLIC = "https://ntfy.sh"
_KINDS = ("setup.kind_ntfy", "setup.kind_desktop", "setup.kind_other", "setup.kind_nobody")


def ask_target(taken: Collection[str]) -> NewTarget | None:
    """Return the receiver that the user wants; None for nobody.

    Args:
        taken: Names that others have.

    Raises:
        Back: The question before is to be asked again.
    """
    while True:
        kinds = numbered(speech.say(kind) for kind in _KINDS)
        kind = ask(speech.say("setup.ask_target"), "1", _kind, kinds)
        if kind == len(_KINDS):
            return None
        try:
            target = _ntfy(taken) if kind == 1 else desktop_target() if kind == 2 else _other(taken)
            if is_taken(target):
                return target
        except Back:
            continue


def _kind(answer: str) -> int:
    return len(_KINDS) if answer == NOTHING else chosen_number(answer, len(_KINDS))


def is_taken(target: NewTarget) -> bool:
    """Offer to send a test message, and return whether the receiver is to be taken.

    Raises:
        Back: The question before is to be asked again.
    """
    if not ask_yes(speech.say("setup.ask_test")) or try_target(as_configured(target)):
        return True
    return ask_yes(speech.say("setup.ask_keep"), default=False)


def _ntfy(taken: Collection[str]) -> NewTarget:
    tell()
    tell(speech.say("setup.public"), fg="yellow")
    topic = ask(speech.say("setup.ask_server"), _PUBLIC, _topic)
    has_buttons = can_answer(topic) and ask_yes(speech.say("setup.ask_buttons"), [speech.say("setup.about_buttons")])
    if not can_answer(topic):
        tell()
        tell(speech.say("setup.buttons_later"))
    tell_topic(topic)
    return ntfy_target(topic, taken, has_buttons=has_buttons)


def _topic(answer: str) -> NtfyTopic:
    try:
        topic = topic_on(answer)
    except NotServer:
        raise NotAllowed(Line("setup.no_server")) from None
    _refuse_unusable(ntfy_target(topic, ()))
    return topic


def tell_topic(topic: NtfyTopic) -> None:
    """Show a topic to be subscribed to, which nobody else may see."""
    tell()
    has_utf8 = shows_utf8(sys.stdout.encoding, os.environ)
    columns = shutil.get_terminal_size().columns - len(_INDENT)
    lines = qr_lines(topic.web, columns=columns, has_utf8=has_utf8, has_colours=shows_colours(os.environ))
    if lines and not has_utf8:
        tell(speech.say("setup.no_utf8"))
    for line in lines:
        click.echo(f"{_INDENT}{line}")
    tell()
    subscribe: Literal["setup.subscribe", "setup.subscribe_by_hand"]
    subscribe = "setup.subscribe" if lines else "setup.subscribe_by_hand"
    tell(speech.say(subscribe, server=topic.server, topic=topic.name))
    tell(f"  {topic.web}")


def _other(taken: Collection[str]) -> NewTarget:
    def read(answer: str) -> NewTarget:
        if "://" not in answer or any(letter.isspace() or not letter.isprintable() for letter in answer):
            raise in_talk(NotAllowed(Line("problems.must_be_address")))
        target = other_target(answer, taken)
        _refuse_unusable(target)
        return target

    return ask(speech.say("setup.ask_address"), "", read, [speech.say("setup.about_address")])


def _refuse_unusable(target: NewTarget) -> None:
    """Raise NotAllowed for an address that Apprise cannot use."""
    for problem in address_problems([as_configured(target)]):
        raise NotAllowed(problem.line)
