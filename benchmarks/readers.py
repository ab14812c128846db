"""Who reads the files, and in which of its ways?

Every reader gets the whole file as bytes, checks the checksum, and hands back something that is not thrown away half
done. Ours makes a whole `Workout`: sessions, pauses and samples on one time line. Of each of the others this is the
way that comes closest; of those backed by Rust, every way there is.
"""

import importlib
import importlib.metadata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Read = Callable[[bytes], Any]
OURS = "hersteld"


@dataclass(frozen=True, slots=True)
class Reader:
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
        try:
            return importlib.metadata.version(self.package)
        except importlib.metadata.PackageNotFoundError:
            return None


def _ours() -> Read:
    return importlib.import_module("hersteld.parsers.fit").read_fit  # type: ignore[no-any-return]


def _fitfast_columns() -> Read:
    records = importlib.import_module("fitfast").records
    return lambda raw: (records(raw), records(raw, "session"))


def _fitfast_messages() -> Read:
    return importlib.import_module("fitfast").parse  # type: ignore[no-any-return]


def _pyfitparsernative() -> Read:
    return importlib.import_module("pyfitparsernative").parse_fit_bytes  # type: ignore[no-any-return]


def _garmin() -> Read:
    sdk = importlib.import_module("garmin_fit_sdk")
    return lambda raw: sdk.Decoder(sdk.Stream.from_byte_array(bytearray(raw))).read()


def _fitdecode() -> Read:
    fitdecode = importlib.import_module("fitdecode")

    def read(raw: bytes) -> list[Any]:
        with fitdecode.FitReader(raw, check_crc=fitdecode.CrcCheck.RAISE) as frames:
            return list(frames)

    return read


def _fitparse() -> Read:
    fitparse = importlib.import_module("fitparse")
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
