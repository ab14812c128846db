"""Which FIT files are in a file that arrived?

A plain file stands for itself. Exports come as `.fit.gz` or as `.zip` with many files inside. They are recognised by
their first bytes, because names can be wrong. Strava's export is a zip of `.fit.gz`, Garmin's a zip of zips: a zip
within a zip is opened, but no zip within that one, and a gzip file is opened in both. A small archive can unpack to
more than a disk holds, so bytes are counted while they are unpacked, and an archive that is too large, or packed
tighter than FIT ever is, is refused.

A broken archive yields everything that can be read of it; see `zip_list` for its list and `inflate` for its content.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hersteld.parsers.archive.inflate import End, inflate, packed_bytes, unpacked_bytes
from hersteld.parsers.archive.zip_list import ZIP_END, ZIP_ENTRY, clip, listed
from hersteld.parsers.errors import BadArchive, Incomplete
from hersteld.parsers.format.foreign import Kind, kind_of
from hersteld.parsers.line import Line

GZIP_START = b"\x1f\x8b"
ZIP_STARTS = (b"PK\x03\x04", ZIP_END)
FIT_MARK = b".FIT"
_HEAD = 12
"""The number of bytes that show what kind of file it is."""

_LOOKED_AT = 1024
"""The number of bytes that are unpacked of a file that is left out, to say what it is."""

_NAMED_BYTES = 1 << 16
"""The number of bytes that are unpacked of a file that has the name of a FIT file but not its first bytes: enough to
say what it is instead."""
_ZIP_END_WITHIN = 66_000
_OPENED = (".fit", ".gz", ".zip")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The methods that exports use. The others can demand any amount of memory before they yield a byte."""
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may come out of one archive.

    Attributes:
        file_bytes: Size of the largest file.
        archive_bytes: Size of the largest archive within the archive.
        total_bytes: Size of all FIT files together, and likewise of all archives within the archive.
        entries: Number of entries of any kind in a zip and the zips within it, and of members in gzip files.
        ratio: Highest unpacked size divided by packed size, for more than 1 MiB. That of a FIT file is about 3, and
            deflate cannot exceed 1032.
    """

    file_bytes: int = 64 * _MIB
    archive_bytes: int = 256 * _MIB
    total_bytes: int = 512 * _MIB
    entries: int = 50_000
    ratio: float = 200.0


DEFAULT = Limits()

SayLeftOut = Callable[[str, Kind], None]
"""Called with the name of each file in an archive that is left out, and what it is."""


@dataclass(slots=True)
class _Room:
    """How much may still be unpacked."""

    limits: Limits
    entries: int
    fit_bytes: int
    archive_bytes: int
    say_left_out: SayLeftOut


class _TooMuch(BadArchive):
    """A limit is exceeded. Nothing more of the outermost archive is unpacked then."""


def each_file(
    data: bytes, name: str, limits: Limits = DEFAULT, *, say_left_out: SayLeftOut = lambda _name, _kind: None
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every FIT file in the order of the archive, each unpacked when it is needed.

    A file that is no archive is yielded under its own name; `read_fit` says whether it is FIT. Of a zip, every entry
    that begins like FIT or has the name of a FIT file is yielded, as far as it can be unpacked. A broken archive within
    it is yielded as it is, so that it is rejected under its own name. All other entries are left out, and only named.

    Args:
        data: The whole file.
        name: Name of the file, for the names of the files inside.
        limits: How much may be unpacked.
        say_left_out: Called with each entry that is left out; hidden ones are not worth a word.

    Raises:
        Incomplete: The archive breaks off; it is probably still being written.
        BadArchive: The archive is broken, locked or beyond the limits.
    """
    if data.startswith(GZIP_START):
        fit, end, _ = _gunzip(data, limits.file_bytes, limits, limits.entries)
        if end == "missing":
            raise _broken_off(data)
        if end == "broken" and not _is_fit(fit):
            raise BadArchive(Line("files.broken_gzip"))
        yield _without_gz(name), fit
    elif data.startswith(ZIP_STARTS):
        room = _Room(limits, limits.entries, limits.total_bytes, limits.total_bytes, say_left_out)
        yield from _unzip(data, name, room, is_within=False)
    elif len(data) > limits.file_bytes:
        size_mib = limits.file_bytes // _MIB
        raise _TooMuch(Line("files.larger_than_fit", {"size_mib": size_mib}))
    else:
        yield name, data


def _broken_off(data: bytes) -> Incomplete:
    return Incomplete(Line("files.archive_broken_off"), expected_bytes=None, got_bytes=len(data))


