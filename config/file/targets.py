"""Who gets the messages? Names and secret addresses, from hersteld.toml, a file of addresses, or systemd's credentials.

A file of addresses has one per line, as `name=address` or bare, with # comments: the text form of an Apprise
configuration, whose first tag is the name. A file ending in .yml or .yaml is read as the YAML form: `urls:` with
addresses, each with a `tag` if it likes. A bare address is called target-1, target-2, ...
Whatever holds an address must be readable by its owner alone; only systemd's credentials, which it guards, are excused.
"""

import re
import shlex
import stat
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from hersteld.config.file.models import LONGEST_NAME, NAME_PATTERN, REPLY_PATTERN
from hersteld.config.places import expand
from hersteld.config.problems import Problem, unreadable
from hersteld.config.settings import Target
from hersteld.config.showable import looks_secret
from hersteld.config.toml_text import NotToml, read_text
from hersteld.parsers.line import Line

Entry = tuple[str | None, str]
"""A name, None when there is none, and an address."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S*")
_NAME = re.compile(NAME_PATTERN)
_NAMED = re.compile(r"(?P<names>[^=:/#]+)=\s*(?P<url>[A-Za-z][A-Za-z0-9+.-]*://.*)")
_OF_NTFY = re.compile(r"(ntfys?|https?)://", re.IGNORECASE)
REPLY_CREDENTIAL = "reply_token"
"""Name of the credential of systemd's with the token for the topics of answers."""
_SECRETLESS = re.compile(r"[A-Za-z0-9]+://")


def read_targets(
    notify: Mapping[str, Any], source: Path | None, environ: Mapping[str, str]
) -> tuple[tuple[Target, ...], list[Problem]]:
    """Return the targets of everywhere, and what is wrong with them.

    Args:
        notify: The table [notify] as read, not checked: what has the wrong type is somebody else's problem.
        source: The file of that table.
    """
    problems: list[Problem] = []
    entries = list(_written(notify.get("targets"), problems))
    files = [str(source or "")] * len(entries)
    if source and any(not _SECRETLESS.fullmatch(url) for _, url in entries):
        problems += open_to_others(source, "notify.targets")
    urls_file = notify.get("urls_file")
    if isinstance(urls_file, str) and urls_file:
        if "://" in urls_file or "\0" in urls_file:
            problems.append(Problem("", "notify.urls_file", None, Line("problems.urls_file_is_address")))
        else:
            path = expand(urls_file, environ)
            path = source.parent / path if source else path
            problems += _read_into(entries, path, "notify.urls_file", guarded=False)
            files += [str(path)] * (len(entries) - len(files))
    if folder := environ.get("CREDENTIALS_DIRECTORY"):
        credential = Path(folder) / "apprise"
        if credential.exists():
            problems += _read_into(entries, credential, "", guarded=True)
            files += [str(credential)] * (len(entries) - len(files))
    targets = tuple(_named(entries, files))
    targets = _with_replies(targets, notify.get("targets"), environ, problems)
    targets = _with_pictures(targets, notify.get("targets"))
    return targets, problems + list(_twice(targets))


def _written(targets: object, problems: list[Problem]) -> Iterator[Entry]:
    """Yield the targets of [[notify.targets]] whose address may be one.

    One whose name is none is called by its number, so that a mistake in its address can be told with that of its name.
    """
    for number, target in enumerate(targets if isinstance(targets, list) else (), 1):
        if not isinstance(target, dict):
            continue
        name, url = target.get("name"), target.get("url")
        if isinstance(name, str) and isinstance(url, str) and looks_secret(name):
            problems.append(Problem("", f"notify.targets#{number}.name", None, Line("problems.secret_name")))
        if isinstance(url, str) and _ADDRESS.match(url):
            yield name if isinstance(name, str) and _is_name(name) else f"#{number}", url


