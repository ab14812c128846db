"""How is a question asked at a terminal: with a default, a mistake explained, and a way back?"""

import io
import sys
from collections.abc import Callable, Iterable
from typing import TypeVar

import click

from hersteld.config.texts import speech
from hersteld.daemon.cli.printing.terminal import tell
from hersteld.daemon.setup.typed import NotAllowed
from hersteld.daemon.system.logs import disarmed
from hersteld.parsers.line import Line

T = TypeVar("T")

BACK, NOTHING = "<", "-"
"""What is typed to go back, and to leave something out."""
_YES = ("y", "yes", "j", "ja")
_NO = ("n", "no", "nee")


class Back(Exception):  # noqa: N818 - says what happened
    """The question before this one is to be asked again."""


def ask(question: str, default: str, read: Callable[[str], T], about: Iterable[str] = ()) -> T:
    """Ask until the answer may stand, and return what is meant by it.

    Args:
        default: What Enter takes; "" where it takes nothing.
        read: Returns what is meant by an answer, or raises NotAllowed.
        about: Lines that are shown below the question.

    Raises:
        Back: That was asked for.
        EOFError: Nobody answers any more.
    """
    tell()
    tell(question, bold=True)
    for line in about:
        tell(f"  {line}")
    while True:
        answer = _answer(default) or default
        if answer == BACK:
            raise Back
        try:
            return read(answer)
        except NotAllowed as error:
            tell("  " + speech.say("setup.not_so", why=(error.line,)), fg="yellow")


def ask_yes(question: str, about: Iterable[str] = (), *, default: bool = True) -> bool:
    """Ask for a yes or a no; see `ask`."""

    def read(answer: str) -> bool:
        if answer.lower() in (*_YES, *_NO):
            return answer.lower() in _YES
        raise NotAllowed(Line("setup.yes_or_no"))

    return ask(question, speech.say("setup.yes" if default else "setup.no"), read, about)


def in_talk(refused: NotAllowed) -> NotAllowed:
    """Return what is said at a terminal of an answer that the configuration would refuse.

    There a sentence follows the name of a key, and names words as they stand in the file; here it follows a question.
    """
    if refused.line.id == "problems.must_be_quiet_hours":
        return NotAllowed(Line("setup.must_be_hours"))
    if refused.line.id in ("problems.must_be_one_of", "problems.must_be_list_of"):
        return NotAllowed(Line("setup.choose_listed"))
    return NotAllowed(Line("setup.it", {"why": (refused.line,)}))


def numbered(words: Iterable[str]) -> list[str]:
    """Return words with their numbers, by which they may be chosen."""
    return [f"{number}  {word}" for number, word in enumerate(words, 1)]


def chosen_number(answer: str, most: int) -> int:
    """Return the number that was typed.

    Raises:
        NotAllowed: It is none from 1 to `most`.
    """
    if answer.isdecimal() and 1 <= int(answer) <= most:
        return int(answer)
    raise NotAllowed(Line("setup.choose_number", {"most": most}))


def take_anything() -> None:
    """Let what the terminal cannot show, or what was typed in another encoding, be no error."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _answer(default: str) -> str:
    prompt = f"  [{disarmed(default)}] > " if default else "  > "
    click.echo(prompt, nl=False)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()
