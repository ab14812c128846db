"""What kind of file is it, when it is no FIT file?

Folders and exports hold files of many kinds, and a user who exported the wrong kind wants to know which it is.
"""

from typing import Literal

from hersteld.parsers.line import Line

Kind = Literal["gpx", "tcx", "other"]
"""What a file is that is left out: an activity in one of two formats that are not read, or anything else."""

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"SQLite format 3\0", "database"),
)
"""How files begin, and their kinds in the word list "files.kind"."""
_TRACKS: tuple[tuple[bytes, str], ...] = (
    (b"<gpx", "gpx"),
    (b"<trainingcenterdatabase", "tcx"),
    (b"<kml", "kml"),
)
_PAGES = (b"<!doctype html", b"<html")
_LOOKED_AT = 1024


def named(data: bytes) -> Line:
    """Return what these bytes are instead of a FIT file, as far as their beginning shows it."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return Line("files.foreign", {"kind": kind})
    head = data[:_LOOKED_AT].lower()
    for mark, kind in _TRACKS:
        if mark in head:
            return Line("files.foreign_track", {"kind": kind})
    if any(mark in head for mark in _PAGES):
        return Line("files.foreign", {"kind": "web_page"})
    if head and _is_text(data[:_LOOKED_AT]):
        return Line("files.foreign", {"kind": "text"})
    return Line("files.not_fit")


def kind_of(name: str, head: bytes) -> Kind:
    """Return what a file is that holds no FIT, by its content, else by its name; "other" where both say nothing.

    Args:
        name: Its name, also with the ending of a gzip file.
        head: Its first bytes, unpacked; 1024 are enough, and b"" stands for a content that is not known.
    """
    start = head[:_LOOKED_AT].lower()
    for mark, kind in _TRACKS:
        if mark in start and kind in ("gpx", "tcx"):
            return "gpx" if kind == "gpx" else "tcx"
    plain = name.lower().removesuffix(".gz")
    return "gpx" if plain.endswith(".gpx") else "tcx" if plain.endswith(".tcx") else "other"


def _is_text(head: bytes) -> bool:
    """Return whether the bytes are UTF-8 text without control characters; the last letter may be cut off."""
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as cut:
        if cut.start < len(head) - 3:  # otherwise only the last letter is cut
            return False
        text = head[: cut.start].decode("utf-8")
    return all(letter.isprintable() or letter.isspace() for letter in text)
