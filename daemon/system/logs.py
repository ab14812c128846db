"""What does the log look like, and what may never stand in it?

Plain lines on stderr; under journald each line begins with its priority as `<N>`. Everything that is written passes
through one formatter, which takes the secrets out, tracebacks included, and disarms control characters, so that a file
name can neither forge a line nor colour a terminal.
"""

import copy
import logging
import os
import re
import sys
import threading
from base64 import b64encode
from collections.abc import Iterable, Mapping
from numbers import Number
from types import TracebackType
from typing import TextIO
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

_PRIORITIES = ((logging.CRITICAL, 2), (logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6), (logging.NOTSET, 7))
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What steers a terminal, breaks a line, or turns the direction of what follows."""
_SHORT = 6
"""Parts of an address shorter than this are ordinary words ("api"); a password is secret anyhow."""
_LONG = 16
"""Letters alone that are as many as this are a token, not a word."""

# Options of Apprise that say how, not where: to blot out "markdown" everywhere would protect nobody.
_OPTIONS = frozenset(
    {
        *("cto", "emojis", "format", "image", "method", "mode", "optional", "overflow", "priority"),
        *("redirect", "retry", "rto", "store", "tz", "verify", "wait"),
    }
)


def secrets_of(url: str, ordinary: Iterable[str] = ()) -> frozenset[str]:
    """Return the parts of an address that must not be shown: all of it, its password, and whatever is no ordinary word.

    A topic called "workout" is not among them: stars in its place would spoil the log, and give the topic away.

    Args:
        ordinary: Texts that the log is full of, such as the watched folders: what stands in them is no secret.
    """
    _scheme, _, rest = url.partition("://")
    try:
        parts = urlsplit("//" + rest)
        user, password = parts.username, parts.password
    except ValueError:  # brackets that are no IPv6 address, say; then it is secret as a whole
        return frozenset({url, rest})
    query = [value for key, value in parse_qsl(parts.query) if key.lower() not in _OPTIONS]
    login, _, host = parts.netloc.rpartition("@")
    # What stands where a port should may be the second half of a token.
    words = re.split("[/:]", f"{host}/{parts.path}")
    everyday = "\n".join(ordinary).lower()
    secrets = {
        part
        for part in (rest, parts.netloc, host, user, parts.path, *words, *query, parts.fragment)
        if part and len(part) >= _SHORT and not _is_word(part.strip("/")) and part.lower() not in everyday
    }
    secrets |= {part for part in (url, password, login if password else None) if part}
    if user and password:
        secrets.add(b64encode(f"{unquote(user)}:{unquote(password)}".encode()).decode())
    return frozenset(secrets)


def _is_word(text: str) -> bool:
    """Return whether a text looks like a word of some language, and not like a token."""
    return text.isalpha() and len(text) < _LONG and text in (text.lower(), text.capitalize(), text.upper())


class Redactor:
    """Replaces every known secret, however it is quoted, by three stars."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        spellings = {
            spelling
            for secret in secrets
            for plain in (secret, unquote(secret))
            for spelling in (plain, quote(plain), quote(plain, safe=""), quote_plus(plain), repr(plain)[1:-1])
            if spelling
        }
        longest_first = sorted(spellings, key=len, reverse=True)
        # A short password must not eat the middle of ordinary words.
        patterns = [re.escape(s) if len(s) >= _SHORT else rf"(?<!\w){re.escape(s)}(?!\w)" for s in longest_first]
        self._pattern = re.compile("|".join(patterns), re.IGNORECASE) if patterns else None

    def __call__(self, text: str) -> str:
        """Return the text without its secrets."""
        return self._pattern.sub("***", text) if self._pattern else text


def disarmed(text: str) -> str:
    """Return a text from outside with its control characters spelt out."""
    return _CONTROL.sub(lambda control: control[0].encode("unicode_escape").decode(), text)


def disarmed_json(text: str) -> str:
    """Return a line of JSON that means the same, and steers no terminal that it is printed on."""
    return _CONTROL.sub(lambda control: f"\\u{ord(control[0]):04x}", text)


