"""A file is planned as if it were the first one ever, with a reason where nothing can be planned."""

import zipfile
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.reading import folders
from hersteld.daemon.views import plan_file as module
from hersteld.daemon.views.plan_file import FitFile, PlannedFile, Planning, fit_files, plan_file, plan_fit
from hersteld.parsers.columns.decoder import Decoded
from hersteld.parsers.line import Line
from tests.support.command_line import AMSTERDAM, settings_in
from tests.support.nights.files import a_night
from tests.support.nights.scale import a_scale_file
from tests.support.pipeline import NOON, a_file

RUN = a_file(NOON, minutes=50, bpm=172)


@pytest.fixture
def planning(tmp_path: Path) -> Planning:
    return Planning(settings_in(tmp_path), load_texts("en"), AMSTERDAM)


def plans(content: bytes, path: Path, planning: Planning) -> list[PlannedFile]:
    path.write_bytes(content)
    return list(plan_file(path, planning))


def test_a_workout_has_its_plan_and_the_messages_of_the_moment_it_ended(tmp_path: Path, planning: Planning) -> None:
    (found,) = plans(RUN, tmp_path / "run.fit", planning)
    assert (found.status, found.reason, found.asked) == ("workout", None, None)
    assert found.sha256 == sha256(RUN).hexdigest()
    assert found.recovery is not None
    assert found.recovery.plan
    assert found.messages[0].due_at >= NOON
    assert found.messages[0].title.startswith("Hard run")


def test_later_fewer_messages_make_sense_and_before_the_end_there_is_no_plan(
    tmp_path: Path, planning: Planning
) -> None:
    (at_once,) = plans(RUN, tmp_path / "run.fit", planning)
    (next_week,) = plan_file(tmp_path / "run.fit", replace(planning, now=NOON + timedelta(days=7)))
    assert len(next_week.messages) < len(at_once.messages)
    (too_early,) = plan_file(tmp_path / "run.fit", replace(planning, now=NOON - timedelta(minutes=1)))
    assert (too_early.status, too_early.reason) == ("ignored", Line("files.after_now"))


def test_a_file_of_nights_is_none_of_a_workout_and_says_what_is_in_it(tmp_path: Path, planning: Planning) -> None:
    woke_at = NOON.replace(hour=5)
    (found,) = plans(a_night(woke_at), tmp_path / "sleep.fit", planning)
    assert (found.status, found.reason, found.workout) == ("night", Line("files.of_nights"), None)
    (night,) = found.nights
    assert (night.day, night.woke_at, night.resting_hr_bpm, night.rmssd_ms) == (woke_at.date(), woke_at, 47, 52)


@pytest.mark.parametrize("user", [None, 1])
def test_a_file_of_a_scale_is_none_of_a_workout_and_says_what_is_in_it(
    tmp_path: Path, planning: Planning, user: int | None
) -> None:
    content = a_scale_file((NOON, 72.4, user), (NOON, 4.2, user))
    (found,) = plans(content, tmp_path / "scale.fit", planning)
    assert (found.status, found.reason, found.workout) == ("scale", Line("files.of_scale"), None)
    assert [(one.at, one.mass_kg, one.user) for one in found.weighings] == [(NOON, 72.4, user)]
    (found,) = plans(a_scale_file((NOON, 4.2, user)), tmp_path / "scale.fit", planning)
    assert (found.status, found.reason, found.weighings) == ("ignored", Line("files.masses_of_nobody"), ())


@pytest.mark.parametrize("ahead", [timedelta(days=2), timedelta(days=365)])
def test_nights_that_the_service_would_not_believe_are_not_said_to_count(
    tmp_path: Path, planning: Planning, ahead: timedelta
) -> None:
    """A watch that does not know the date writes of days to come, of which the service keeps nothing."""
    at_noon = replace(planning, now=NOON)
    (found,) = plans(a_night(NOON + ahead), tmp_path / "sleep.fit", at_noon)
    assert (found.status, found.reason, found.nights) == ("ignored", Line("files.nights_of_nobody"), ())
    (of_today,) = plans(a_night(NOON + timedelta(hours=20)), tmp_path / "sleep.fit", at_noon)
    assert of_today.status == "night"


