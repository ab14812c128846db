"""What stands in the configuration already, and what is missing in it?"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hersteld.config.places import candidates, find_settings_file
from hersteld.config.settings import Settings
from hersteld.daemon.setup.document import value_at
from hersteld.daemon.setup.typed import Value

KEYS: Final = (
    "notify.language",
    "watch.folders",
    "athlete.experience",
    "athlete.birth_year",
    "athlete.mass_kg",
    "athlete.max_hr",
    "athlete.resting_hr",
    "athlete.ftp_w",
    "athlete.conditions",
    "notify.quiet_hours",
)
"""What is asked for, in this order; after it, a target."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A configuration as it stands.

    Attributes:
        path: Where it is, or will be.
        text: None where there is none yet.
        document: All that it says.
        has_target: Whether there is a receiver, here or in a file of addresses or a credential.
    """

    path: Path
    text: str | None
    document: Mapping[str, Any]
    has_target: bool

    @property
    def values(self) -> dict[str, Value]:
        """What it says of `KEYS`."""
        return {key: value for key in KEYS if (value := value_at(self.document, key)) is not None}

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys of which nothing is said."""
        values = self.values
        return tuple(key for key in KEYS if key not in values)


def place_of(named: Path | None, environ: Mapping[str, str]) -> Path:
    """Return where the configuration is, or will be.

    Args:
        named: The file that the user named, which need not be there.
    """
    return named.absolute() if named is not None else find_settings_file(environ) or candidates(environ)[0]


def standing(path: Path, settings: Settings | None) -> Standing:
    """Return what stands in a configuration.

    Args:
        settings: As they were read from it, without a mistake; None where it is not there yet.
    """
    if settings is None:
        return Standing(path, None, {}, has_target=False)
    text = path.read_bytes().decode()
    return Standing(path, text, tomllib.loads(text), has_target=bool(settings.notify.targets))
