"""What can be wrong with a file? Whoever reads files or archives raises these errors, and no other."""

# ruff: noqa: N818  # the names say what is wrong; "Error" behind each would add nothing

from datetime import datetime
from typing import Any

from hersteld.parsers.line import Line


class ParseError(Exception):
    """The base of every error of this layer.

    `str(error)` shows the id and the values, for whoever looks for a fault. What a user reads is `line`, said in the
    user's language.

    Attributes:
        line: Why there is no workout, as a text of `files.toml`: `NotFit(Line("files.not_fit"))`.
    """

    def __init__(self, line: Line) -> None:
        super().__init__(line)
        self.line = line

    def __str__(self) -> str:
        return " ".join([self.line.id, *(f"{name}={value!r}" for name, value in self.line.values.items())])

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions' own way to be pickled or copied forgets what is given by keyword.
        return _restored, (type(self), self.args, vars(self))


class NotFit(ParseError):
    """These bytes are no FIT file."""


class Incomplete(ParseError):
    """The end of the file or archive is missing: it is probably still being written.

    Attributes:
        expected_bytes: Length the header promises, or None where that is not known.
        got_bytes: Length there is.
    """

    def __init__(self, line: Line, *, expected_bytes: int | None, got_bytes: int) -> None:
        super().__init__(line)
        self.expected_bytes = expected_bytes
        self.got_bytes = got_bytes


class Damaged(ParseError):
    """The file is a FIT file with a fault, and what is readable of it is of no use; see `read_fit` and `read_daily`.

    Attributes:
        offset: Byte at which reading failed, or None when only the checksum is wrong.
    """

    def __init__(self, line: Line, *, offset: int | None) -> None:
        super().__init__(line)
        self.offset = offset


class BadArchive(ParseError):
    """A zip or gzip file that is broken, locked with a password, or unpacks to more than is allowed."""


class NotAnActivity(ParseError):
    """A sound FIT file of another kind: monitoring, a planned workout, a course, settings, ...

    Attributes:
        file_type: The field's own name for the kind, "monitoring_b" or "course", or the number when it has no name.
        created_at: When the device says it made the file, aware UTC, or None.
    """

    def __init__(self, line: Line, *, file_type: str, created_at: datetime | None = None) -> None:
        super().__init__(line)
        self.file_type = file_type
        self.created_at = created_at


def _restored(kind: type[ParseError], arguments: tuple[Line, ...], state: dict[str, object]) -> ParseError:
    error: ParseError = kind.__new__(kind, *arguments)
    error.__dict__.update(state)
    return error