def _with_replies(
    targets: tuple[Target, ...], tables: object, environ: Mapping[str, str], problems: list[Problem]
) -> tuple[Target, ...]:
    """Return the targets with the topics by which their buttons answer, and the tokens with which these are read."""
    found = {target.name: target for target in targets}
    for number, table in enumerate(tables if isinstance(tables, list) else (), 1):
        if not isinstance(table, dict) or not isinstance(table.get("url"), str):
            continue
        reply, token, key = table.get("reply"), table.get("reply_token"), f"notify.targets#{number}.reply"
        if isinstance(token, str) and reply is None:
            problems.append(Problem("", key, None, Line("problems.token_without_reply")))
        if not isinstance(reply, str) or not re.match(REPLY_PATTERN, reply):
            continue  # the models say so
        others = {part for target in targets for part in _topics_at(target.url.get_secret_value(), _host_of(reply))}
        if not _host_of(reply):
            problems.append(Problem("", key, None, Line("problems.must_be_reply")))
        elif not _OF_NTFY.match(table["url"]):
            problems.append(Problem("", key, None, Line("problems.reply_of_ntfy")))
        elif reply.rpartition("/")[2] in {*_parts(table["url"]), *others}:
            problems.append(Problem("", key, None, Line("problems.reply_of_its_own")))
        elif (target := found.get(str(table.get("name")))) is not None:
            if token is None:
                token = _credential(REPLY_CREDENTIAL, environ, problems)
            secret = SecretStr(token) if isinstance(token, str) and token else None
            found[target.name] = replace(target, reply=SecretStr(reply), reply_token=secret)
    return tuple(found.get(target.name, target) for target in targets) if len(found) == len(targets) else targets


def _with_pictures(targets: tuple[Target, ...], tables: object) -> tuple[Target, ...]:
    """Return the targets with what each of them says of pictures."""
    written = {
        table["name"]: table["picture"]
        for table in (tables if isinstance(tables, list) else ())
        if isinstance(table, dict) and isinstance(table.get("name"), str) and isinstance(table.get("picture"), bool)
    }
    return tuple(replace(target, picture=written.get(target.name)) for target in targets)


def _host_of(reply: str) -> str | None:
    """Return the host of the web address of a topic; None where nothing can be reached there."""
    try:
        parts = urlsplit(reply)
        has_port = parts.port is None or parts.port > 0
    except ValueError:  # a port that is no number, brackets that are no IPv6 address
        return None
    host = parts.hostname or ""
    is_name = all(0 < len(label) < 64 for label in host.removesuffix(".").split("."))
    return host if is_name and has_port else None


def _parts(url: str) -> list[str]:
    """Return what may be a topic in an address of ntfy."""
    return re.split("[/@]", url.partition("?")[0])


def _topics_at(url: str, host: str | None) -> list[str]:
    """Return what may be a topic in an address, where it is one of ntfy on this host."""
    try:
        is_there = urlsplit(url).hostname == host
    except ValueError:
        is_there = False
    return _parts(url) if _OF_NTFY.match(url) and is_there else []


def _credential(name: str, environ: Mapping[str, str], problems: list[Problem]) -> str | None:
    """Return the word in a credential of systemd's; None where there is none."""
    folder = environ.get("CREDENTIALS_DIRECTORY")
    path = Path(folder) / name if folder else None
    if path is None or not path.exists():
        return None
    try:
        return read_text(path).strip() or None
    except OSError as error:
        problems.append(Problem(str(path), "", None, unreadable(error)))
    except NotToml as error:
        problems.append(Problem(str(path), "", None, error.line))
    return None


def _is_name(name: str) -> bool:
    """Return whether a name may be shown: it is one short word."""
    return _NAME.fullmatch(name) is not None and len(name) <= LONGEST_NAME and not looks_secret(name)


