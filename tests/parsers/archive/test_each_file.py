"""What is in a gzip or zip file comes out, and no bomb does."""

import gzip
import io
import zipfile

import pytest

from hersteld.parsers.archive.each_file import Limits, each_file
from hersteld.parsers.errors import BadArchive, Incomplete
from hersteld.parsers.fit import read_fit
from tests.support.fit.archives import all_files, zipped
from tests.support.fit.build import START, activity, records
from tests.support.measured.figures import Measured

FIT = activity()


def test_a_plain_file_passes_through() -> None:
    assert all_files(FIT, "ride.fit") == (("ride.fit", FIT),)
    assert all_files(b"text", "notes.txt") == (("notes.txt", b"text"),)


def test_gzip_is_known_by_content_whatever_the_name() -> None:
    assert all_files(gzip.compress(FIT), "ride.fit.gz") == (("ride.fit", FIT),)
    assert all_files(gzip.compress(FIT), "ride.fit") == (("ride.fit", FIT),)


def test_each_fit_file_of_a_zip_is_a_file_of_its_own() -> None:
    packed = zipped(a_fit=FIT, readme_txt=b"not a FIT file at all", b_FIT=FIT[::1])
    assert all_files(packed, "export.bin") == (("export.bin/a.fit", FIT), ("export.bin/b.FIT", FIT))


def test_the_export_of_strava_comes_out_whole() -> None:
    # Its zip holds activities/*.fit.gz, and other things packed in the same way.
    export = zipped(
        run_fit_gz=gzip.compress(FIT), ride_fit=FIT, walk_gpx_gz=gzip.compress(b"<gpx>" * 9), no_gz=gzip.compress(b"")
    )
    assert all_files(export, "export.zip") == (("export.zip/run.fit", FIT), ("export.zip/ride.fit", FIT))


def test_the_export_of_garmin_comes_out_whole() -> None:
    # Its zip holds zips of FIT files; a spreadsheet is a zip as well.
    export = zipped(
        part1_zip=zipped(a_fit=FIT, b_fit_gz=gzip.compress(FIT)), part2_zip=zipped(c_fit=FIT), x_xlsx=zipped(a_xml=b"<")
    )
    names = ["export.zip/part1.zip/a.fit", "export.zip/part1.zip/b.fit", "export.zip/part2.zip/c.fit"]
    assert all_files(export, "export.zip") == tuple((name, FIT) for name in names)


def test_a_zip_two_zips_deep_is_left_alone() -> None:
    assert all_files(zipped(a_zip=zipped(b_zip=zipped(c_fit=FIT))), "x.zip") == ()


@pytest.mark.parametrize("broken", [b"\x1f\x8b" + bytes(30), zipped(b_fit=FIT)[:-60]], ids=["gzip", "zip"])
def test_a_broken_archive_in_a_zip_comes_out_as_it_is_beside_the_others(broken: bytes) -> None:
    # Nothing will complete it any more, so it is for whoever reads it to reject it by its own name.
    files = dict(all_files(zipped(a_bin=broken, b_fit=FIT), "x.zip"))
    assert files == {"x.zip/a.bin": broken, "x.zip/b.fit": FIT}


@pytest.mark.parametrize(
    "limits",
    [Limits(file_bytes=len(FIT) - 1), Limits(entries=2), Limits(total_bytes=2 * len(FIT) - 1)],
)
def test_every_limit_holds_for_archives_within_an_archive_too(limits: Limits) -> None:
    packed = zipped(a_zip=zipped(b_fit=FIT), c_gz=gzip.compress(FIT))
    assert len(all_files(packed, "x.zip", Limits(file_bytes=len(FIT), entries=3, total_bytes=2 * len(FIT)))) == 2
    with pytest.raises(BadArchive, match=r"files\.(unpacks_to_more|too_many_entries)"):
        all_files(packed, "x.zip", limits)


def test_a_bomb_within_a_zip_is_refused() -> None:
    for bomb in (gzip.compress(FIT + bytes(70_000_000)), zipped(bomb_fit=FIT + bytes(70_000_000))):
        with pytest.raises(BadArchive, match=r"files\.unpacks_to_more"):
            all_files(zipped(a_bin=bomb), "bomb.zip")


@pytest.mark.parametrize("packed", [gzip.compress(FIT)[:-20], zipped(a_fit=FIT)[:-60]], ids=["gzip", "zip"])
def test_an_archive_that_breaks_off_is_incomplete(packed: bytes) -> None:
    with pytest.raises(Incomplete, match=r"files\.archive_broken_off"):
        all_files(packed, "export")


