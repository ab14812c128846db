"""What is in a gzip or zip file comes out, and no bomb does."""

import gzip
import io
import zipfile

import pytest

from hersteld.parsers.archive import Limits, open_files
from hersteld.parsers.errors import BadArchive, Incomplete
from tests.parsers.build import activity

FIT = activity()


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return packed.getvalue()


def test_a_plain_file_passes_through() -> None:
    assert open_files(FIT, "ride.fit") == (("ride.fit", FIT),)
    assert open_files(b"text", "notes.txt") == (("notes.txt", b"text"),)


def test_gzip_is_known_by_content_whatever_the_name() -> None:
    assert open_files(gzip.compress(FIT), "ride.fit.gz") == (("ride.fit", FIT),)
    assert open_files(gzip.compress(FIT), "ride.fit") == (("ride.fit", FIT),)


def test_each_fit_file_of_a_zip_is_a_file_of_its_own() -> None:
    packed = zipped(a_fit=FIT, readme_txt=b"not a FIT file at all", b_FIT=FIT[::1])
    assert open_files(packed, "export.bin") == (("export.bin/a.fit", FIT), ("export.bin/b.FIT", FIT))


def test_an_archive_within_an_archive_is_left_alone() -> None:
    assert open_files(zipped(inner_zip=zipped(a_fit=FIT), b_gz=gzip.compress(FIT)), "x.zip") == ()


@pytest.mark.parametrize("packed", [gzip.compress(FIT)[:-20], zipped(a_fit=FIT)[:-60]])
def test_an_archive_that_breaks_off_is_incomplete(packed: bytes) -> None:
    with pytest.raises(Incomplete, match="breaks off"):
        open_files(packed, "export")


def test_a_broken_zip_is_refused_in_one_sentence() -> None:
    packed = bytearray(zipped(a_fit=FIT))
    packed[45:60] = bytes(15)
    with pytest.raises(BadArchive, match=r"ride\.zip is a broken zip archive"):
        open_files(bytes(packed), "ride.zip")


@pytest.mark.parametrize("limits", [Limits(file_bytes=500), Limits(entries=1), Limits(total_bytes=len(FIT) + 10)])
def test_every_limit_of_a_zip_holds(limits: Limits) -> None:
    with pytest.raises(BadArchive, match=r"export\.zip"):
        open_files(zipped(a_fit=FIT, b_fit=FIT), "export.zip", limits)


def test_a_gzip_bomb_is_refused() -> None:
    with pytest.raises(BadArchive, match="unpacks to more"):
        open_files(gzip.compress(bytes(100_000_000)), "bomb.gz")


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(BadArchive, match="unpacks to more"):
        open_files(zipped(bomb_fit=FIT + bytes(70_000_000)), "bomb.zip")


def test_a_plain_file_beyond_the_limit_is_refused() -> None:
    with pytest.raises(BadArchive, match="larger"):
        open_files(FIT, "ride.fit", Limits(file_bytes=100))
