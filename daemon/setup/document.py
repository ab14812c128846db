"""How are values written into hersteld.toml, so that all that stands there survives, comments included?

What comes out is read again: it must say what it said before, and what was to be written, and nothing else.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import tomlkit
from pydantic import SecretStr
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, InlineTable, Item, Table

from hersteld.daemon.setup.typed import Value
from hersteld.daemon.system.errors import DaemonError

_WIDTH = 110
_HEADING = re.compile(r"\s*\[\s*([\w.-]+)\s*\]|\s*\[\[")
TABLES = ("athlete", "watch", "notify")


class NotAmended(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """The file is written in a way that nothing can be added to it safely; it is as it was."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One key that is to be written.

    Attributes:
        key: With its table, "athlete.max_hr".
        value: None where it is left out, so that only the comment is written.
        comment: What it is and where it comes from, in the reader's language; one line.
    """

    key: str
    value: Value | None
    comment: str


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A receiver that is to be added.

    Attributes:
        name: One word.
        url: An Apprise address.
        comment: What is to be known of it.
        reply: The topic to which its buttons answer; None where it has no buttons.
        reply_comment: What is to be known of that.
    """

    name: str
    url: SecretStr
    comment: str
    reply: SecretStr | None = None
    reply_comment: str = ""

    @property
    def values(self) -> dict[str, str]:
        """What stands in the configuration, each key with its value."""
        values = {"name": self.name, "url": self.url.get_secret_value()}
        return values if self.reply is None else {**values, "reply": self.reply.get_secret_value()}


def written(text: str, head: str, entries: Iterable[Entry], targets: Iterable[NewTarget] = ()) -> str:
    """Return the text of a configuration with these entries and targets.

    Args:
        text: As it stands; "" for a new file.
        head: What a new file begins with, as comments: one for each of its lines.

    Raises:
        NotAmended: It cannot be done safely.
    """
    entries, targets = tuple(entries), tuple(targets)
    try:
        expected = _expected(tomllib.loads(text), entries, targets, is_new=not text.strip())
        new = text if text.strip() else _new(head, entries)
        for entry in entries if text.strip() else ():
            new = _with_entry(new, entry)
        for target in targets:
            new = _with_target(new, target)
        found = tomllib.loads(new)
    except (TOMLKitError, tomllib.TOMLDecodeError, TypeError, ValueError, KeyError, AttributeError) as error:
        raise NotAmended("setup.not_amended") from error
    if found != expected:
        raise NotAmended("setup.not_amended")
    return new


def value_at(document: Mapping[str, Any], key: str) -> Any:
    """Return what a document says of a key like "athlete.max_hr"; None where it says nothing."""
    table, _, name = key.partition(".")
    inner = document.get(table)
    return inner.get(name) if isinstance(inner, dict) else None


def _expected(
    document: dict[str, Any], entries: tuple[Entry, ...], targets: tuple[NewTarget, ...], *, is_new: bool = False
) -> dict[str, Any]:
    """Return what a document is to say.

    Args:
        is_new: Whether it has every table, if without a key.
    """
    expected = deepcopy(document)
    for table in TABLES if is_new else ():
        expected[table] = {}
    for entry in entries:
        table, _, name = entry.key.partition(".")
        if entry.value is not None:
            expected.setdefault(table, {})[name] = entry.value
    for target in targets:
        expected.setdefault("notify", {}).setdefault("targets", []).append(target.values)
    return expected


def _new(head: str, entries: tuple[Entry, ...]) -> str:
    """Return a new file, with a place for each key that is left out."""
    blocks = ["\n".join(f"# {line}" for line in _folded(head))]
    for table in TABLES:
        begin = f"[{table}]\n"
        for entry in entries:
            if entry.key.startswith(f"{table}."):
                blocks.append(begin + "\n".join(_lines_of(entry)))
                begin = ""
        if begin:
            blocks.append(begin.strip())
    return "\n\n".join(blocks) + "\n"


def _lines_of(entry: Entry) -> Iterator[str]:
    yield from (f"# {line}" for line in _folded(entry.comment))
    name = entry.key.partition(".")[2]
    yield f"# {name} =" if entry.value is None else f"{name} = {_toml(entry.value)}"


def _toml(value: Value) -> str:
    return tomlkit.item(value).as_string()