def damaged(packed: bytes, at: int) -> bytes:
    """Return the same bytes, but for ten that are overwritten."""
    return packed[:at] + bytes(10) + packed[at + 10 :]


@pytest.mark.figures("one broken, odd or empty file in an archive", "{tried} faults: 0 other files lost")
def test_what_comes_out_of_a_broken_file_is_for_its_own_checksum_to_judge() -> None:
    """A byte overwritten on the way from disk to disk costs what lies behind it in its own file, and no other file."""
    long = activity(range(60, 200), records([120] * 3000, START + 140))
    inner = gzip.compress(long)
    assert len(inner) > 3000
    packed = zipped(a_fit=FIT, b_fit=long, c_fit_gz=damaged(inner, 2500), d_fit_gz=inner[:-200], e_fit=FIT)
    at = packed.index(b"b.fit") + 2500
    files = dict(all_files(damaged(packed, at), "x.zip"))
    assert [name.rsplit("/")[-1] for name in files] == ["a.fit", "b.fit", "c.fit", "d.fit", "e.fit"]
    for name in "bcd":
        content = files[f"x.zip/{name}.fit"]
        assert long.startswith(content[:1000])
        workout = read_fit(content, salvage=True)
        assert workout.salvaged
        assert 60 < workout.records < 3140
    assert files["x.zip/a.fit"] == files["x.zip/e.fit"] == FIT
    (alone,) = all_files(damaged(inner, 2500), "ride.fit.gz")
    assert alone == ("ride.fit", files["x.zip/c.fit"])


def test_what_is_called_fit_comes_out_to_be_rejected_by_name() -> None:
    packed = zipped(
        a_fit=b"", b_FIT=b"<gpx>", c_fit_gz=gzip.compress(b"text"), d_gpx_gz=gzip.compress(b"<gpx>"), e_jpg=b"\xff\xd8"
    )
    assert all_files(packed, "x") == (("x/a.fit", b""), ("x/b.FIT", b"<gpx>"), ("x/c.fit", b"text"))


def test_what_a_mac_puts_beside_a_file_is_passed_over() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ride.fit", FIT)
        archive.writestr("__MACOSX/._ride.fit", b"\0\5\x16\7" + bytes(100))
    assert all_files(packed.getvalue(), "x.zip") == (("x.zip/ride.fit", FIT),)


def test_an_entry_that_is_not_where_the_list_says_is_named_and_costs_no_other() -> None:
    packed = zipped(a_fit=FIT, b_fit=FIT)
    second = packed.index(b"PK\x03\x04", 4)
    moved = packed[:second] + b"XX" + packed[second + 2 :]
    assert all_files(moved, "x.zip") == (("x.zip/a.fit", FIT), ("x.zip/b.fit", b""))


@pytest.mark.parametrize("packed", [zipped(a_fit=FIT), gzip.compress(b"no FIT")], ids=["zip", "gzip"])
def test_a_broken_archive_of_which_nothing_comes_out_is_refused_in_one_sentence(packed: bytes) -> None:
    broken = packed.replace(b"PK\x01\x02", b"PK\x01\x09") if packed.startswith(b"PK") else damaged(packed, 10)
    with pytest.raises(BadArchive, match=r"files\.broken_(zip|gzip)"):
        all_files(broken, "ride")


@pytest.mark.parametrize("limits", [Limits(file_bytes=500), Limits(entries=1), Limits(total_bytes=len(FIT) + 10)])
def test_every_limit_of_a_zip_holds(limits: Limits) -> None:
    with pytest.raises(BadArchive, match=r"files\.(unpacks_to_more|too_many_entries)"):
        all_files(zipped(a_fit=FIT, b_fit=FIT), "export.zip", limits)


def test_a_gzip_bomb_is_refused() -> None:
    with pytest.raises(BadArchive, match=r"files\.unpacks_to_more"):
        all_files(gzip.compress(bytes(100_000_000)), "bomb.gz")


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(BadArchive, match=r"files\.unpacks_to_more"):
        all_files(zipped(bomb_fit=FIT + bytes(70_000_000)), "bomb.zip")


def test_a_plain_file_beyond_the_limit_is_refused() -> None:
    with pytest.raises(BadArchive, match=r"files\.larger_than_fit"):
        all_files(FIT, "ride.fit", Limits(file_bytes=100))


