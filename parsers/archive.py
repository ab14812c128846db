"""Which FIT files are in what arrived?

A plain file is itself. Exports come as `.fit.gz` or as `.zip` with many files inside; they are known by their first
bytes, as names lie. Strava's export is a zip of `.fit.gz`, Garmin's a zip of zips: those are opened too, but nothing
deeper. A small archive can unpack to more than a disk holds, so everything is counted while it unpacks, and what claims
to be larger, or is packed tighter than FIT ever is, is refused.
"""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from hersteld.parsers.errors import BadArchive, Incomplete

GZIP_START = b"\x1f\x8b"
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
FIT_MARK = b".FIT"

_CHUNK = 1 << 16
_GZIP_MEMBERS = 16
_ZIP_END = b"PK\x05\x06"
_ZIP_END_WITHIN = 66_000
_ZIP_ENTRY = b"PK\x01\x02"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What exports use. The others ask for as much memory as their maker likes before a byte is out."""
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may come out of one archive.

    Attributes:
        file_bytes: Largest single file.
        archive_bytes: Largest archive within the archive.
        total_bytes: All FIT files together; and so much again for archives within the archive.
        entries: Names in a zip, of any kind, with those in the zips within.
        ratio: Unpacked size over packed size; FIT packs to about a third, deflate cannot exceed 1032.
    """

    file_bytes: int = 64 * _MIB
    archive_bytes: int = 256 * _MIB
    total_bytes: int = 512 * _MIB
    entries: int = 50_000
    ratio: float = 200.0


DEFAULT = Limits()
_FAILURES = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What `zipfile` lets out when the bytes are not what it expects."""


@dataclass(slots=True)
class _Room:
    """What may still come out."""

    limits: Limits
    entries: int
    fit_bytes: int
    archive_bytes: int


class _TooMuch(BadArchive):
    """A limit is passed: then nothing more is unpacked, not even what stands beside it."""


def open_files(data: bytes, name: str, limits: Limits = DEFAULT) -> tuple[tuple[str, bytes], ...]:
    """Return what `each_file` yields."""
    return tuple(each_file(data, name, limits))


def each_file(data: bytes, name: str, limits: Limits = DEFAULT) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every FIT file, in the order of the archive, each unpacked when its turn comes.

    Whatever is no archive passes through under its own name: whether it is FIT, `read_fit` says. In a zip, files
    that are no FIT are passed over, and a broken archive comes out as it is, to be rejected by its own name.

    Args:
        data: The whole file.
        name: Its name, for the names of what is inside and for errors.
        limits: How much may come out.

    Raises:
        Incomplete: The archive breaks off; it is probably still being written.
        BadArchive: The archive is broken, locked or beyond the limits.
    """
    if data.startswith(GZIP_START):
        yield _without_gz(name), _gunzip(data, name, limits.file_bytes, limits)
    elif data.startswith(ZIP_STARTS):
        room = _Room(limits, limits.entries, limits.total_bytes, limits.total_bytes)
        yield from _unzip(data, name, room, is_within=False)
    elif len(data) > limits.file_bytes:
        raise _TooMuch(f"{name} is larger than the {limits.file_bytes // _MIB} MiB a FIT file may have.")
    else:
        yield name, data


def _broken_off(name: str, data: bytes) -> Incomplete:
    return Incomplete(f"{name} is an archive that breaks off.", expected_bytes=None, got_bytes=len(data))


def _without_gz(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name


def _gunzip(data: bytes, name: str, room: int, limits: Limits) -> bytes:
    """Unpack the members of a gzip file, of which there is nearly always one."""
    room = min(room, max(int(len(data) * limits.ratio), _MIB))
    unpacked = bytearray()
    rest = data
    for _ in range(_GZIP_MEMBERS):
        if not rest.startswith(GZIP_START):
            break
        stream = zlib.decompressobj(wbits=31)
        try:
            unpacked += stream.decompress(rest, room + 1 - len(unpacked))
        except zlib.error as broken:
            raise BadArchive(f"{name} is a broken gzip file: {broken}.") from broken
        if len(unpacked) > room:
            raise _too_much(name, limits)
        if not stream.eof:
            raise _broken_off(name, data)
        rest = stream.unused_data
    return bytes(unpacked)


def _unzip(data: bytes, name: str, room: _Room, *, is_within: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the FIT files of a zip; of one that is itself within a zip, not those of zips in it."""
    if _ZIP_END not in data[-_ZIP_END_WITHIN:]:
        raise _broken_off(name, data)
    # Counted before `zipfile` makes an object of each, for there is room for millions, and what an archive says of
    # their number may be a lie.
    if data.count(_ZIP_ENTRY) > room.entries:
        raise _TooMuch(f"{name} holds more than the {room.limits.entries} files that are allowed.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            room.entries -= len(entries)
            for entry in entries:
                if entry.is_dir():
                    continue
                if entry.flag_bits & 1:
                    raise BadArchive(f"{name} is locked with a password; unpack it first.")
                if entry.compress_type not in _METHODS:
                    raise BadArchive(f"{name} is packed in a way that hersteld does not open; unpack it first.")
                inner = "".join(letter for letter in entry.filename if letter.isprintable())
                yield from _open_entry(archive, entry, f"{name}/{inner}", room, is_within=is_within)
    except _FAILURES as broken:
        raise BadArchive(f"{name} is a broken zip archive: {broken}.") from broken


def _open_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, room: _Room, *, is_within: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield the FIT files in an entry of a zip: itself, or those packed in it. What is neither is not unpacked."""
    limits = room.limits
    tightest = max(int(entry.compress_size * limits.ratio), _MIB)
    with archive.open(entry) as stream:
        head = stream.read(12)
        if head[8:12] == FIT_MARK:
            content = _whole(stream, head, name, min(limits.file_bytes, room.fit_bytes, tightest), limits)
            room.fit_bytes -= len(content)
            yield name, content
            return
        is_zip = head.startswith(ZIP_STARTS)
        if (is_zip and is_within) or not head.startswith((GZIP_START, *ZIP_STARTS)):
            return
        content = _whole(stream, head, name, min(limits.archive_bytes, room.archive_bytes, tightest), limits)
    room.archive_bytes -= len(content)
    try:
        if is_zip:
            yield from _unzip(content, name, room, is_within=True)
        elif _may_be_fit(content):
            fit = _gunzip(content, name, min(limits.file_bytes, room.fit_bytes), limits)
            room.fit_bytes -= len(fit)
            if fit[8:12] == FIT_MARK:
                yield _without_gz(name), fit
    except _TooMuch:
        raise
    except (BadArchive, Incomplete):
        yield name, content


def _may_be_fit(packed: bytes) -> bool:
    """Whether a gzip file holds FIT, or is too broken to tell."""
    try:
        head = zlib.decompressobj(wbits=31).decompress(packed, 12)
    except zlib.error:
        return True
    return len(head) < len(FIT_MARK) or head[8:12] == FIT_MARK


def _whole(stream: IO[bytes], head: bytes, name: str, room: int, limits: Limits) -> bytes:
    """Return the head and the rest of a stream."""
    content = io.BytesIO()  # gives its bytes away without a copy
    content.write(head)
    while chunk := stream.read(_CHUNK):
        content.write(chunk)
        if content.tell() > room:
            raise _too_much(name, limits)
    return content.getvalue()


def _too_much(name: str, limits: Limits) -> BadArchive:
    return _TooMuch(
        f"{name} unpacks to more than is allowed: {limits.file_bytes // _MIB} MiB per file, "
        f"{limits.total_bytes // _MIB} MiB in all."
    )
