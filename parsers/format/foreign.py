"""What kind of file is it, when it is no FIT file?

Folders and exports hold files of many kinds, and a user who exported the wrong kind wants to know which it is.
"""

_GPS = "hersteld reads FIT only: choose the original file when you export"
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "a gzip file that is broken or within another archive"),
    (b"PK\x03\x04", "a zip archive that is broken or within another archive"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3\0", "a database"),
)
_TRACKS: tuple[tuple[bytes, str], ...] = (
    (b"<gpx", "a GPX file"),
    (b"<trainingcenterdatabase", "a TCX file"),
    (b"<kml", "a KML file"),
)
_PAGES = (b"<!doctype html", b"<html")
_LOOKED_AT = 1024


def named(data: bytes) -> str:
    """Return in one sentence what these bytes are instead of a FIT file, as far as their beginning shows it."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return f"This is {kind}, not a FIT file."
    head = data[:_LOOKED_AT].lower()
    for mark, kind in _TRACKS:
        if mark in head:
            return f"This is {kind}, not a FIT file; {_GPS}."
    if any(mark in head for mark in _PAGES):
        return "This is a web page, not a FIT file."
    if head and _is_text(data[:_LOOKED_AT]):
        return "This is a text file, not a FIT file."
    return "This is not a FIT file."


def _is_text(head: bytes) -> bool:
    """Return whether the bytes are UTF-8 text without control characters; the last letter may be cut off."""
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as cut:
        if cut.start < len(head) - 3:  # otherwise only the last letter is cut
            return False
        text = head[: cut.start].decode("utf-8")
    return all(letter.isprintable() or letter.isspace() for letter in text)
