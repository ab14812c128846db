"""Which entries does a zip list in its central directory, also when one of them is malformed?

The central directory is the list of all entries at the end of a zip, called the list here. `zipfile` refuses all of it
for one entry that it does not understand: a name that is not the UTF-8 it claims to be, a later version of zip, a field
of the wrong length. None of these is needed to find the packed bytes, so such a list is split, and each entry is read
separately.
"""

import io
import struct
import zipfile
from collections.abc import Iterator
from contextlib import suppress

from hersteld.parsers.archive.inflate import packed_begin

ZIP_ENTRY = b"PK\x01\x02"
ZIP_END = b"PK\x05\x06"
_LOCATOR_64 = b"PK\x06\x07"
_END_64 = b"PK\x06\x06"
_END_64_BYTES, _LOCATOR_64_BYTES = 56, 20
_END_BYTES = 22
_FIXED = struct.Struct("<4s6H3I5H2I")
"""The beginning of each entry of the list; its name, extra fields and comment follow."""
_NAME_IS_UTF_8 = 0x800

_FAILURES = (zipfile.BadZipFile, struct.error, EOFError, OSError, OverflowError, RuntimeError, ValueError)
"""The exceptions that `zipfile` raises for bytes that it does not expect."""


def listed(data: bytes) -> tuple[list[zipfile.ZipInfo], bool]:
    """Return the entries in the order of the central directory, and whether it exists and holds nothing but entries.

    An entry that `zipfile` refuses has only name, flags, method, packed size and offset. All of these are what the list
    says, whether or not it is true.

    Args:
        data: The whole zip. The caller limits the number of its entries.
    """
    begin, end, before = _place(data)
    spans = list(_apart(data, begin, end))
    with suppress(*_FAILURES):
        entries = _read(data)
        if len(entries) >= len(spans):  # otherwise a wrong length made one entry of several
            return entries, True
    entries = []
    is_whole = bool(spans)
    for entry_begin, entry_end in spans:
        record = data[entry_begin:entry_end]
        if record.startswith(ZIP_ENTRY) and len(record) >= _FIXED.size:
            entry = _by_itself(record)
            entry.header_offset += before
            entries.append(entry)
        else:
            is_whole = False
    return entries, is_whole


def clip(entries: list[zipfile.ZipInfo], data: bytes) -> None:
    """Shorten each entry that claims more packed bytes than there are before the next one.

    Entries at the same offset may all claim the bytes there.
    """
    begins = {entry.header_offset: packed_begin(data, entry.header_offset) for entry in entries}
    there = sorted((place, begin) for place, begin in begins.items() if begin is not None)
    ends = [*(place for place, _ in there[1:]), len(data)]
    room = {place: max(0, end - begin) for (place, begin), end in zip(there, ends, strict=False)}
    for entry in entries:
        entry.compress_size = min(entry.compress_size, room.get(entry.header_offset, 0))


def _read(data: bytes) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.infolist()


def _place(data: bytes) -> tuple[int, int, int]:
    """Return begin and end of the list, and the number of bytes before the zip itself; (0, 0, 0) without a list."""
    end = data.rfind(ZIP_END)
    if end < 0 or end + _END_BYTES > len(data):
        return 0, 0, 0
    size, offset = struct.unpack_from("<II", data, end + 12)
    end_64 = end - _LOCATOR_64_BYTES - _END_64_BYTES
    if end_64 >= 0 and data.startswith(_END_64, end_64) and data.startswith(_LOCATOR_64, end_64 + _END_64_BYTES):
        size, offset = struct.unpack_from("<QQ", data, end_64 + 40)
        end = end_64
    for begin in (end - size, offset):  # the former is right also for a zip with bytes before it
        if 0 <= begin < end and data.startswith(ZIP_ENTRY, begin):
            return begin, end, begin - offset
    return 0, 0, 0


def _apart(data: bytes, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each entry of the list, and of everything between two entries.

    An entry whose lengths reach into the next one or beyond the list ends before the next one.
    """
    while begin < end:
        is_entry = data.startswith(ZIP_ENTRY, begin) and begin + _FIXED.size <= end
        next_entry = data.find(ZIP_ENTRY, begin + (_FIXED.size if is_entry else 1), end)
        after = end if next_entry < 0 else next_entry
        if is_entry:
            after = min(after, begin + _FIXED.size + sum(struct.unpack_from("<3H", data, begin + 28)))
        yield begin, after
        begin = after


def _by_itself(record: bytes) -> zipfile.ZipInfo:
    """Return an entry as `zipfile` reads it in a zip of its own, or else only what is needed to unpack it."""
    end = struct.pack("<4s4H2IH", ZIP_END, 0, 0, 1, 1, len(record), 0, 0)
    try:
        (entry,) = _read(record + end)
    except _FAILURES:
        fields = _FIXED.unpack_from(record)
        name_bytes = record[_FIXED.size : _FIXED.size + fields[10]]
        name = name_bytes.decode("utf-8" if fields[3] & _NAME_IS_UTF_8 else "cp437", "replace")
        entry = zipfile.ZipInfo(name)
        entry.flag_bits, entry.compress_type, entry.compress_size = fields[3], fields[4], fields[8]
        entry.header_offset = fields[16]
    return entry