def _read_into(entries: list[Entry], path: Path, key: str, *, guarded: bool) -> list[Problem]:
    """Add the addresses of a file to the entries and return what is wrong with the file."""
    try:
        text = read_text(path)
    except OSError as error:  # what the key names may be anything, a token too
        return [Problem("" if key else str(path), key, None, unreadable(error))]
    except NotToml as error:
        return [Problem(str(path), "", None, error.line)]
    problems = [] if guarded else open_to_others(path, "")
    lines = _yaml_entries(text) if path.suffix in {".yml", ".yaml"} else _text_entries(text)
    for complaint, entry in lines:
        if entry:
            entries.append(entry)
        if complaint:
            problems.append(Problem(str(path), "", None, complaint))
    return problems


def open_to_others(path: Path, key: str) -> list[Problem]:
    """Return the problem of a file with addresses that others can read, or point elsewhere."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return []  # it was read a moment ago; whoever took it away left nothing to read
    can = [
        word
        for word, bits in (("read", stat.S_IRGRP | stat.S_IROTH), ("change", stat.S_IWGRP | stat.S_IWOTH))
        if mode & bits
    ]
    if not can:
        return []
    command = f"chmod 600 {shlex.quote(str(path))}"
    return [Problem(str(path), key, None, Line("problems.open_to_others", {"may": "_".join(can)}), command=command)]


def _text_entries(text: str) -> Iterator[tuple[Line | None, Entry | None]]:
    """Yield what is wrong with each line of a text file, if anything is, and its entry, None where it is no address."""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith(("#", ";")):
            continue
        entry: Entry | None = None
        if match := _NAMED.fullmatch(line):
            entry = _first_tag(match["names"]), match["url"].strip()
        elif _ADDRESS.match(line):
            entry = None, line
        if entry and entry[0] and not _is_name(entry[0]):
            yield Line("problems.secret_name_line", {"number": number}), (None, entry[1])
        else:
            yield None if entry else Line("problems.addresses_line", {"number": number}), entry


def _yaml_entries(text: str) -> Iterator[tuple[Line | None, Entry | None]]:
    """Yield what is wrong with each item of `urls:` of a YAML file, if anything is, and its entry.

    There is no entry for what is no address with at most a tag.
    """
    import yaml  # noqa: PLC0415 - slow, and hardly ever needed

    try:
        document = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):  # a date that is none, brackets without end
        document = None
    urls = document.get("urls") if isinstance(document, dict) else None
    if not isinstance(urls, list):
        yield Line("problems.addresses_key"), None
        return
    for number, item in enumerate(urls, 1):
        entry = _yaml_entry(item)
        if entry and entry[0] and not _is_name(entry[0]):
            yield Line("problems.secret_name_item", {"number": number}), (None, entry[1])
        else:
            yield None if entry else Line("problems.addresses_item", {"number": number}), entry


def _yaml_entry(item: Any) -> Entry | None:
    """Return the entry of `address`, `{url: address, tag: name}` or `{address: {tag: name}}` (or a list of that)."""
    options: Any = {}
    url = item
    if isinstance(item, dict) and "url" in item:
        url, options = item["url"], item
    elif isinstance(item, dict) and len(item) == 1:
        ((url, options),) = item.items()
    if isinstance(options, list) and options:
        options = options[0]
    if not isinstance(url, str) or not _ADDRESS.match(url):
        return None
    tag = options.get("tag") if isinstance(options, dict) else None
    if isinstance(tag, list) and tag:
        tag = tag[0]
    return (_first_tag(tag) if isinstance(tag, str) else None), url


def _first_tag(tags: str) -> str | None:
    """Return the first of the tags "phone, family"."""
    words = re.split(r"[,\s]+", tags.strip())
    return words[0] or None


def _named(entries: list[Entry], files: list[str]) -> Iterator[Target]:
    """Yield the targets; those without a name get a number."""
    bare = 0
    for (name, url), file in zip(entries, files, strict=True):
        bare += name is None
        yield Target(name or f"target-{bare}", SecretStr(url), file)


def _twice(targets: tuple[Target, ...]) -> Iterator[Problem]:
    """Yield each name that more than one target has."""
    names = [target.name for target in targets]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            line = Line("problems.same_name", {"count": names.count(name), "name": name})
            yield Problem("", "notify.targets", None, line)
