"""Which FIT files are in what arrived?

A plain file is itself. Exports come as `.fit.gz` or as `.zip` with many files inside; they are known by their first
bytes, as names lie. A small archive can unpack to more than a disk holds, so everything is counted while it
unpacks, and what claims to be larger, or is packed tighter than FIT ever is, is refused. An archive within an
archive is left alone.
"""

import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass

from hersteld.parsers.errors import BadArchive, Incomplete

GZIP_START = b"\x1f\x8b"
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
FIT_MARK = b".FIT"

_CHUNK = 1 << 16
_GZIP_MEMBERS = 16
_ZIP_END = b"PK\x05\x06"
_ZIP_END_WITHIN = 66_000
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may come out of one archive.

    Attributes:
        file_bytes: Largest single file.
        total_bytes: All files together.
        entries: Names in a zip, of any kind.
        ratio: Unpacked size over packed size; FIT packs to about a third, deflate cannot exceed 1032.
    """

    file_bytes: int = 64 * _MIB
    total_bytes: int = 512 * _MIB
    entries: int = 10_000
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


def open_files(data: bytes, name: str, limits: Limits = DEFAULT) -> tuple[tuple[str, bytes], ...]:
    """Return the name and the bytes of every FIT file, in the order of the archive.

    Whatever is no archive passes through under its own name: whether it is FIT, `read_fit` says. In a zip, files
    that are no FIT are passed over.

    Args:
        data: The whole file.
        name: Its name, for the names of what is inside and for errors.
        limits: How much may come out.

    Raises:
        Incomplete: The archive breaks off; it is probably still being written.
        BadArchive: The archive is broken, locked or beyond the limits.
    """
    if data.startswith(GZIP_START):
        return ((_without_gz(name), _gunzip(data, name, limits)),)
    if data.startswith(ZIP_STARTS):
        if _ZIP_END not in data[-_ZIP_END_WITHIN:]:
            raise _broken_off(name, data)
        try:
            return _unzip(data, name, limits)
        except _FAILURES as broken:
            raise BadArchive(f"{name} is a broken zip archive: {broken}.") from broken
    if len(data) > limits.file_bytes:
        raise BadArchive(f"{name} is larger than the {limits.file_bytes // _MIB} MiB a FIT file may have.")
    return ((name, data),)


def _broken_off(name: str, data: bytes) -> Incomplete:
    return Incomplete(f"{name} is an archive that breaks off.", expected_bytes=None, got_bytes=len(data))


def _without_gz(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name


def _gunzip(data: bytes, name: str, limits: Limits) -> bytes:
    """Unpack the members of a gzip file, of which there is nearly always one."""
    room = min(limits.file_bytes, max(int(len(data) * limits.ratio), _MIB))
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
            raise BadArchive(f"{name} unpacks to more than the {limits.file_bytes // _MIB} MiB a FIT file may have.")
        if not stream.eof:
            raise _broken_off(name, data)
        rest = stream.unused_data
    return bytes(unpacked)


def _unzip(data: bytes, name: str, limits: Limits) -> tuple[tuple[str, bytes], ...]:
    found: list[tuple[str, bytes]] = []
    left = limits.total_bytes
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > limits.entries:
            raise BadArchive(f"{name} holds {len(entries)} files; {limits.entries} are allowed.")
        for entry in entries:
            if entry.is_dir():
                continue
            if entry.flag_bits & 1:
                raise BadArchive(f"{name} is locked with a password; unpack it first.")
            content = _entry(archive, entry, name, min(limits.file_bytes, left), limits)
            if content is not None:
                left -= len(content)
                inner = "".join(letter for letter in entry.filename if letter.isprintable())
                found.append((f"{name}/{inner}", content))
    return tuple(found)


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, room: int, limits: Limits) -> bytes | None:
    """Return a file of the zip, or None when it is no FIT file; what is no FIT file is not unpacked further."""
    with archive.open(entry) as stream:
        content = bytearray(stream.read(12))
        if content[8:12] != FIT_MARK:
            return None
        room = min(room, max(int(entry.compress_size * limits.ratio), _MIB))
        while chunk := stream.read(_CHUNK):
            content += chunk
            if len(content) > room:
                raise BadArchive(
                    f"{name} unpacks to more than is allowed: {limits.file_bytes // _MIB} MiB per file, "
                    f"{limits.total_bytes // _MIB} MiB in all."
                )
    return bytes(content)
