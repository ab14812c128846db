"""The log says of each file once what became of it, and when its first message goes out."""

import gzip
import logging
import os
import re
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hersteld.daemon.ingest.one_file import Ingest
from tests.support.languages import speaking
from tests.support.pipeline import NOON, Pipeline, a_file

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def at_normal_level(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path)


def said(pipeline: Pipeline, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged of files since it was last asked, without the folder, and forget it."""
    folder = f"{pipeline.inbox_folder}/"
    lines = [record.getMessage() for record in caplog.records if folder in record.getMessage()]
    caplog.clear()
    return [line.replace(folder, "") for line in lines]


def look_for_minutes(pipeline: Pipeline) -> None:
    pipeline.look()
    pipeline.pass_time(minutes=3, step=timedelta(seconds=3))


def test_a_copy_and_what_was_imported_before_have_a_line_each(
    pipeline: Pipeline, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ride, run = a_file(), a_file(NOON - 40 * DAY)
    imported = tmp_path / "run.fit"
    imported.write_bytes(run)
    Ingest(pipeline.store, pipeline.settings, (), pipeline.clock).take(imported)
    said(pipeline, caplog)
    pipeline.put("ride.fit", ride)
    look_for_minutes(pipeline)
    (line,) = said(pipeline, caplog)
    assert line.startswith("ride.fit: workout, run of 60 min")
    pipeline.put("again.FIT", ride)
    pipeline.put("run.fit.gz", gzip.compress(run))
    look_for_minutes(pipeline)
    assert sorted(said(pipeline, caplog)) == [
        "again.FIT: known already, the same content as ride.fit",
        f"run.fit.gz: known already, the same content as {imported}",
    ]
    pipeline.start()
    look_for_minutes(pipeline)
    assert said(pipeline, caplog) == []


def test_an_archive_is_told_of_as_one(pipeline: Pipeline, caplog: pytest.LogCaptureFixture) -> None:
    def export(days: int) -> bytes:
        zipped = BytesIO()
        with zipfile.ZipFile(zipped, "w") as archive:
            for day in range(days):
                archive.writestr(f"{day}.fit", a_file(NOON - (30 + day) * DAY, minutes=5))
        return zipped.getvalue()

    pipeline.put("export.zip", export(3))
    look_for_minutes(pipeline)
    assert len(said(pipeline, caplog)) == 3
    pipeline.put("again.zip", export(3))
    look_for_minutes(pipeline)
    assert said(pipeline, caplog) == ["again.zip: nothing new, all 3 files in it were known already"]
    pipeline.put("more.zip", export(4))
    look_for_minutes(pipeline)
    new, known = said(pipeline, caplog)
    assert new.startswith("more.zip/3.fit: workout")
    assert known == "more.zip: 3 of the 4 files in it were known already"


def test_what_is_known_to_be_of_no_use_is_known_so(pipeline: Pipeline, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("a.fit", "b.fit"):
        path = pipeline.put(name, b"this is no FIT file, whatever its name")
        long_ago = (NOON - DAY).timestamp()
        os.utime(path, (long_ago, long_ago))
        pipeline.look()
        pipeline.pass_time(minutes=3, step=timedelta(seconds=3))
    waits, first, known = (line for line in said(pipeline, caplog))
    assert "still being filled in" in waits
    assert first.startswith("a.fit: rejected. This is a text file, not a FIT file")
    assert known.startswith("b.fit: known already, the same content as a.fit, which was rejected. This is a text")


def test_many_known_files_are_one_line_and_none_at_the_next_start(
    pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    ingest = Ingest(pipeline.store, pipeline.settings, (), pipeline.clock)
    for number in range(30):
        ingest.take(pipeline.put(f"{number:02}.fit", a_file(NOON - (30 + number) * DAY, minutes=5)))
    said(pipeline, caplog)
    for _ in range(2):
        look_for_minutes(pipeline)
    (line,) = said(pipeline, caplog)
    assert line.startswith("30 files were known already, such as ")
    pipeline.start()
    look_for_minutes(pipeline)
    assert said(pipeline, caplog) == []


def test_a_date_that_is_set_after_the_copy_makes_no_second_line(
    pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    path = pipeline.put("ride.fit", a_file())
    pipeline.look()
    os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    look_for_minutes(pipeline)
    assert len(said(pipeline, caplog)) == 1


def test_a_file_that_is_read_once_more_to_be_sure_makes_no_second_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    now = datetime.now(UTC)
    pipeline = Pipeline(tmp_path, now=now)  # so that what is written now is too young to be trusted
    for name in ("ride.fit", "again.fit"):
        pipeline.put(name, a_file(now - timedelta(minutes=5)))
        look_for_minutes(pipeline)
    assert [line[:14] for line in said(pipeline, caplog)] == ["ride.fit: work", "again.fit: kno"]


def test_an_evening_ride_says_that_it_is_told_after_the_quiet_hours(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    evening = datetime(2026, 5, 6, 22, 42, tzinfo=UTC)
    pipeline = Pipeline(tmp_path, now=evening, notify__quiet_hours='"22:00-07:00"')
    pipeline.put("ride.fit", a_file(evening - timedelta(minutes=7), minutes=177, sport="cycling"))
    look_for_minutes(pipeline)
    (line,) = said(pipeline, caplog)
    assert line.endswith(", told at 07:00, after the quiet hours")
    assert pipeline.notifier.received == []


def test_what_is_told_now_needs_no_word_and_what_is_not_told_has_one(
    pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline.put("now.fit", a_file())
    pipeline.put("long ago.fit", a_file(NOON - 400 * DAY))
    look_for_minutes(pipeline)
    long_ago, now = sorted(said(pipeline, caplog))
    assert long_ago.endswith(", no message to send")
    assert "ready for hard training" not in long_ago
    assert "ready for hard training" in now
    assert "told" not in now
    assert "message" not in now


def test_a_moment_in_another_year_has_its_year(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    eve = datetime(2026, 12, 31, 15, 0, tzinfo=UTC)
    pipeline = Pipeline(tmp_path, now=eve)
    pipeline.put("ride.fit", a_file(eve - timedelta(minutes=5), minutes=120, sport="cycling"))
    look_for_minutes(pipeline)
    (line,) = said(pipeline, caplog)
    assert " Jan 2027)" in line


def test_the_whole_line_of_a_workout_is_in_the_users_language(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    evening = datetime(2026, 5, 6, 22, 42, tzinfo=UTC)
    pipeline = Pipeline(tmp_path, now=evening, notify__quiet_hours='"22:00-07:00"')
    pipeline.put("ride.fit", a_file(evening - timedelta(minutes=7), minutes=177, sport="cycling"))
    with speaking("nl"):
        look_for_minutes(pipeline)
    (line,) = said(pipeline, caplog)
    workout = pipeline.stored()[0]
    beginning = f"ride.fit: training, rit van 177 minuten, belasting {workout.load:.0f} (uit hartslag, klasse "
    assert line.startswith(beginning)
    assert re.fullmatch(
        r"[A-E]\), klaar voor een zware training vr \d\d:\d\d \(8 mei\),"
        r" bericht volgt om 07:00, na de stille uren",
        line.removeprefix(beginning),
    )


def test_the_times_of_the_log_follow_a_user_who_travels(pipeline: Pipeline, caplog: pytest.LogCaptureFixture) -> None:
    pipeline.clock.travel(ZoneInfo("America/New_York"))
    pipeline.put("ride.fit", a_file(minutes=100, bpm=172))
    look_for_minutes(pipeline)
    (line,) = said(pipeline, caplog)
    ((_, message),) = pipeline.notifier.received
    (promised,) = re.findall(r"hard again from (\w+ \d\d:\d\d)", message.body)
    assert f"ready for hard training {promised} (" in line


def test_what_is_no_workout_or_another_ones_copy_says_why(pipeline: Pipeline, caplog: pytest.LogCaptureFixture) -> None:
    pipeline.put("watch.fit", a_file(minutes=60))
    pipeline.look()
    pipeline.put("phone.fit", a_file(NOON + timedelta(seconds=3), minutes=60))
    look_for_minutes(pipeline)
    assert said(pipeline, caplog)[1:] == [
        "phone.fit: duplicate, the same workout as watch.fit, which holds as much or more"
    ]
