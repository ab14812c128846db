"""How does a layer say something to the user without writing the sentence itself?

Every layer has something to say: why a file is no workout, what to do after one, what went wrong. Only
`hersteld.config.texts` writes sentences; the other layers name a text and give its values. They all use this module,
so it stands below all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, or a part of one: the id of a text and the values that the text names.

    Attributes:
        id: "omega3" for a message; for any other text "files.not_fit", with the file of the catalogue before the dot.
        values: The values by the names that stand in the text. A value may be a tuple of lines.
    """

    id: str
    values: Mapping[str, "Value"] = field(default_factory=dict)


Value = float | int | str | bool | datetime | date | tuple[str, ...] | tuple[datetime, ...] | tuple[Line, ...] | None