def test_what_is_cut_off_is_salvaged_at_once(tmp_path: Path, planning: Planning) -> None:
    (found,) = plans(RUN[:-400], tmp_path / "run.fit", planning)
    assert found.status == "workout"
    assert found.workout is not None
    assert found.workout.salvaged


def test_files_in_an_archive_are_called_by_both_names(tmp_path: Path, planning: Planning) -> None:
    with zipfile.ZipFile(tmp_path / "week.zip", "w") as archive:
        archive.writestr("monday/run.fit", RUN)
        archive.writestr("notes.fit", "a text")
    run, notes = plan_file(tmp_path / "week.zip", planning)
    assert run.path == f"{tmp_path}/week.zip/monday/run.fit"
    assert (notes.status, notes.reason) == ("rejected", Line("files.foreign", {"kind": "text"}))


def test_an_archive_without_fit_and_one_that_breaks_off_have_a_reason(tmp_path: Path, planning: Planning) -> None:
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as archive:
        archive.writestr("notes.txt", "a text")
    (empty,) = plan_file(tmp_path / "empty.zip", planning)
    assert (empty.status, empty.reason) == ("rejected", Line("files.none_inside"))
    (half,) = plans((tmp_path / "empty.zip").read_bytes()[:-30], tmp_path / "half.zip", planning)
    assert (half.status, half.reason) == ("incomplete", Line("files.archive_broken_off"))


def test_what_is_not_there_a_folder_or_too_large_has_a_reason(
    tmp_path: Path, planning: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    (gone,) = plan_file(tmp_path / "gone.fit", planning)
    assert (gone.status, gone.sha256) == ("rejected", None)
    assert gone.reason == Line("files.unreadable", {"why": (Line("reasons.not_there"),)})
    (folder,) = plan_file(tmp_path, planning)
    assert (folder.status, folder.reason) == ("ignored", Line("files.folder", {"path": str(tmp_path)}))
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    (large,) = plans(RUN, tmp_path / "run.fit", planning)
    assert large.reason == Line("files.too_large_for_files", {"size_mib": folders.MAX_MIB})


def test_a_file_that_grew_while_it_was_read_is_not_complete(planning: Planning) -> None:
    half = FitFile("/in/run.fit", RUN[:40], has_grown=True)
    assert plan_fit(half, planning).status == "incomplete"
    assert plan_fit(replace(half, has_grown=False), planning).status == "rejected"
    assert plan_fit(FitFile("/in/run.fit", RUN[:9], has_grown=False), planning).reason == Line(
        "files.less_than_header", {"got": 9}
    )


def test_where_our_reader_fails_the_second_one_plans_and_it_is_told_which(planning: Planning) -> None:
    def failing(_data: bytes) -> Decoded:
        raise IndexError("list index out of range")

    found = plan_fit(FitFile("/in/run.fit", RUN, has_grown=False), replace(planning, decoder=failing))
    assert found.status == "workout"
    assert found.asked is not None
    assert found.asked.why == "IndexError: list index out of range"


def test_a_fault_of_ours_costs_one_file(tmp_path: Path, planning: Planning) -> None:
    nothing = replace(planning, settings=replace(planning.settings, athlete=None))  # type: ignore[arg-type]
    (found,) = plans(RUN, tmp_path / "run.fit", nothing)
    assert (found.status, found.workout) == ("rejected", None)
    assert found.reason is not None
    assert found.reason.id == "files.our_fault"
    assert str(found.reason.values["fault"]).startswith("AttributeError: ")


def test_files_are_read_one_after_the_other_as_they_are_asked_for(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "week.zip", "w") as archive:
        archive.writestr("run.fit", RUN)
    found = fit_files(tmp_path / "week.zip")
    first = next(found)
    assert isinstance(first, FitFile)
    assert (first.content, first.has_grown) == (RUN, False)
    assert list(found) == []
