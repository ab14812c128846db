"""Nobody believes that all workouts were read when some of them are in a format that is not read."""

import gzip
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.command_line import call
from tests.support.pipeline import Pipeline, a_file

NOW = datetime.now(UTC).replace(microsecond=0)
GPX = b'<?xml version="1.0"?><gpx version="1.1"><trk></trk></gpx>'
TCX = b'<?xml version="1.0"?><TrainingCenterDatabase></TrainingCenterDatabase>'


def strava_export(*, only_fit: bool = False) -> bytes:
    """Return an export as Strava makes it: a third each of FIT, GPX and TCX, and a few other files.

    The FIT files alone are enough for a baseline: 15 workouts in four weeks.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as export:
        for number in range(15):
            ended_at = NOW - timedelta(days=2 * number + 1)
            export.writestr(f"activities/{number}.fit.gz", gzip.compress(a_file(ended_at, minutes=20)))
            if not only_fit:
                export.writestr(f"activities/{100 + number}.gpx", GPX)
                export.writestr(f"activities/{200 + number}.tcx.gz", gzip.compress(b"   " + TCX))
        export.writestr("profile.csv", "a,b")
        export.writestr("media/1.jpg", b"\xff\xd8\xff")
        export.writestr("__MACOSX/._profile.csv", b"hidden")
    return packed.getvalue()


SAYS = {
    "en": "15 workouts read, {years}; 2 other files are no FIT; 30 activities are GPX or TCX, which hersteld does not"
    " read: your history lacks those that did not come as FIT too.",
    "nl": "15 trainingen ingelezen, {years}; 2 andere bestanden zijn geen FIT; 30 activiteiten zijn GPX of TCX; dat"
    " leest hersteld niet, dus wat er niet ook als FIT is, ontbreekt in je geschiedenis.",
}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_an_import_names_what_it_left_out_and_promises_no_baseline(language: str, tmp_path: Path) -> None:
    (tmp_path / "export.zip").write_bytes(strava_export())
    done = call("import", str(tmp_path / "export.zip"), "--language", language, home=tmp_path)
    before, after = SAYS[language].split("{years}")
    assert done.stdout.startswith(before)
    assert done.stdout.strip().endswith(after), "and no baseline is ready"
    lacking = {"en": "30 activities are GPX or TCX", "nl": "30 activiteiten zijn GPX of TCX"}[language]
    for command in ("status", "check"):
        assert lacking in call(command, "--language", language, home=tmp_path).stdout
    assert json.loads(call("status", "--json", home=tmp_path).stdout)["left_out"] == {"gpx": 15, "tcx": 15, "other": 2}


def test_the_same_export_without_them_is_a_baseline(tmp_path: Path) -> None:
    """Otherwise the tests beside this one would hold for an export that is none in any case."""
    (tmp_path / "export.zip").write_bytes(strava_export(only_fit=True))
    done = call("import", str(tmp_path / "export.zip"), "--language", "en", home=tmp_path)
    assert done.stdout.strip().endswith("Your baseline is ready.")
    watched = tmp_path / "watched"
    watched.mkdir()
    pipeline = Pipeline(watched, now=NOW)
    pipeline.put("export.zip", strava_export(only_fit=True))
    pipeline.look()
    pipeline.pass_time(minutes=20)
    (digest,) = [message for _, message in pipeline.notifier.received if message.title == "15 workouts"]
    assert "Your baseline is ready." in digest.body


def test_loose_files_of_an_import_are_counted_by_name_and_content(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    for name, content in {
        "a.fit": a_file(NOW - timedelta(days=1)),
        "walk.gpx": GPX,
        "renamed.xml": TCX,
        "other.gpx.gz": gzip.compress(GPX + b"<!-- another walk -->"),
        "notes.txt": b"notes",
    }.items():
        (folder / name).write_bytes(content)
    found = json.loads(call("import", str(folder), "--json", home=tmp_path).stdout)
    assert (found["workouts"], found["left_out"]) == (1, {"gpx": 2, "tcx": 1, "other": 1})
    again = json.loads(call("import", str(folder), "--json", home=tmp_path).stdout)
    assert again["left_out"] == found["left_out"]
    assert json.loads(call("status", "--json", home=tmp_path).stdout)["left_out"] == found["left_out"]


def test_the_digest_of_an_export_in_the_folder_names_what_it_lacks(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline = Pipeline(tmp_path, now=NOW)
    pipeline.put("export.zip", strava_export())
    pipeline.look()
    pipeline.pass_time(minutes=20)
    (digest,) = [message for _, message in pipeline.notifier.received if message.title == "15 workouts"]
    lacking = "30 activities are GPX or TCX, which hersteld does not read: your history lacks those that did not come"
    assert f"{lacking} as FIT too." in digest.body
    assert "baseline" not in digest.body
    assert f"{lacking} as FIT too" in caplog.messages


def test_status_lists_the_newest_few_of_many_unreadable_files(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.fit").write_bytes(b"no FIT %d" % number)
    call("import", str(folder), home=tmp_path)
    few = call("status", "--language", "en", home=tmp_path).stdout
    assert few.count(".fit") == 5
    assert "And 25 more; hersteld status --all lists them." in few
    assert call("status", "--all", home=tmp_path).stdout.count(".fit") == 30
