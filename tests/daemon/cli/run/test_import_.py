"""`hersteld import` says in one breath what became of the files, and in scripts' terms with --json."""

import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.paths import database_path
from tests.daemon.cli.look.test_plan import STARTED_AT
from tests.support.command_line import call, environment_in, take_in
from tests.support.fit.corpus import corpus_folder, expected_rows, needs_corpus
from tests.support.nights.files import a_night
from tests.support.nights.scale import a_scale_file
from tests.support.pipeline import a_file


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with workouts of two years, a copy, and a file that is none."""
    folder = tmp_path / "old"
    (folder / "below").mkdir(parents=True)
    ended_at = STARTED_AT.replace(year=2024)
    (folder / "run.fit").write_bytes(a_file(ended_at))
    (folder / "below" / "copy of run.fit").write_bytes(a_file(ended_at))
    (folder / "below" / "ride.fit").write_bytes(a_file(ended_at - timedelta(days=400), sport="cycling"))
    (folder / "broken.fit").write_bytes(b"nothing of use")
    return folder


def test_one_sentence_says_it_all(old: Path, tmp_path: Path) -> None:
    result = call("import", old, home=tmp_path)
    assert result.exit_code == 0, result.stderr
    said, why = result.stdout.splitlines()
    assert said == "2 workouts read, 2023 to 2024; 1 was a duplicate, 1 could not be read."
    assert why.startswith(f"{old}/broken.fit: ")
    again = call("import", old, home=tmp_path)
    assert again.exit_code == 0
    assert again.stdout.splitlines() == [
        "No new workout; 1 was a duplicate, 2 were known already, 1 could not be read.",
        why,
    ]
    broken = json.loads(call("status", "--json", home=tmp_path).stdout)["rejected"]
    assert [one["path"] for one in broken] == [f"{old}/broken.fit"]


def test_in_dutch(old: Path, tmp_path: Path) -> None:
    said = call("import", old, "--language", "nl", home=tmp_path).stdout.splitlines()[0]
    assert said == "2 trainingen ingelezen, van 2023 tot 2024; 1 was dubbel, 1 onleesbaar."


def test_the_language_of_what_is_printed_is_not_that_of_the_messages_that_wait(old: Path, tmp_path: Path) -> None:
    def waiting() -> str:
        with Store(database_path(environment_in(tmp_path))) as store:
            return str(store.rows("SELECT rule, title, body FROM outbox WHERE state = 'pending' ORDER BY id"))

    now = datetime.now(UTC).replace(microsecond=0)
    take_in(tmp_path, [("new.fit", a_file(now - timedelta(minutes=3)))], now=now)
    assert "not medical advice" in waiting()
    (old / "last week.fit").write_bytes(a_file(now - timedelta(days=7)))
    said = call("import", old, "--language", "nl", "--set", "athlete.experience=trained", home=tmp_path).stdout
    assert said.startswith("3 trainingen ingelezen")
    assert "not medical advice" in waiting()
    assert "geen medisch advies" not in waiting()


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["run.fit"], "1 workout read, of 2024."),
        (["run.fit", "run2.fit"], "2 workouts read, all of 2024."),
    ],
)
def test_few_are_counted_as_a_person_would(names: list[str], said: str, old: Path, tmp_path: Path) -> None:
    (old / "run2.fit").write_bytes(a_file(STARTED_AT.replace(year=2024) + timedelta(days=2)))
    assert call("import", *(old / name for name in names), home=tmp_path).stdout == f"{said}\n"


def test_json(old: Path, tmp_path: Path) -> None:
    result = call("import", "--json", old, home=tmp_path)
    found = json.loads(result.stdout)
    ((path, reason),) = [(one["path"], one["reason"]) for one in found.pop("unread")]
    assert (path, "not a FIT file" in reason) == (f"{old}/broken.fit", True)
    assert found == {
        "whole": True,
        "files": 4,
        "workouts": 2,
        "first_year": 2023,
        "last_year": 2024,
        "duplicates": 1,
        "known": 0,
        "days": 0,
        "scales": 0,
        "ignored": 0,
        "second_reader": 0,
        "left_out": {"gpx": 0, "tcx": 0, "other": 0},
        "empty": [],
    }


def test_what_is_not_there_keeps_nothing_else_out(old: Path, tmp_path: Path) -> None:
    result = call("import", old / "nothing.fit", old / "run.fit", home=tmp_path)
    assert result.exit_code == 0
    said, missing = result.stdout.splitlines()
    assert said == "1 workout read, of 2024; 1 could not be read."
    assert missing == f"{old}/nothing.fit: There is no such file or folder."
    alone = call("import", old / "nothing.fit", home=tmp_path)
    assert (alone.exit_code, alone.stdout.splitlines()[1]) == (65, missing)


def test_links_to_nowhere_and_to_themselves_are_not_there(old: Path, tmp_path: Path) -> None:
    (old / "nowhere.fit").symlink_to(old / "gone.fit")
    (old / "circle.fit").symlink_to(old / "circle.fit")
    result = call("import", old / "nowhere.fit", old / "circle.fit", "x" * 300, home=tmp_path)
    assert result.exit_code == 65, result.stderr
    assert "3 could not be read" in result.stdout
    assert result.stdout.count("There is no such file or folder.") == 2
    assert result.stdout.endswith("The file cannot be read: file name too long.\n")


def test_no_name_at_all_is_not_the_folder_one_is_in(tmp_path: Path) -> None:
    result = call("import", "", home=tmp_path)
    assert result.exit_code == 2
    assert "neither a file nor a folder" in result.stderr


def test_nothing_of_use_is_exit_code_65(old: Path, tmp_path: Path) -> None:
    assert call("import", old / "broken.fit", home=tmp_path).exit_code == 65
    # Neither of two copies is, but the recording of another device is one of a workout that is known.
    (old / "copy.fit").write_bytes((old / "broken.fit").read_bytes())
    assert call("import", old / "copy.fit", old / "broken.fit", home=tmp_path).exit_code == 65
    call("import", old / "run.fit", home=tmp_path)
    (old / "phone.fit").write_bytes(a_file(STARTED_AT.replace(year=2024) - timedelta(minutes=1), minutes=57))
    result = call("import", old / "phone.fit", old / "broken.fit", home=tmp_path)
    assert (result.exit_code, "1 was a duplicate" in result.stdout) == (0, True)


@pytest.mark.parametrize(
    ("language", "none", "here"),
    [
        ("en", "No new workout; 1 other file is no FIT.", "No .fit, .fit.gz or .zip was found here."),
        ("nl", "Geen nieuwe training; 1 ander bestand is geen FIT.", "Hier staat geen .fit, .fit.gz of .zip."),
    ],
)
def test_a_folder_with_nothing_of_ours_is_named(language: str, none: str, here: str, old: Path, tmp_path: Path) -> None:
    for name in ("empty", "pictures"):
        (tmp_path / name).mkdir()
    (tmp_path / "pictures" / "anna.jpg").write_bytes(b"not what is looked for")
    (tmp_path / "link").symlink_to(old)
    both = (tmp_path / "empty", tmp_path / "pictures")
    alone = call("import", "--language", language, *both, home=tmp_path)
    assert (alone.exit_code, alone.stdout.splitlines()) == (65, [none, *(f"{path}: {here}" for path in both)])
    beside = call("import", "--json", *both, old / "below", old, tmp_path / "link", home=tmp_path)
    assert beside.exit_code == 0
    found = json.loads(beside.stdout)
    assert (found["workouts"], found["empty"]) == (2, [str(path) for path in both])


def test_what_is_known_to_be_of_no_use_is_named_again_with_its_reason(old: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(old / "docs.zip", "w") as archive:
        archive.writestr("letter.txt", "Dear Anna")
    (old / "copy of broken.fit").write_bytes((old / "broken.fit").read_bytes())
    first = call("import", old / "docs.zip", old / "broken.fit", home=tmp_path)
    again = call("import", old / "docs.zip", old / "copy of broken.fit", home=tmp_path)
    assert (first.exit_code, again.exit_code) == (65, 65)
    said, docs, broken = again.stdout.splitlines()
    assert said == "No new workout; 2 could not be read, 1 other file is no FIT."
    assert docs == f"{old}/docs.zip: {first.stdout.splitlines()[1].partition('docs.zip: ')[2]}"
    assert broken.startswith(f"{old}/copy of broken.fit: This is a text file, not a FIT file")


@needs_corpus
def test_every_intact_activity_with_heart_rate_becomes_history_in_less_than_10_mb(tmp_path: Path) -> None:
    folder = corpus_folder()
    assert folder is not None
    rows = [row for row in expected_rows("intact") if row["file_type"] == "activity" and (row["heart_rate"] or [0])[0]]
    assert (len(rows), sum(row["records"] for row in rows)) == (135, 585_390)
    result = call("import", "--json", *(folder / row["path"] for row in rows), home=tmp_path)
    found = json.loads(result.stdout)
    assert (found["unread"], found["ignored"], found["known"]) == ([], 0, 0)
    assert found["workouts"] + found["duplicates"] == 135
    database = database_path(environment_in(tmp_path))
    with Store(database, create=False) as store:
        assert store.rows("SELECT COUNT(*) AS n FROM workouts") == [{"n": found["workouts"]}]
        assert store.rows("SELECT * FROM outbox") == []
    assert database.stat().st_size < 10_000_000


@pytest.mark.parametrize(("days", "recent", "is_ready"), [(20, 12, False), (35, 12, True), (35, 11, False)])
def test_the_baseline_is_ready_when_trends_have_all_they_need(
    days: int, recent: int, is_ready: bool, tmp_path: Path
) -> None:
    """The trend counts the days from the first workout to today, and needs 28 of them, and 12 workouts in these."""
    folder = tmp_path / "history"
    folder.mkdir()
    for number, ago in enumerate((days, *range(1, recent + (days >= 28)))):
        (folder / f"{number}.fit").write_bytes(a_file(datetime.now(UTC) - timedelta(days=ago), minutes=10))
    said = call("import", folder, home=tmp_path).stdout
    assert said.endswith("Your baseline is ready.\n") == is_ready


TRACKS = {
    "walk.gpx": b'<?xml version="1.0"?><gpx version="1.1"><trk></trk></gpx>',
    "gpx in disguise.fit": b'<?xml version="1.0"?><gpx version="1.1"><trk> </trk></gpx>',
    "ride.tcx": b"<?xml version='1.0'?><TrainingCenterDatabase></TrainingCenterDatabase>",
}


@pytest.mark.parametrize(
    ("language", "unread", "left_out"),
    [
        ("en", "1 could not be read", "3 activities are GPX or TCX"),
        ("nl", "1 onleesbaar", "3 activiteiten zijn GPX of TCX"),
    ],
)
def test_a_file_that_is_left_out_is_not_counted_as_unreadable_too(
    language: str, unread: str, left_out: str, old: Path, tmp_path: Path
) -> None:
    named = []
    for name, content in TRACKS.items():
        (tmp_path / name).write_bytes(content)
        named.append(tmp_path / name)
    for _ in ("at first", "again"):
        printed = call("import", *named, old, "--language", language, home=tmp_path).stdout.splitlines()
        assert f", {unread}; {left_out}" in printed[0]
        assert len([line for line in printed[1:] if line.startswith(str(tmp_path))]) == 4, "each with its reason"


def test_old_nights_become_history_beside_the_workouts(tmp_path: Path) -> None:
    woke_at = datetime(2024, 5, 6, 5, tzinfo=UTC)
    (tmp_path / "old").mkdir()
    for days in range(2):
        (tmp_path / "old" / f"{days}.fit").write_bytes(a_night(woke_at - timedelta(days=days)))
    result = call("import", tmp_path / "old", home=tmp_path)
    assert result.stdout == "No new workout; 2 hold what a watch measured at night or by day.\n"
    nights = json.loads(call("history", "--nights", "--json", home=tmp_path).stdout)["nights"]
    assert [night["day"] for night in nights] == ["2024-05-06", "2024-05-05"]
    again = json.loads(call("import", "--json", tmp_path / "old", home=tmp_path).stdout)
    assert (again["days"], again["known"]) == (0, 2)


def test_files_of_a_scale_are_counted_as_that_and_not_as_those_of_a_watch(tmp_path: Path) -> None:
    at = datetime(2024, 5, 6, 6, tzinfo=UTC)
    for number, name in enumerate(("a.fit", "b.fit", "c.fit")):
        content = a_night(at) if name == "c.fit" else a_scale_file((at + timedelta(days=number), 72.4, None))
        (tmp_path / name).write_bytes(content)
    files = [tmp_path / name for name in ("a.fit", "b.fit", "c.fit")]
    assert call("import", files[0], home=tmp_path).stdout == "No new workout; 1 holds what a scale measured.\n"
    found = json.loads(call("import", "--json", *files[1:], home=tmp_path).stdout)
    assert (found["days"], found["scales"], found["ignored"]) == (1, 1, 0)


@needs_corpus
def test_the_resting_heart_rates_of_real_watches_become_nights(tmp_path: Path) -> None:
    folder = corpus_folder()
    assert folder is not None
    files = [folder / row["path"] for row in expected_rows("intact") if row["file_type"] != "activity"]
    found = json.loads(call("import", "--json", *files, home=tmp_path).stdout)
    assert (found["days"], found["scales"]) == (13, 2)
    nights = json.loads(call("history", "--nights", "--json", home=tmp_path).stdout)["nights"]
    assert {night["day"]: night["resting_hr_bpm"] for night in nights} == {
        "2018-09-05": 52,
        "2018-09-06": 50,
        "2018-09-14": 47,
        "2018-09-29": 53,
        "2018-10-06": 49,
        "2018-10-07": 52,
        "2018-10-16": 49,
        "2019-07-25": 52,
    }