def _without_gz(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name


def _is_fit(start: bytes) -> bool:
    return start[8:12] == FIT_MARK


def _is_called_fit(name: str) -> bool:
    """Return whether a name is that of a FIT file. Hidden files are not: macOS adds one for each file that it packs."""
    base = name.rsplit("/", 1)[-1].lower()
    return base.endswith((".fit", ".fit.gz")) and not base.startswith(".")


def _gunzip(data: bytes, room: int, limits: Limits, most_members: int) -> tuple[bytes, End, int]:
    """Return what can be unpacked of the members of a gzip file, how the last of them ends, and their number.

    There is nearly always one; programs that pack in blocks or append make thousands. A file of more than we count is
    refused, as all bytes of a file that is read are read.
    """
    room = min(room, max(int(len(data) * limits.ratio), _MIB))
    unpacked = bytearray()
    at = 0
    end: End = "missing"
    members = 0
    while data.startswith(GZIP_START, at):
        members += 1
        if members > most_members:
            raise _TooMuch(Line("files.too_many_entries", {"count": limits.entries}))
        end, used = inflate(memoryview(data)[at:], zlib.MAX_WBITS | 16, unpacked, room)
        if len(unpacked) > room:
            raise _too_much(limits)
        if end != "there":
            break
        at += used
    return bytes(unpacked), end, members


def _unzip(data: bytes, name: str, room: _Room, *, is_within: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the FIT files of a zip. Zips in a zip that is itself within a zip are passed over."""
    if ZIP_END not in data[-_ZIP_END_WITHIN:]:
        raise _broken_off(data)
    # The entries are counted before `zipfile` makes an object of each: there may be millions, and the number that the
    # archive itself gives may be wrong.
    if data.count(ZIP_ENTRY) > room.entries:
        raise _TooMuch(Line("files.too_many_entries", {"count": room.limits.entries}))
    entries, is_whole = listed(data)
    room.entries -= len(entries)
    if _packed_size(entries) > len(data):
        clip(entries, data)
    if _packed_size(entries) > len(data):  # several entries share their bytes
        raise _broken_zip()
    yielded_any = False
    refused: list[tuple[str, zipfile.ZipInfo]] = []
    for entry in entries:
        inner = "".join(letter for letter in entry.filename if letter.isprintable())
        if entry.filename.endswith("/"):  # a folder; `is_dir` fails at an empty name
            continue
        if entry.flag_bits & 1 or entry.compress_type not in _METHODS:
            if entry.filename.lower().endswith(_OPENED):
                refused.append((f"{name}/{inner}", entry))
            else:
                _leave_out(f"{name}/{inner}", b"", room)
            continue
        for file in _open_entry(data, entry, f"{name}/{inner}", room, is_within=is_within):
            yielded_any = True
            yield file
    if refused:
        place, entry = refused[0]
        raise _refused_inside(place, entry) if yielded_any else _refused(entry)
    if not is_whole:
        raise _broken_zip()


def _packed_size(entries: list[zipfile.ZipInfo]) -> int:
    return sum(entry.compress_size for entry in entries)


def _broken_zip() -> BadArchive:
    return BadArchive(Line("files.broken_zip"))


def _refused(entry: zipfile.ZipInfo) -> BadArchive:
    if entry.flag_bits & 1:
        return BadArchive(Line("files.locked"))
    return BadArchive(Line("files.packed_oddly"))


def _refused_inside(name: str, entry: zipfile.ZipInfo) -> BadArchive:
    if entry.flag_bits & 1:
        return BadArchive(Line("files.locked_inside", {"name": name}))
    return BadArchive(Line("files.packed_oddly_inside", {"name": name}))


def _open_entry(
    data: bytes, entry: zipfile.ZipInfo, name: str, room: _Room, *, is_within: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield the FIT files in an entry of a zip: the entry itself, or those packed in it. No other entry is unpacked."""
    limits = room.limits
    packed = packed_bytes(data, entry)
    tightest = max(int(len(packed) * limits.ratio), _MIB)

    def unpacked(most: int) -> bytes:
        content = unpacked_bytes(packed, entry, min(most, tightest))
        if len(content) > min(most, tightest):
            raise _too_much(limits)
        return content

    head = unpacked_bytes(packed, entry, _HEAD)
    if not head.startswith((GZIP_START, *ZIP_STARTS)):
        if _is_fit(head):
            content = unpacked(min(limits.file_bytes, room.fit_bytes))
            room.fit_bytes -= len(content)
            yield name, content
        elif _is_called_fit(name):
            yield name, unpacked_bytes(packed, entry, _NAMED_BYTES)
        else:
            _leave_out(name, unpacked_bytes(packed, entry, _LOOKED_AT), room)
        return
    is_zip = head.startswith(ZIP_STARTS)
    if is_zip and is_within:
        _leave_out(name, b"", room)
        return
    content = unpacked(min(limits.archive_bytes, room.archive_bytes))
    room.archive_bytes -= len(content)
    if not is_zip:
        yield from _open_gzip(content, name, room)
        return
    try:
        yield from _unzip(content, name, room, is_within=True)
    except _TooMuch:
        raise
    except (BadArchive, Incomplete):
        yield name, content


def _open_gzip(content: bytes, name: str, room: _Room) -> Iterator[tuple[str, bytes]]:
    """Yield the FIT file in a gzip file within a zip, or the gzip file itself when it is too broken."""
    limits = room.limits
    head = bytearray()
    end, _ = inflate(memoryview(content), zlib.MAX_WBITS | 16, head, _LOOKED_AT)
    if end == "there" and not _is_fit(bytes(head)) and not _is_called_fit(name):
        _leave_out(name, bytes(head), room)
        return
    fit, end, members = _gunzip(content, min(limits.file_bytes, room.fit_bytes), limits, room.entries + 1)
    room.entries -= members - 1  # the first is the entry itself
    room.fit_bytes -= len(fit)
    if _is_fit(fit) or end == "there":
        yield _without_gz(name), fit
    else:
        yield name, content


def _leave_out(name: str, head: bytes, room: _Room) -> None:
    if not name.rsplit("/", 1)[-1].startswith("."):
        room.say_left_out(name, kind_of(name, head))


def _too_much(limits: Limits) -> BadArchive:
    each_mib, all_mib = limits.file_bytes // _MIB, limits.total_bytes // _MIB
    return _TooMuch(Line("files.unpacks_to_more", {"each_mib": each_mib, "all_mib": all_mib}))
