"""What is in a file is read once each, under a path that a reader understands, or has a reason in every language."""

import gzip
import zipfile
from datetime import UTC
from hashlib import sha256
from io import BytesIO

import pytest

from hersteld.config.settings import Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.reading.contents import Inner, Reading, read_content, read_one, unpack_content
from hersteld.parsers.errors import BadArchive, Incomplete, NotAnActivity, NotFit, ParseError
from hersteld.parsers.fit import _KINDS
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.parsers.writing.fit_writer import FitWriter
from tests.support.fit.build import file_id, fit
from tests.support.pipeline import a_file

RUN, RIDE = a_file(minutes=5), a_file(minutes=6, sport="cycling")


def zipped(**files: bytes) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, inner in files.items():
            archive.writestr(f"{name}.fit", inner)
    return content.getvalue()


def of_kind(name: str) -> bytes:
    writer = FitWriter()
    writer.message("file_id", {"type": name, "manufacturer": "development"})
    return writer.finish()


def read(content: bytes, path: str = "/in/a.fit", *, known: bytes = b"another", salvage: bool = False) -> list[Reading]:
    known_sha256 = sha256(known).hexdigest()
    return list(read_content(content, path, is_known=lambda one: one == known_sha256, salvage=salvage))


def reason(reading: Reading) -> Line:
    assert isinstance(reading.result, ParseError)
    return reading.result.line


def test_a_file_in_an_archive_is_called_by_both_names_and_one_in_a_gz_by_the_name_of_the_file() -> None:
    assert [one.path for one in read(zipped(run=RUN, ride=RIDE), "/in/week.zip")] == [
        "/in/week.zip/run.fit",
        "/in/week.zip/ride.fit",
    ]
    assert [one.path for one in read(gzip.compress(RUN), "/in/run.fit.gz")] == ["/in/run.fit.gz"]


def test_what_is_known_is_not_read_again_as_a_whole_or_in_part() -> None:
    week = zipped(run=RUN, ride=RIDE)
    (whole,) = read(week, "/in/week.zip", known=week)
    assert (whole.result, whole.sha256) == (None, sha256(week).hexdigest())
    run, ride = read(week, "/in/week.zip", known=RUN)
    assert run.result is None
    assert isinstance(ride.result, Workout)
    assert (ride.sha256, ride.size) == (sha256(RIDE).hexdigest(), len(RIDE))


def test_what_came_out_of_a_bad_archive_before_is_good_and_the_archive_has_the_reason() -> None:
    broken = bytearray(zipped(run=RUN, ride=RIDE))
    second = broken.rfind(b"PK\x01\x02")
    broken[second + 8] |= 1  # says that it is locked
    run, archive = read(bytes(broken), "/in/week.zip")
    assert isinstance(run.result, Workout)
    assert isinstance(archive.result, BadArchive)
    assert reason(archive) == Line("files.locked_inside", {"name": "/in/week.zip/ride.fit"})


def flagged(at: int, value: int) -> bytes:
    """An archive of one file with another value at a place of its entry in the list."""
    content = bytearray(zipped(run=RUN))
    content[content.rfind(b"PK\x01\x02") + at] = value
    return bytes(content)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(
    ("content", "reason_id"),
    [
        (zipped(run=RUN)[:-30], "files.archive_broken_off"),
        (gzip.compress(RUN)[:-30], "files.archive_broken_off"),
        (gzip.compress(RUN).replace(gzip.compress(RUN)[10:20], bytes(10)), "files.broken_gzip"),
        (zipped(run=RUN).replace(b"PK\x01\x02", b"PK\x01\x09"), "files.broken_zip"),
        (flagged(8, 1), "files.locked"),
        (flagged(10, 98), "files.packed_oddly"),
        (zipped(run=RUN[:20] + bytes(70_000_000)), "files.unpacks_to_more"),
        (RUN + bytes(2**26), "files.larger_than_fit"),
    ],
)
def test_a_reason_does_not_name_the_file_again_that_stands_before_it(
    content: bytes, reason_id: str, language: Language
) -> None:
    *_, last = read(content, "/in/week.zip")
    assert reason(last).id == reason_id
    said = load_texts(language).sentence(reason(last), UTC)
    assert "/in/week.zip" not in said
    assert said.startswith(("This ", "Dit "))


