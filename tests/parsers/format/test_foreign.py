"""A file that is no FIT file is called what it is, by its first bytes."""

import gzip

import pytest

from hersteld.parsers.format.foreign import named
from tests.support.fit.archives import zipped

UNKNOWN = named(b"\x00\x01\x02\x03")
KINDS = {
    "gzip": gzip.compress(b"text"),
    "zip": zipped(a_fit=b"text"),
    "pdf": b"%PDF-1.7",
    "picture": b"\x89PNG\r\n",
    "database": b"SQLite format 3\0",
    "gpx": b'<?xml version="1.0"?>\n<gpx creator="x">',
    "tcx": b'<?xml version="1.0"?>\n<TrainingCenterDatabase>',
    "kml": b"<kml>",
    "page": b"<!DOCTYPE html>\n<title>Log in</title>",
    "text": b"Distance;Time\n10,0;00:45:00\n",
}


def test_each_kind_has_a_sentence_of_its_own() -> None:
    assert len({str(named(data)) for data in KINDS.values()} | {str(UNKNOWN)}) == len(KINDS) + 1


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"<html><body>", "page"),
        ("Afstand: 10 km, hoogte: 5 m\u00e9\u00e9r".encode(), "text"),
        (b"\xef\xbb\xbf<GPX>", "gpx"),
    ],
    ids=["jpeg", "html", "accents", "capitals"],
)
def test_other_beginnings_of_the_same_kind_have_the_same_sentence(data: bytes, kind: str) -> None:
    assert named(data) == named(KINDS[kind])


def test_a_text_whose_last_letter_is_cut_by_the_look_at_its_beginning_is_a_text() -> None:
    assert named(b"x" * 1023 + "\u20ac".encode() * 9) == named(KINDS["text"])


@pytest.mark.parametrize("data", [b"text\xff\xff and more of it", b"text with a bell \x07", b""])
def test_bytes_that_are_no_text_are_not_called_one(data: bytes) -> None:
    assert named(data) == UNKNOWN
