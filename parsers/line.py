"""How is a sentence named before it is said in a language?

Every layer has something to say to the user: why a file is no workout, what to do after one, what went wrong. None but
`hersteld.config.texts` writes sentences: the others name a text and give its values. Hence this lies at the bottom.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, or a part of one: the id of a text and the values that it names.

    Attributes:
        id: Of a message "omega3"; of any other text "files.not_fit", with the file of the catalogue before the dot.
        values: By the names that stand in the text; a value may be lines again.
    """

    id: str
    values: Mapping[str, "Value"] = field(default_factory=dict)


Value = float | int | str | bool | datetime | date | tuple[str, ...] | tuple[datetime, ...] | tuple[Line, ...] | None
