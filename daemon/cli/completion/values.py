"""What may be typed where a command asks for a WORKOUT, a SPORT, a KEY=VALUE ...?

Decided by what stands for the word in the help, so that each command which asks for one has the same completion.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import click
from click.shell_completion import CompletionItem

from hersteld.config.texts.speech import say, word
from hersteld.daemon.cli.completion.stored import NamedWorkout, workouts
from hersteld.daemon.cli.outline.commands import stored
from hersteld.daemon.cli.outline.words import OF_ALL_HISTORY
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from hersteld.recovery.answers.choices import KEY_OF, WHYS
from hersteld.recovery.athlete.profile import CONDITIONS, EXPERIENCES
from hersteld.recovery.athlete.sport_families import known_sports, word_of

SHELLS = ("bash", "zsh", "fish")

Item: TypeAlias = "CompletionItem[str]"  # in quotes, as that of click 8.3 takes none
_Values: TypeAlias = "Callable[[click.Context, str], Iterator[Item]]"

_ANSWERS = ("forget", "sport", "rpe", "weigh", "drank", "done", "tqr", "resting-hr", "pause")
"""The commands that assess stored workouts anew, whatever they are told."""
_WORD = re.compile(r"[A-Z]+|[a-z]+")


def values_of(takes: str, context: click.Context, begun: str) -> list[Item]:
    """Return what may be typed for an argument or the value of an option.

    Args:
        takes: As it stands in the help: "[WORKOUT|FILE]", "KEY=VALUE" or "[en|nl]".
        context: Of the command as far as it is typed.
        begun: What is typed of the value.
    """
    found: list[Item] = []
    for each in _WORD.findall(takes):
        if each.islower():
            found += _beginning(begun, [each])
        elif each in _VALUES:
            found += _VALUES[each](context, begun)
    # Scripts of click forget what came before a file.
    return sorted(found, key=lambda item: item.type == "plain")


def _beginning(begun: str, names: Iterable[str]) -> Iterator[Item]:
    return (CompletionItem(name) for name in names if name.startswith(begun))


def _workouts(context: click.Context, begun: str) -> Iterator[Item]:
    is_forgotten = context.command.name == "forget" and bool(context.params.get("undo"))
    if "last".startswith(begun):
        yield CompletionItem("last", help=say("completion.last"))
    for workout in workouts(database_path(os.environ), begun, forgotten=is_forgotten):
        yield CompletionItem(str(workout.id), help=_named(workout))


def _named(workout: NamedWorkout) -> str:
    """Return "2026-05-06 17:04 ride", in local time."""
    sport = word("sport", word_of(workout.sport, workout.sub_sport))
    if workout.started_at is None:
        return sport
    return f"{workout.started_at.astimezone(SystemClock().zone()):%Y-%m-%d %H:%M} {sport}"


def _sports(context: click.Context, begun: str) -> Iterator[Item]:
    if not context.params.get("undo"):  # then none is to be named
        yield from _beginning(begun.lower(), sorted(known_sports()))


def _keys(context: click.Context, begun: str) -> Iterator[Item]:
    """Yield the keys up to their next dot, as folders are, or the words that a key may have."""
    _program, keys = stored()
    if _assesses_anew(context):
        keys = {each: words for each, words in keys.items() if each.partition(".")[0] not in OF_ALL_HISTORY}
    key, equals, value = begun.partition("=")
    if equals:
        yield from (CompletionItem(f"{key}={each}") for each in keys.get(key, ()) if each.startswith(value))
        return
    known = [f"{each}=" for each in keys if each.startswith(begun)]
    tables = (each[: len(begun)] + _up_to_dot(each[len(begun) :]) for each in known)
    yield from map(CompletionItem, dict.fromkeys(tables))


def _assesses_anew(context: click.Context) -> bool:
    """Return whether a command takes no key on which every readiness rests."""
    return context.command.name in _ANSWERS or (
        context.command.name == "learned" and bool(context.params.get("forget"))
    )


def _up_to_dot(rest: str) -> str:
    head, dot, _tail = rest.partition(".")
    return head + dot


def _targets(context: click.Context, begun: str) -> Iterator[Item]:
    from hersteld.config.file.targets import read_targets  # noqa: PLC0415 - only who tests a target waits for it
    from hersteld.config.places import find_settings_file  # noqa: PLC0415 - as above
    from hersteld.config.toml_text import head_of, parse  # noqa: PLC0415 - as above

    named = context.params.get("config")
    source = Path(named) if named else find_settings_file(os.environ)
    notify = parse(head_of(source).decode("utf-8-sig")).get("notify", {}) if source else {}
    targets, _problems = read_targets(notify, source, os.environ)
    given = context.params.get("target") or ()
    yield from (item for item in _beginning(begun, [target.name for target in targets]) if item.value not in given)


def _files(_context: click.Context, begun: str) -> Iterator[Item]:
    yield CompletionItem(begun, type="file")


def _folders(_context: click.Context, begun: str) -> Iterator[Item]:
    yield CompletionItem(begun, type="dir")


def _shells(_context: click.Context, begun: str) -> Iterator[Item]:
    yield from _beginning(begun, SHELLS)


def _one_of(words: Iterable[str]) -> _Values:
    """Return what offers these words, unless the last answer is taken back and none is to be named."""
    known = tuple(words)

    def offered(context: click.Context, begun: str) -> Iterator[Item]:
        return iter(()) if context.params.get("undo") else _beginning(begun, known)

    return offered


_VALUES: Mapping[str, _Values] = {
    "ADVICE": _one_of(KEY_OF),
    "CONDITION": _one_of(CONDITIONS),
    "LEVEL": _one_of(EXPERIENCES),
    "WHY": _one_of(WHYS),
    "WORKOUT": _workouts,
    "SPORT": _sports,
    "KEY": _keys,
    "TARGET": _targets,
    "FILE": _files,
    "PATH": _files,
    "FOLDER": _folders,
    "SHELL": _shells,
}