def _with_entry(text: str, entry: Entry) -> str:
    """Return a text with the value of one entry in the first way that says just that; unchanged where it has none."""
    if entry.value is None:
        return text
    expected = _expected(tomllib.loads(text), (entry,), ())
    for way in (_in_its_place, _at_the_end_of_its_table, _by_tomlkit):
        new = way(text, entry)
        with suppress(tomllib.TOMLDecodeError):
            if new is not None and tomllib.loads(new) == expected:
                return new
    raise NotAmended("setup.not_amended")


def _in_its_place(text: str, entry: Entry) -> str | None:
    """Put a value into the line `# name =` that was left for it."""
    lines, (table, _, name) = text.splitlines(keepends=True), entry.key.partition(".")
    within = _lines_within(lines, table)
    for number in within or ():
        if re.fullmatch(rf"#\s*{re.escape(name)}\s*=\s*", lines[number]):
            lines[number] = f"{name} = {_toml(entry.value or '')}{_end_of(text)}"
            return "".join(lines)
    return None


def _at_the_end_of_its_table(text: str, entry: Entry) -> str | None:
    """Put a key, with its comment, behind the last one of its table, or a new table at the end."""
    lines, table = text.splitlines(keepends=True), entry.key.partition(".")[0]
    within = _lines_within(lines, table)
    new = [f"{line}{_end_of(text)}" for line in ("", *_lines_of(entry))]
    if within is None:
        new.insert(1, f"[{table}]{_end_of(text)}")
        return "".join([*_ended(lines, text), *new])
    last = max((number for number in within if not re.fullmatch(r"\s*(#.*)?", lines[number].strip())), default=None)
    at = within.start if last is None else last + 1
    return "".join([*_ended(lines[:at], text), *new, *lines[at:]])


def _by_tomlkit(text: str, entry: Entry) -> str | None:
    """Change a key, or add it to a table of a line of its own, or of none."""
    document, (table_name, _, name) = tomlkit.parse(text), entry.key.partition(".")
    table: Any = document.get(table_name)
    if not isinstance(table, MutableMapping) or entry.value is None:
        return None
    if name in table:
        _change(table, name, entry.value)
    else:
        table[name] = entry.value
    return tomlkit.dumps(document)


def _lines_within(lines: list[str], table: str) -> range | None:
    """Return the numbers of the lines below the heading of a table, up to the next; None where there is none."""
    headings = [number for number, line in enumerate(lines) if _HEADING.match(line)]
    for number, following in pairwise([*headings, len(lines)]):
        found = _HEADING.match(lines[number])
        if found and found[1] == table:
            return range(number + 1, following)
    return None


def _ended(lines: list[str], text: str) -> list[str]:
    """Return lines of which the last one has its end."""
    return [*lines[:-1], lines[-1].rstrip("\r\n") + _end_of(text)] if lines else []


def _end_of(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _change(table: Any, name: str, value: Value) -> None:
    """Give a key another value; the comment behind it stays, and those within a list."""
    before = table[name]
    if isinstance(before, list) and isinstance(value, list):
        for one in [one for one in before if one not in value]:
            before.remove(one)
        before.extend(one for one in value if one not in before)
        if list(before) == value:
            return
    item = tomlkit.item(value)
    if isinstance(before, Item) and not isinstance(before, Table | AoT):
        item.trivia.comment_ws, item.trivia.comment = before.trivia.comment_ws, before.trivia.comment
    table[name] = item


def _with_target(text: str, target: NewTarget) -> str:
    """Return a text with a further receiver."""
    document = tomlkit.parse(text)
    notify = document.get("notify")
    if (
        isinstance(notify, dict)
        and (isinstance(notify, InlineTable) or "targets" in notify)
        and not isinstance(notify.get("targets"), AoT)
    ):
        targets = notify.get("targets")
        if targets is None:
            targets = notify["targets"] = tomlkit.array()
            targets = notify["targets"]
        entry = tomlkit.inline_table()
        entry.update(target.values)
        targets.append(entry)
        return tomlkit.dumps(document)
    # Tables of a list may stand anywhere in a file, so also at its end.
    lines = ["", *(f"# {line}" for line in _folded(target.comment)), "[[notify.targets]]"]
    for key, value in target.values.items():
        lines += [f"# {line}" for line in _folded(target.reply_comment)] if key == "reply" else []
        lines.append(f"{key} = {_toml(value)}")
    return "".join([*_ended(text.splitlines(keepends=True), text), *(f"{line}{_end_of(text)}" for line in lines)])


def _folded(text: str) -> Iterator[str]:
    """Yield the lines of a comment, of about a hundred letters at most."""
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            if line and len(line) + len(word) >= _WIDTH:
                yield line
                line = ""
            line = f"{line} {word}".strip()
        yield line
