"""Who reads the files, and in which of its ways?

Every reader gets the whole file as bytes, checks the checksum, and hands back something that is not thrown away half
done. Ours makes a whole `Workout`: sessions, pauses and samples on one time line. Of each of the others this is the
way that comes closest; of those backed by Rust, every way there is.

The processes whose memory is measured import this too, so it imports little itself.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

Read = Callable[[bytes], Any]
OURS = "hersteld"


class Reader(NamedTuple):
    """One way of one package to read a file.

    Attributes:
        package: As the package index calls it.
        slow: Whether it takes seconds for a long file, so that it is measured less often.
    """

    name: str
    package: str
    load: Callable[[], Read]
    slow: bool = False

    def version(self) -> str | None:
        """Return the installed version, None where it is not installed."""
        from importlib import metadata  # noqa: PLC0415  # it would be 4 MB of every process that is measured

        try:
            return metadata.version(self.package)
        except metadata.PackageNotFoundError:
            return None


def _ours() -> Read:
    read: Read = import_module("hersteld.parsers.fit").read_fit
    return read


def _fitfast_columns() -> Read:
    records = import_module("fitfast").records
    return lambda raw: (records(raw), records(raw, "session"))


def _fitfast_messages() -> Read:
    read: Read = import_module("fitfast").parse
    return read


def _pyfitparsernative() -> Read:
    read: Read = import_module("pyfitparsernative").parse_fit_bytes
    return read


def _garmin() -> Read:
    sdk = import_module("garmin_fit_sdk")

    def read(raw: bytes) -> dict[str, Any]:
        messages: dict[str, Any]
        messages, errors = sdk.Decoder(sdk.Stream.from_byte_array(bytearray(raw))).read()
        if errors:  # it hands back what it had until then
            raise errors[0]
        return messages

    return read


def _fitdecode() -> Read:
    fitdecode = import_module("fitdecode")

    def read(raw: bytes) -> list[Any]:
        with fitdecode.FitReader(raw, check_crc=fitdecode.CrcCheck.RAISE) as frames:
            return list(frames)

    return read


def _fitparse() -> Read:
    fitparse = import_module("fitparse")
    return lambda raw: list(fitparse.FitFile(raw, check_crc=True).get_messages())


READERS = [
    Reader(OURS, "hersteld", _ours),
    Reader("fitfast columns", "fitfast", _fitfast_columns),
    Reader("fitfast messages", "fitfast", _fitfast_messages),
    Reader("pyfitparsernative", "pyfitparsernative", _pyfitparsernative),
    Reader("garmin-fit-sdk", "garmin-fit-sdk", _garmin, slow=True),
    Reader("fitdecode", "fitdecode", _fitdecode, slow=True),
    Reader("fitparse", "fitparse", _fitparse, slow=True),
]