class LineFormatter(logging.Formatter):
    """Turns a record into lines that are safe to read.

    Args:
        redactor: Takes the secrets out.
        journal: Whether each line begins with its priority, `<N>`; else a warning begins with the word.
    """

    def __init__(self, redactor: Redactor, *, journal: bool) -> None:
        super().__init__("%(message)s")
        self.redact = redactor
        self._journal = journal

    def format(self, record: logging.LogRecord) -> str:
        safe = copy.copy(record)  # other handlers may want the original
        if isinstance(record.args, Mapping):
            safe.args = {key: _safe_argument(value) for key, value in record.args.items()}
        else:
            safe.args = tuple(_safe_argument(value) for value in record.args or ())
        first, *more = self.redact(super().format(safe)).split("\n")
        # A line that is not the first is set in, so that no text can pass for a line of ours.
        lines = [disarmed(first), *("  " + disarmed(line) for line in more)]
        if self._journal:
            prefix = f"<{next(n for level, n in _PRIORITIES if record.levelno >= level)}>"
            return "\n".join(prefix + line for line in lines)
        if record.levelno != logging.INFO:
            lines[0] = f"{_word_before(record)} {lines[0]}"
        return "\n".join(lines)


def _word_before(record: logging.LogRecord) -> str:
    """Return the word that stands before a line which is more, or less, than information."""
    from hersteld.config.texts.speech import say  # noqa: PLC0415 - imports that a command without such lines spares

    return say("system.level", level=record.levelname.lower())


def _safe_argument(value: object) -> object:
    return value if value is None or isinstance(value, Number) else disarmed(str(value))


def writes_to_journal(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Return whether a stream ends in journald: JOURNAL_STREAM must name the stream itself, as children inherit it."""
    try:
        status = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return False
    return environment.get("JOURNAL_STREAM") == f"{status.st_dev}:{status.st_ino}"


def quieten_libraries() -> None:
    """Silence the libraries that would log addresses.

    Apprise's records never leave it: they hold addresses and the texts of others. What it says of a failure is read
    from its result by `daemon.delivery.notifiers`, which is why it may speak at DEBUG.
    """
    apprise = logging.getLogger("apprise")
    apprise.propagate = False
    apprise.setLevel(logging.DEBUG)
    if not any(isinstance(handler, logging.NullHandler) for handler in apprise.handlers):
        apprise.addHandler(logging.NullHandler())
    for name in ("urllib3", "requests", "requests_oauthlib", "oauthlib", "jeepney", "asyncio", "tzlocal"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # What it misses, the next scan finds; and it calls it an error that it was told to stop.
    logging.getLogger("watchdog").setLevel(logging.CRITICAL)


def set_up_logging(
    *, verbose: bool, secrets: Iterable[str], environment: Mapping[str, str], stream: TextIO | None = None
) -> None:
    """Log to stderr from here on, without the secrets, even in an error that nobody caught.

    Args:
        verbose: Also log DEBUG.
        secrets: What may not be seen, from `secrets_of` for each target.
        environment: Tells whether stderr is the journal.
        stream: In place of stderr.
    """
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter(Redactor(secrets), journal=writes_to_journal(stream, environment)))
    root = logging.getLogger()
    for earlier in [h for h in root.handlers if isinstance(h.formatter, LineFormatter)]:
        root.removeHandler(earlier)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # a line that cannot be written is lost; a traceback in its place would help nobody
    threading.excepthook = lambda died: _log_crash(died.exc_type, died.exc_value, died.exc_traceback)
    sys.excepthook = _log_crash
    quieten_libraries()


def keep_secret(secrets: Iterable[str]) -> None:
    """Take the secrets out of what is logged by a command that sets up no log of its own."""
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(LineFormatter(Redactor(secrets), journal=False))


def without_secrets(text: str) -> str:
    """Return a text without the secrets that `keep_secret` was given."""
    formatter = logging.lastResort.formatter if logging.lastResort else None
    return formatter.redact(text) if isinstance(formatter, LineFormatter) else text


def _log_crash(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt | SystemExit):
        from hersteld.config.texts.speech import say  # noqa: PLC0415 - as above

        crash = (kind, error, trace) if error is not None else None
        log = logging.getLogger("hersteld")
        if isinstance(error, OSError | MemoryError) and not log.isEnabledFor(logging.DEBUG):
            from hersteld.daemon.system.errors import reason_of  # noqa: PLC0415 - as above

            log.critical("%s", say("system.thread_ended", reason=(reason_of(error),)))
            return
        log.critical("%s", say("system.unexpected"), exc_info=crash)
