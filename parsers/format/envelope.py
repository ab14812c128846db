"""Where in these bytes does each FIT file begin and end, and is it complete?

A FIT file is a header, messages, and a checksum of two bytes over both:

    byte 0      header size, 12 or 14 (later versions may add to it)
    byte 1      protocol version
    bytes 2-3   profile version
    bytes 4-7   size of the messages, little-endian; 0 while the device is still recording
    bytes 8-11  the letters ".FIT"
    bytes 12-13 checksum of the header, or 0; only in headers of 14 bytes. It is not checked, as the checksum at the end
                covers it too.

Several such files may stand one after the other ("chained"), for example that of the watch and then what the chest
strap stored during a swim.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hersteld.parsers.errors import Incomplete, NotFit
from hersteld.parsers.format.crc import crc16
from hersteld.parsers.format.foreign import named
from hersteld.parsers.line import Line

HEADER_BYTES = 12
CHECKSUM_BYTES = 2
MOST_FILES = 1000
"""A swim is a chain of two or three files. What follows after this many files, of perhaps a few bytes, is not read."""
WHITE_SPACE = b" \t\r\n\0"
"""What text tools add to the end of a file."""
HOLE_BYTES = 64
"""This many zeros at the end of a file with a wrong checksum are space that a copying program has reserved."""

FaultKind = Literal["cut_off", "checksum", "garbage"]


@dataclass(frozen=True, slots=True)
class Fault:
    """The fault that decides: a cut-off end, or else the first thing that is wrong with the bytes.

    Attributes:
        kind: "cut_off" when the end is not there yet or was never written; "checksum" when the length is right and the
            checksum is wrong; "garbage" for bytes that no FIT file may hold.
        offset: Byte at which the fault lies; None for a wrong checksum.
        expected_bytes: For "cut_off", the length that the header promises, or None when it promises none.
        is_harmless: Whether every message is there nevertheless: a checksum that was never written, or white space
            behind the end of a sound file.
    """

    kind: FaultKind
    offset: int | None
    expected_bytes: int | None = None
    is_harmless: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of a chain: its messages are the bytes [start, end)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Envelope:
    """The files of a chain, and what is wrong with them. A cut-off end outweighs a wrong checksum before it."""

    segments: tuple[Segment, ...]
    fault: Fault | None


def open_envelope(data: bytes) -> Envelope:
    """Return where the messages of each file are.

    Raises:
        NotFit: The bytes do not start with a FIT header.
        Incomplete: The header itself is not complete.
    """
    _check_start(data)
    segments: list[Segment] = []
    fault: Fault | None = None
    position = 0
    while position < len(data) and (fault is None or fault.kind == "checksum"):
        if len(segments) == MOST_FILES or not _is_header(data, position):
            fault = fault or _trailing(data, position)
            break
        segment, own_fault = _segment(data, position)
        segments.append(segment)
        position = segment.end + CHECKSUM_BYTES
        fault = own_fault if own_fault is not None and own_fault.kind == "cut_off" else fault or own_fault
    return Envelope(_each_once(data, segments), fault)


def _each_once(data: bytes, segments: list[Segment]) -> tuple[Segment, ...]:
    """Return the files of a chain without repetitions of one before, which would count twice."""
    if len({segment.end - segment.start for segment in segments}) == len(segments):
        return tuple(segments)
    by_content: dict[bytes, Segment] = {}
    for segment in segments:
        by_content.setdefault(data[segment.start : segment.end], segment)
    return tuple(by_content.values())


def segment_bytes(data: bytes, envelope: Envelope) -> Iterator[bytes]:
    """Yield each file of the chain as a file of its own, with a header that gives its true length."""
    for segment in envelope.segments:
        messages = data[segment.start : segment.end]
        header = bytes([HEADER_BYTES, 0x10, 0, 0]) + len(messages).to_bytes(4, "little") + b".FIT"
        yield header + messages + crc16(header + messages).to_bytes(2, "little")


def incomplete(fault: Fault, got: int) -> Incomplete:
    """Return the error for a file that is cut off, which has `got` bytes so far."""
    if fault.expected_bytes is None:
        line = Line("files.never_closed", {"got": got})
    elif fault.expected_bytes > got:
        line = Line("files.incomplete", {"got": got, "expected": fault.expected_bytes})
    else:
        line = Line("files.only_zeros", {"offset": fault.offset})
    return Incomplete(line, expected_bytes=fault.expected_bytes, got_bytes=got)


def damage(fault: Fault) -> tuple[Line]:
    """Return where a file is damaged, as a part of a sentence."""
    if fault.offset is None:
        return (Line("files.wrong_checksum"),)
    return (Line("files.unreadable_beyond", {"offset": fault.offset}),)


def _check_start(data: bytes) -> None:
    if _is_header(data, 0):
        return
    if not data:
        raise Incomplete(Line("files.empty"), expected_bytes=None, got_bytes=0)
    if not _holds_more(data, 0):
        raise Incomplete(Line("files.only_zeros", {"offset": 0}), expected_bytes=None, got_bytes=len(data))
    if _may_become_header(data):
        line = Line("files.less_than_header", {"got": len(data)})
        raise Incomplete(line, expected_bytes=None, got_bytes=len(data))
    raise NotFit(named(data))


def _may_become_header(data: bytes) -> bool:
    return len(data) < HEADER_BYTES and data[0] in {12, 14} and b".FIT".startswith(data[8:])


def _is_header(data: bytes, position: int) -> bool:
    header = data[position : position + HEADER_BYTES]
    return len(header) == HEADER_BYTES and header[0] >= HEADER_BYTES and header[8:] == b".FIT"


def _segment(data: bytes, position: int) -> tuple[Segment, Fault | None]:
    start = position + data[position]
    size = int.from_bytes(data[position + 4 : position + 8], "little")
    end = start + size
    file_end = end + CHECKSUM_BYTES
    if file_end > len(data):
        return _open_end(data, start, min(end, len(data)), file_end if size else None)
    stored = int.from_bytes(data[end:file_end], "little")
    # Behind a header with its own checksum, zeros have the checksum 0, which then proves nothing.
    is_hole = stored == 0 and not data[start:end].strip(b"\0")
    if is_hole and size:
        return _open_end(data, start, end, file_end)
    if not is_hole and crc16(memoryview(data)[position:end]) == stored:
        return Segment(start, end), None
    if size == 0 or (not _is_header(data, file_end) and _holds_more(data, file_end)):
        # The header was written before the messages and never updated.
        return _open_end(data, start, len(data), None)
    filled = _filled_end(data, start, file_end)
    if filled < end:
        return Segment(start, filled), Fault("cut_off", filled, file_end)
    return Segment(start, end), Fault("checksum", None, is_harmless=stored == 0)


def _open_end(data: bytes, start: int, end: int, expected: int | None) -> tuple[Segment, Fault]:
    filled = max(_filled_end(data, start, end), min(start, len(data)))
    return Segment(start, filled), Fault("cut_off", filled, expected)


def _filled_end(data: bytes, start: int, end: int) -> int:
    """Return where the hole of zeros at the end begins, or the end itself when there is none."""
    filled = len(data[start:end].rstrip(b"\0")) + start
    return filled if end - filled >= HOLE_BYTES else end


def _trailing(data: bytes, position: int) -> Fault | None:
    """Return what is wrong with the bytes behind a sound file: nothing for padding, cut off for part of a header."""
    rest = data[position:].rstrip(b"\0")
    if not rest:
        return None
    if _may_become_header(rest):
        return Fault("cut_off", position)
    return Fault("garbage", position, is_harmless=not rest.strip(WHITE_SPACE))


def _holds_more(data: bytes, position: int) -> bool:
    """Return whether anything but padding follows from `position` on."""
    return bool(data[position:].strip(b"\0"))