def test_a_wrong_checksum_of_gzip_costs_nothing() -> None:
    long = activity(range(60, 200), records([120 + at % 50 for at in range(3000)], START + 140))
    packed = gzip.compress(long)
    broken = packed[:-8] + bytes(4) + packed[-4:]
    assert all_files(broken, "ride.fit.gz") == (("ride.fit", long),)
    assert all_files(zipped(a_fit_gz=broken), "x.zip") == (("x.zip/a.fit", long),)


def test_what_is_only_called_fit_hides_nothing_however_large_it_is() -> None:
    names = [name for name, _ in all_files(zipped(a_fit=FIT, b_fit=bytes(100_000_000), c_fit=FIT), "x.zip")]
    assert names == ["x.zip/a.fit", "x.zip/b.fit", "x.zip/c.fit"]


def test_what_cannot_be_opened_hides_nothing() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("notes.txt", b"text", zipfile.ZIP_BZIP2)
        archive.writestr("a.fit", FIT)
    assert all_files(packed.getvalue(), "x.zip") == (("x.zip/a.fit", FIT),)
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("b.fit", FIT, zipfile.ZIP_BZIP2)
        archive.writestr("c.fit", FIT)
    found = each_file(packed.getvalue(), "x.zip")
    assert [next(found)[0], next(found)[0]] == ["x.zip/a.fit", "x.zip/c.fit"]
    with pytest.raises(BadArchive, match=r"files\.packed_oddly"):
        next(found)


def test_entries_that_share_their_bytes_are_refused() -> None:
    packed = zipped(a_fit=FIT)
    start, end = packed.index(b"PK\x01\x02"), packed.index(b"PK\x05\x06")
    twice = packed[:end] + packed[start:end] * 9 + packed[end : end + 8]
    twice += b"\x0a\0\x0a\0" + (10 * (end - start)).to_bytes(4, "little") + packed[end + 16 :]
    with pytest.raises(BadArchive, match=r"files\.broken_zip"):
        all_files(twice, "x.zip")


def test_a_folder_in_a_zip_is_passed_over() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.mkdir("rides.fit")
        archive.writestr("rides.fit/a.fit", FIT)
    assert all_files(packed.getvalue(), "x.zip") == (("x.zip/rides.fit/a.fit", FIT),)


@pytest.mark.figures("a gzip file of many members", "{tried} files of {members:,} members in all: 0 bytes lost")
@pytest.mark.parametrize("members", [16, 17, 20_000])
def test_a_gzip_file_of_many_members_is_read_whole(members: int, measured: Measured) -> None:
    long = activity(range(60, 200), records([120 + at % 50 for at in range(1500)], START + 140))
    size = -(-len(long) // members)
    packed = b"".join(gzip.compress(long[at * size : (at + 1) * size], 1) for at in range(members))
    assert all_files(packed, "ride.fit.gz") == (("ride.fit", long),)
    assert all_files(zipped(a_fit_gz=packed), "x.zip") == (("x.zip/a.fit", long),)
    measured(members=members)


def test_a_gzip_file_of_more_members_than_are_counted_is_refused_and_not_cut() -> None:
    packed = b"".join(gzip.compress(FIT[at : at + 1]) for at in range(9))
    assert all_files(packed, "ride.gz", Limits(entries=9)) == (("ride", FIT[:9]),)
    for content, name in ((packed, "ride.gz"), (zipped(a_fit_gz=packed, b_fit_gz=packed), "x.zip")):
        with pytest.raises(BadArchive, match=r"files\.too_many_entries"):
            all_files(content, name, Limits(entries=8))


def test_what_is_left_out_of_an_archive_is_named_with_what_it_is() -> None:
    left_out: list[tuple[str, str]] = []
    export = zipped(
        a_fit=FIT,
        walk_gpx=b"",
        ride_xml=b'<?xml version="1.0"?><TrainingCenterDatabase>',
        run_gpx_gz=gzip.compress(b"<gpx>" * 9),
        notes_txt=b"text",
        two_zip=zipped(b_zip=zipped(c_fit=FIT)),
    )
    list(each_file(export, "x.zip", say_left_out=lambda name, kind: left_out.append((name, kind))))
    assert left_out == [
        ("x.zip/walk.gpx", "gpx"),
        ("x.zip/ride.xml", "tcx"),
        ("x.zip/run.gpx.gz", "gpx"),
        ("x.zip/notes.txt", "other"),
        ("x.zip/two.zip/b.zip", "other"),
    ]
