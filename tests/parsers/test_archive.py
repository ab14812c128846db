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


def test_the_export_of_strava_comes_out_whole() -> None:
    # Its zip holds activities/*.fit.gz, and other things packed in the same way.
    export = zipped(
        run_fit_gz=gzip.compress(FIT), ride_fit=FIT, walk_gpx_gz=gzip.compress(b"<gpx>" * 9), no_gz=gzip.compress(b"")
    )
    assert open_files(export, "export.zip") == (("export.zip/run.fit", FIT), ("export.zip/ride.fit", FIT))


def test_the_export_of_garmin_comes_out_whole() -> None:
    # Its zip holds zips of FIT files; a spreadsheet is a zip as well.
    export = zipped(
        part1_zip=zipped(a_fit=FIT, b_fit_gz=gzip.compress(FIT)), part2_zip=zipped(c_fit=FIT), x_xlsx=zipped(a_xml=b"<")
    )
    names = ["export.zip/part1.zip/a.fit", "export.zip/part1.zip/b.fit", "export.zip/part2.zip/c.fit"]
    assert open_files(export, "export.zip") == tuple((name, FIT) for name in names)


def test_a_zip_two_zips_deep_is_left_alone() -> None:
    assert open_files(zipped(a_zip=zipped(b_zip=zipped(c_fit=FIT))), "x.zip") == ()


@pytest.mark.parametrize("broken", [gzip.compress(FIT)[:-20], b"\x1f\x8b" + bytes(30), zipped(b_fit=FIT)[:-60]])
def test_a_broken_archive_in_a_zip_comes_out_as_it_is_beside_the_others(broken: bytes) -> None:
    # Nothing will complete it any more, so it is for whoever reads it to reject it by its own name.
    files = dict(open_files(zipped(a_bin=broken, b_fit=FIT), "x.zip"))
    assert files == {"x.zip/a.bin": broken, "x.zip/b.fit": FIT}


@pytest.mark.parametrize(
    "limits",
    [Limits(file_bytes=len(FIT) - 1), Limits(entries=2), Limits(total_bytes=2 * len(FIT) - 1)],
)
def test_every_limit_holds_for_archives_within_an_archive_too(limits: Limits) -> None:
    packed = zipped(a_zip=zipped(b_fit=FIT), c_gz=gzip.compress(FIT))
    assert len(open_files(packed, "x.zip", Limits(file_bytes=len(FIT), entries=3, total_bytes=2 * len(FIT)))) == 2
    with pytest.raises(BadArchive, match=r"x\.zip"):
        open_files(packed, "x.zip", limits)


def test_a_bomb_within_a_zip_is_refused() -> None:
    for bomb in (gzip.compress(FIT + bytes(70_000_000)), zipped(bomb_fit=FIT + bytes(70_000_000))):
        with pytest.raises(BadArchive, match="unpacks to more"):
            open_files(zipped(a_bin=bomb), "bomb.zip")


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
