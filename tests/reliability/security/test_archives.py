"""No archive costs more memory or time than its share, writes anywhere, or brings the program down.

Each is given to the program itself, in a process whose memory and processor time the kernel bounds. What one archive
may hold, and how the limits add up, is proved by tests/parsers/archive/test_each_file.py.
"""

import gzip
import io
import json
import resource
import struct
import subprocess
import sys
import zipfile
import zlib
from functools import cache
from pathlib import Path

import pytest

from tests.support.command_line import PATIENCE_S, environment_in
from tests.support.measured.figures import Measured
from tests.support.pipeline import a_file

BOMBS = pytest.mark.figures("bombs of 3 and 10 GB in kilobytes", "{tried} tried: 0 beyond the limits")
LIES = pytest.mark.figures("an archive that lies about sizes", "{tried} tried: 0 workouts made up")

MIB = 2**20
MEMORY = 1024 * MIB
"""Address space; the program itself takes some 300 MiB of it."""
CPU_S = 30
FIT = a_file(minutes=20)


def limited(*words: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a command that the kernel ends when it takes too much."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))

    return subprocess.run(
        [sys.executable, "-m", "hersteld", *map(str, words)],
        env={**environment_in(home), "OPENBLAS_NUM_THREADS": "1"},
        cwd=home,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def judged(content: bytes, home: Path, name: str = "hostile.zip") -> list[tuple[str, str]]:
    """Return status and reason of each file that the program finds in this one."""
    (home / name).write_bytes(content)
    done = limited("plan", "--json", home / name, home=home)
    assert done.returncode in (0, 65), done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return [(one["status"], one["reason"] or "") for one in found]


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


@cache
def deflated_zeros(mebibytes: int) -> bytes:
    """Return a deflate stream of so many zeros, without the work of packing them all: each block is the same."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * mebibytes + packer.flush()


def bomb(mebibytes: int) -> bytes:
    """Return a deflate stream that begins like a workout and goes on in zeros."""
    packer = zlib.compressobj(9, wbits=-15)
    return packer.compress(FIT) + packer.flush(zlib.Z_FULL_FLUSH) + deflated_zeros(mebibytes)


def bomb_gz(mebibytes: int) -> bytes:
    return gzip.compress(b"")[:10] + bomb(mebibytes) + struct.pack("<II", 0, 0)


def zip_of_stream(name: str, stream: bytes, size: int) -> bytes:
    """Return a zip with one entry whose deflate stream, and what is said of its size, are given."""
    raw = name.encode()
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, len(stream), size, len(raw), 0)
    local = b"PK\x03\x04" + common + raw + stream
    central = b"PK\x01\x02" + b"\x14\x00" + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + raw
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


@BOMBS
def test_ten_gigabytes_of_zeros_are_refused_however_they_are_packed(tmp_path: Path, measured: Measured) -> None:
    ten, three = 10 * 1024, 3 * 1024  # what a zip says of a size ends at 4 GB
    plain = zip_of_stream("b.fit", bomb(three), three * MIB)
    bombs = {
        "a.fit.gz": bomb_gz(ten),
        "b.zip": plain,
        # Some KB that unpack to megabytes that unpack to gigabytes.
        "c.zip": zipped(("c.fit.gz", bomb_gz(ten))),
        "d.zip": zipped(("d.zip", plain)),
    }
    assert len(bombs["c.zip"]) < 100_000
    assert len(bombs["d.zip"]) < 100_000
    for name, content in bombs.items():
        ((status, reason),) = judged(content, tmp_path, name)
        assert (status, "unpacks to more than is allowed" in reason) == ("rejected", True), (name, reason)
    measured(tried=len(bombs))


@BOMBS
@pytest.mark.parametrize("nest", ["zip", "gz"])
def test_archives_in_archives_are_not_followed_down(nest: str, tmp_path: Path) -> None:
    content = FIT
    for _ in range(300):
        content = zipped(("again.zip", content)) if nest == "zip" else gzip.compress(content)
    (found,) = judged(content, tmp_path)
    assert found[0] == "rejected"


def test_a_million_names_cost_nothing(tmp_path: Path) -> None:
    entry = b"PK\x01\x02" + bytes(42)
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry) * 1_000_000, 0, 0)
    ((status, reason),) = judged(zipped() + entry * 1_000_000 + b"PK\x05\x06" + end, tmp_path)
    assert (status, "more than the 50000 files" in reason) == ("rejected", True)


@BOMBS
def test_a_hundred_thousand_files_are_refused(tmp_path: Path) -> None:
    content = zipped(*((f"{number}.fit", b"") for number in range(100_000)), method=zipfile.ZIP_STORED)
    ((status, reason),) = judged(content, tmp_path)
    assert (status, "more than the 50000 files" in reason) == ("rejected", True)


@pytest.mark.parametrize(("at", "what"), [(6, b"\x63\x00"), (30, b"\xff\xff"), (42, b"\xff\xff\xff\xff")])
def test_forty_thousand_odd_entries_cost_no_more_than_as_many_others(at: int, what: bytes, tmp_path: Path) -> None:
    """Of a version still to come, longer than the list, or nowhere: each is read by itself."""
    names = ((f"{number}.txt", b"") for number in range(40_000))
    content = bytearray(zipped(*names, ("a.fit", FIT), method=zipfile.ZIP_STORED))
    entry = content.index(b"PK\x01\x02")
    last = content.rindex(b"PK\x01\x02")
    while entry < last:
        content[entry + at : entry + at + len(what)] = what
        entry = content.index(b"PK\x01\x02", entry + 4)
    assert judged(bytes(content), tmp_path) == [("workout", "")]


@LIES
def test_entries_that_share_their_bytes_are_bounded_together(tmp_path: Path) -> None:
    """The same packed bytes under many names, as in the bombs that pass the usual check of ratios."""
    packed = zipped(("0.fit", FIT + bytes(150_000)))
    start = packed.index(b"PK\x01\x02")
    entry, local = packed[start : packed.index(b"PK\x05\x06")], packed[:start]
    central = entry * 20_000
    end = struct.pack("<HHHHIIH", 0, 0, 20_000, 20_000, len(central), len(local), 0)
    (home := tmp_path / "home").mkdir()
    (home / "shared.zip").write_bytes(local + central + b"PK\x05\x06" + end)
    done = limited("import", "--json", home / "shared.zip", home=home)
    said = json.loads(done.stdout)
    assert said["workouts"] <= 1
    assert "Traceback" not in done.stderr


@LIES
def test_what_asks_for_memory_before_it_unpacks_is_not_opened(tmp_path: Path) -> None:
    content = bytearray(zipped(("a.fit", FIT), method=zipfile.ZIP_LZMA))
    start = 30 + len("a.fit")
    content[start + 5 : start + 9] = b"\xff" * 4  # the dictionary: 4 GiB
    ((status, reason),) = judged(bytes(content), tmp_path)
    assert (status, "packed in a way that hersteld does not open" in reason) == ("rejected", True)


def test_a_locked_archive_is_told_as_such(tmp_path: Path) -> None:
    content = bytearray(zipped(("a.fit", FIT)))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    ((status, reason),) = judged(bytes(content), tmp_path)
    assert (status, "locked with a password" in reason) == ("rejected", True)


@LIES
@pytest.mark.parametrize("said", [0, 10, len(FIT) - 1, len(FIT) + 1, 0xFFFFFFF0])
def test_a_size_that_lies_is_not_believed(said: int, tmp_path: Path) -> None:
    """What comes out counts, and the checksum that a FIT file has of its own."""
    packer = zlib.compressobj(9, wbits=-15)
    stream = packer.compress(FIT) + packer.flush()
    found = judged(zip_of_stream("a.fit", stream, said), tmp_path)
    assert [status for status, _ in found] == ["workout"]


NAMES = (
    "../../../../etc/cron.d/x.fit",
    "/etc/x.fit",
    "C:\\Windows\\x.fit",
    "\\\\server\\share\\x.fit",
    "x\x00.fit",
    "x\x1b]0;owned\x07\n.fit",
    "a/" * 2000 + "x.fit",
)


def test_no_name_in_an_archive_leads_anywhere(tmp_path: Path) -> None:
    """What is packed is never unpacked to disk, so a name is only a name."""
    home = tmp_path / "deep" / "home"
    home.mkdir(parents=True)
    packed = zipped(*((name, a_file(minutes=20 + number)) for number, name in enumerate(NAMES)))
    (home / "names.zip").write_bytes(packed)
    before = {path for path in tmp_path.rglob("*") if "state" not in path.parts}
    done = limited("import", "--json", home / "names.zip", home=home)
    assert json.loads(done.stdout)["unread"] == []
    status = limited("status", home=home)
    assert status.returncode == 0
    assert {path for path in tmp_path.rglob("*") if "state" not in path.parts} == before
    assert not Path("/etc/cron.d/x.fit").exists()
    assert not Path("/etc/x.fit").exists()