def test_an_archive_without_fit_says_so() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("readme.txt", "no workouts here")
    with pytest.raises(NotFit):
        list(unpack_content(content.getvalue(), "/in/week.zip"))
    (reading,) = read(content.getvalue())
    assert reason(reading) == Line("files.none_inside")


def test_a_file_without_its_end_is_incomplete_until_it_is_salvaged() -> None:
    (waits,) = read(RUN[:-200])
    assert isinstance(waits.result, Incomplete)
    assert (waits.is_incomplete, waits.is_cut_off, waits.is_sound) == (True, True, False)
    (taken,) = read(RUN[:-200], salvage=True)
    assert isinstance(taken.result, Workout)
    assert (taken.is_incomplete, taken.is_cut_off, taken.is_sound) == (False, True, False)


def test_what_is_packed_is_salvaged_at_once_as_it_will_not_grow() -> None:
    packed = read_one(Inner("/in/week.zip/run.fit", RUN[:-200], is_packed=True), "", salvage=False)
    assert isinstance(packed.result, Workout)
    assert packed.is_cut_off


def test_a_sound_file_is_believed_at_first_sight_whatever_it_is() -> None:
    (workout,), (course,), (text,), (empty,) = (read(one) for one in (RUN, of_kind("course"), b"a text", b""))
    assert (workout.is_sound, course.is_sound, text.is_sound) == (True, True, False)
    assert (workout.is_incomplete, course.is_incomplete, text.is_incomplete) == (False, False, False)
    assert (empty.is_incomplete, empty.is_sound) == (True, False)


@pytest.mark.parametrize("name", sorted(_KINDS))
def test_each_kind_of_fit_file_is_named_in_both_languages(name: str) -> None:
    (reading,) = read(of_kind(name))
    assert isinstance(reading.result, NotAnActivity)
    line = reason(reading)
    kind = str(line.values["kind"])
    ends: dict[Language, str] = {"en": ", not an activity.", "nl": ", geen opname van een training."}
    for language, end in ends.items():
        texts = load_texts(language)
        assert kind in texts.words["files.kind"]
        assert texts.sentence(line, UTC).endswith(f" {texts.words['files.kind'][kind]}{end}")


def test_a_kind_without_a_name_is_told_by_its_number() -> None:
    (reading,) = read(fit(file_id(kind=99)))
    assert reason(reading) == Line("files.not_an_activity_of_type", {"name": "99"})


FOREIGN = {
    "gpx": b'<?xml version="1.0"?>\n<gpx version="1.1">',
    "tcx": b'\xef\xbb\xbf<?xml version="1.0"?>\n   <TrainingCenterDatabase>',
    "kml": b"<kml>",
    "pdf": b"%PDF-1.7 and so on",
    "picture": b"\xff\xd8\xff\xe0 and so on",
    "database": b"SQLite format 3\0",
    "web_page": b"<!DOCTYPE html><html><title>Log in",
    "text": "Wat ik vandaag at: één appel.".encode(),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_is_no_fit_file_is_called_by_its_name_in_both_languages(kind: str) -> None:
    (reading,) = read(FOREIGN[kind])
    line = reason(reading)
    english, dutch = load_texts("en"), load_texts("nl")
    assert english.words["files.kind"][kind] in english.sentence(line, UTC)
    assert dutch.words["files.kind"][kind] in dutch.sentence(line, UTC)
    assert dutch.sentence(line, UTC).startswith("Dit is")
    assert ("export" in english.sentence(line, UTC)) == (kind in ("gpx", "tcx", "kml"))


def test_what_nobody_knows_is_only_said_to_be_no_fit_file() -> None:
    (reading,) = read(bytes(range(128, 228)))
    assert reason(reading) == Line("files.not_fit")


def test_damage_is_told_with_its_place_and_what_is_left() -> None:
    damaged = Line("files.damaged_but", {"where": (Line("files.unreadable_beyond", {"offset": 751}),), "span_s": 13})
    assert load_texts("nl").sentence(damaged, UTC) == (
        "Het bestand is beschadigd: na byte 751 is het niet te lezen, en er is maar 13 s aan metingen over."
    )
