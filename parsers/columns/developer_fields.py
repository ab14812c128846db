"""Which fields that apps define stand in for a field of the profile?

An app describes each of its fields in a message: name, unit, base type, scale, and perhaps the native field that it
stands for.
"""

from dataclasses import dataclass

from hersteld.parsers.columns.decoder import Messages
from hersteld.parsers.format.base_types import STRING
from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.profile.meaning import native_field

LARGEST_SCALE = 255
"""A scale is stored in one byte; a larger one, which an app may write into a wider field, is a mistake."""


@dataclass(frozen=True, slots=True)
class DeveloperField:
    """A developer field that counts as the native record field of this number; value = stored / scale - offset."""

    native: int
    base_type: int
    scale: float
    offset: float


def developer_fields(descriptions: Messages) -> dict[tuple[int, int], DeveloperField]:
    """Return the developer fields that stand in for a native field, by index of the developer and field number."""
    known: dict[tuple[int, int], DeveloperField | None] = {}
    nameless = (None,) * descriptions.count
    names = descriptions.texts.get(fields.FIELD_DESCRIPTION_FIELD_NAME, nameless)
    units = descriptions.texts.get(fields.FIELD_DESCRIPTION_UNITS, nameless)
    for row in range(descriptions.count):
        index = descriptions.value(fields.FIELD_DESCRIPTION_DEVELOPER_DATA_INDEX, row)
        number = descriptions.value(fields.FIELD_DESCRIPTION_FIELD_DEFINITION_NUMBER, row)
        base_type = descriptions.value(fields.FIELD_DESCRIPTION_FIT_BASE_TYPE_ID, row)
        if index is None or number is None or base_type is None:
            continue
        native_message = descriptions.value(fields.FIELD_DESCRIPTION_NATIVE_MESG_NUM, row)
        native_number = descriptions.value(fields.FIELD_DESCRIPTION_NATIVE_FIELD_NUM, row)
        native = native_field(names[row], units[row], native_message, native_number)
        scale = descriptions.value(fields.FIELD_DESCRIPTION_SCALE, row) or 1.0
        offset = descriptions.value(fields.FIELD_DESCRIPTION_OFFSET, row) or 0.0
        described = None
        if native is not None and int(base_type) & 0x1F != STRING and 1 <= scale <= LARGEST_SCALE:
            described = DeveloperField(native, int(base_type), scale, offset)
        # A field with two different descriptions is not read, as it is not known which of them holds for which record.
        key = int(index), int(number)
        known[key] = described if known.get(key, described) == described else None
    return {key: described for key, described in known.items() if described is not None}
