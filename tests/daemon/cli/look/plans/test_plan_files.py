"""`hersteld plan` takes files as they come: packed, broken, unreadable, or with names that are meant to do harm."""

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.views.plan_file import Planning, plan_file
from hersteld.parsers.columns.decoder import Decoded
from tests.daemon.cli.look.test_plan import HARD_RIDE, PLANNED_WORKOUT, planned
from tests.support.command_line import AMSTERDAM, call, environment_in, settings_in
from tests.support.sentences import sentence


@pytest.fixture
def ride(tmp_path: Path) -> Path:
    path = tmp_path / "ride.fit"
    path.write_bytes(HARD_RIDE)
    return path


def test_what_is_packed_is_opened_each_file_inside_an_object_of_its_own(tmp_path: Path) -> None:
    packed, archive = tmp_path / "ride.fit.gz", tmp_path / "week.zip"
    packed.write_bytes(gzip.compress(HARD_RIDE))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        zipped.writestr("monday/ride.fit", HARD_RIDE)
        zipped.writestr("readme.txt", "hello")
        zipped.writestr("plan.fit", PLANNED_WORKOUT)
    archive.write_bytes(content.getvalue())
    found = planned(packed, archive, home=tmp_path)
    assert [(one["path"], one["status"]) for one in found] == [
        (str(packed), "workout"),
        (f"{archive}/monday/ride.fit", "workout"),
        (f"{archive}/plan.fit", "ignored"),
    ]
    assert {one["sha256"] for one in found[:2]} == {sha256(HARD_RIDE).hexdigest()}


@pytest.mark.parametrize(
    ("content", "status", "part"),
    [
        (b"hello, I am no FIT file at all", "rejected", "not a FIT file"),
        (b"", "incomplete", "The file is empty."),
        (HARD_RIDE[:9], "incomplete", "9 bytes so far"),
        (HARD_RIDE[:200], "rejected", "damaged"),
        (gzip.compress(HARD_RIDE)[:500], "incomplete", "breaks off"),
        (b"PK\x03\x04", "incomplete", "breaks off"),
        (b"\x1f\x8b" + bytes(50), "rejected", "broken gzip"),
    ],
)
def test_a_bad_file_has_a_sentence_and_exit_code_65(content: bytes, status: str, part: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.fit"
    bad.write_bytes(content)
    (found,) = planned(bad, home=tmp_path, exit_code=65)
    assert (found["status"], found["workout"]) == (status, None)
    assert part in found["reason"]
    text = call("plan", bad, home=tmp_path)
    assert text.exit_code == 65
    assert found["reason"] in text.stdout


def test_a_bad_file_does_not_keep_the_others_from_being_read(ride: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.fit"
    bad.write_bytes(b"nothing")
    found = planned(bad, ride, home=tmp_path, exit_code=65)
    assert [one["status"] for one in found] == ["rejected", "workout"]


def test_a_file_that_cannot_be_read_is_rejected(tmp_path: Path) -> None:
    unreadable = Path("/proc/self/mem")  # even for root
    (found,) = planned(unreadable, home=tmp_path, exit_code=65)
    assert (found["status"], found["sha256"]) == ("rejected", None)
    assert found["reason"] == "The file cannot be read: input/output error."


def test_a_missing_file_does_not_keep_the_others_from_being_read(ride: Path, tmp_path: Path) -> None:
    found = planned(ride, tmp_path / "absent.fit", ride, home=tmp_path, exit_code=65)
    assert [one["status"] for one in found] == ["workout", "rejected", "workout"]
    assert found[1]["reason"] == "The file cannot be read: no such file or directory."


def test_a_folder_among_files_is_passed_over_and_alone_is_a_usage_error(ride: Path, tmp_path: Path) -> None:
    """A shell gives it for a * like any file."""
    (tmp_path / "folder").mkdir()
    folder, file = planned(tmp_path / "folder", ride, home=tmp_path)
    assert (folder["status"], file["status"]) == ("ignored", "workout")
    assert folder["reason"] == f"This is a folder; name the files in it, like {tmp_path}/folder/*.fit."
    result = call("plan", tmp_path / "folder", home=tmp_path)
    assert result.exit_code == 2
    assert "folder" in result.stderr


def test_no_workout_is_planned_before_it_ended(ride: Path, tmp_path: Path) -> None:
    (found,) = planned(ride, "--now", "2001-01-01T10:00:00Z", home=tmp_path)
    assert (found["status"], found["plan"]) == ("ignored", [])
    assert "ended after the moment" in found["reason"]


def test_a_broken_file_in_a_zip_hides_none_of_the_others(tmp_path: Path) -> None:
    archive = tmp_path / "week.zip"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        zipped.writestr("monday.fit", HARD_RIDE)
        zipped.writestr("tuesday.fit", PLANNED_WORKOUT)
        zipped.writestr("wednesday.fit", HARD_RIDE)
    damaged = bytearray(content.getvalue())
    damaged[damaged.index(PLANNED_WORKOUT) + len(PLANNED_WORKOUT) // 2] ^= 255
    archive.write_bytes(damaged)
    found = planned(archive, home=tmp_path, exit_code=65)
    assert [(one["path"], one["status"]) for one in found] == [
        (f"{archive}/monday.fit", "workout"),
        (f"{archive}/tuesday.fit", "rejected"),
        (f"{archive}/wednesday.fit", "workout"),
    ]
    assert "damaged" in found[1]["reason"]


def failing(_data: bytes) -> Decoded:
    raise IndexError("list index out of range")


def test_fitparse_is_asked_where_our_reader_fails(ride: Path, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    (found,) = plan_file(ride, Planning(settings, load_texts("en"), AMSTERDAM, decoder=failing))
    assert found.status == "workout"
    assert found.workout is not None
    assert found.workout.records == 7200


def test_a_fault_of_ours_rejects_one_file_and_not_all(ride: Path, tmp_path: Path) -> None:
    nobody = replace(settings_in(tmp_path), athlete=None)  # type: ignore[arg-type]  # as no configuration can
    (found,) = plan_file(ride, Planning(nobody, load_texts("en"), AMSTERDAM))
    assert (found.status, found.workout) == ("rejected", None)
    assert sentence(found.reason).startswith("hersteld itself failed on this file (AttributeError")
    assert found.sha256 == sha256(HARD_RIDE).hexdigest()


def test_a_hostile_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "\x1b[31mred\nworkout.fit"
    path.write_bytes(b"nothing")
    result = call("plan", path, home=tmp_path)
    assert "\x1b" not in result.output
    assert "\\x1b[31mred\\nworkout.fit" in result.stdout


def test_a_name_that_is_no_text_is_printed_all_the_same(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.fit"
    with open(name, "wb") as file:  # noqa: PTH123 - a name that is no text
        file.write(HARD_RIDE)
    result = subprocess.run(
        [sys.executable.encode(), b"-m", b"hersteld", b"plan", b"--json", name],
        capture_output=True,
        env=environment_in(tmp_path),
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["path"].endswith("caf\\xe9.fit")


def test_a_reader_that_goes_away_is_no_error(ride: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hersteld", "plan", "--json", "--samples", *[str(ride)] * 5]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment_in(tmp_path)
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
