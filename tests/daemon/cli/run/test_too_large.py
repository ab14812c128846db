"""Whoever gives us a file too large to be opened is told what to do instead."""

import json
import os
from pathlib import Path

import pytest

from tests.support.command_line import call
from tests.support.pipeline import Pipeline

MIB = 2**20
TOO_LARGE = "larger than 256 MiB, so it is not read; if it is an archive, unpack it here"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """An archive of more than 256 MiB, which takes no room on the disk."""
    path = tmp_path / "export.zip"
    path.write_bytes(b"PK\x03\x04")
    os.truncate(path, 256 * MIB + 1)
    return path


@pytest.mark.parametrize(
    ("command", "language", "said"),
    [
        ("import", "en", "The file is larger than 256 MiB. If it is an archive, unpack it and give the folder."),
        (
            "import",
            "nl",
            "Het bestand is groter dan 256 MiB. Is het een archief, pak het dan uit en geef de map op.",
        ),
        ("plan", "en", "The file is larger than 256 MiB. If it is an archive, unpack it and give the files in it."),
        (
            "plan",
            "nl",
            (
                "Het bestand is groter dan 256 MiB. Is het een archief,"
                " pak het dan uit en geef de bestanden op die erin zitten."
            ),
        ),
    ],
)
def test_a_command_says_what_to_do_with_so_large_a_file(
    command: str, language: str, said: str, export: Path, tmp_path: Path
) -> None:
    result = call(command, export, "--language", language, home=tmp_path)
    assert result.exit_code == 65
    assert said in " ".join(result.stdout.split())


def test_the_service_leaves_it_alone_and_says_what_to_do(
    export: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline = Pipeline(tmp_path)
    there = export.rename(pipeline.inbox_folder / "export.zip")
    for _ in range(3):
        pipeline.pass_time(minutes=20)
    said = f"{there}: left alone. The file is larger than 256 MiB. If it is an archive, unpack it here."
    assert [record.getMessage() for record in caplog.records].count(said) == 1
    assert pipeline.statuses() == {}
    held_up = {"path": str(there), "reason": TOO_LARGE, "reason_id": "inbox.why_too_large"}
    (told,) = json.loads(call("status", "--json", home=tmp_path).stdout)["held_up"]
    assert told == {**held_up, "reason_values": {"limit_mib": 256}, "try_at": None}
    assert f"{there}   {TOO_LARGE}" in call("status", home=tmp_path).stdout
    there.unlink()
    pipeline.look()
    assert json.loads(call("status", "--json", home=tmp_path).stdout)["held_up"] == []


def test_a_film_in_the_folder_is_no_recording_that_is_too_large(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    film = pipeline.inbox_folder / "race.mp4"
    film.touch()
    os.truncate(film, 256 * MIB + 1)
    pipeline.pass_time(minutes=20)
    assert json.loads(call("status", "--json", home=tmp_path).stdout)["held_up"] == []
