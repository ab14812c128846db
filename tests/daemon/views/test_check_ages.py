"""`check` names the file whose year of birth contradicts the configuration where a minor is concerned."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.views.check_ages import check_ages
from hersteld.daemon.views.status import how_things_stand
from hersteld.parsers.format.profile import fields
from tests.support.command_line import settings_in
from tests.support.fit.build import START, UINT8, file_id, fit, message, records, session
from tests.support.pipeline import NOON, Pipeline

DAY_S = 86_400


def a_run(birth_year: int | None, day: int) -> bytes:
    """Return a run of April 2026 by a watch that knows this year of birth."""
    begin = START + day * DAY_S
    user = () if birth_year is None else (message(fields.USER_PROFILE, (24, UINT8, birth_year - 1900)),)
    return fit(file_id(created=begin), *user, records((120,) * 1201, begin), session(begin, 1200, 1200))


def findings(tmp_path: Path, configured: str | None, *in_files: int | None) -> list[tuple[str, object, object]]:
    """Return what is found after a run a day by watches that know these years of birth."""
    pipeline = Pipeline(tmp_path)
    for day, birth_year in enumerate(in_files):
        pipeline.put(f"{day}.fit", a_run(birth_year, day))
    pipeline.look()
    settings = settings_in(tmp_path, **({} if configured is None else {"athlete__birth_year": configured}))
    return [
        (Path(str(one.line.values["file"])).name, one.line.values["configured"], one.line.values["in_file"])
        for one in check_ages(settings, pipeline.database)
    ]


@pytest.mark.parametrize(
    ("configured", "in_files", "found"),
    [
        ("1980", (2012,), [("0.fit", "1980", "2012")]),
        ("2012", (1980,), [("0.fit", "2012", "1980")]),
        ("1980", (2013, 2012, None), [("1.fit", "1980", "2012")]),
        ("1980", (2012, 1979), []),
        ("1980", (1990,), []),
        (None, (2012,), []),
    ],
)
def test_the_newest_file_that_knows_the_year_is_named(
    configured: str | None, in_files: tuple[int | None, ...], found: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    assert findings(tmp_path, configured, *in_files) == found


def test_without_a_database_nothing_contradicts(tmp_path: Path) -> None:
    assert list(check_ages(settings_in(tmp_path, athlete__birth_year="1980"), tmp_path / "none.db")) == []


@pytest.mark.parametrize(
    ("configured", "in_file", "years", "adult"),
    [
        ("1980", 2012, 0, False),
        (None, 2012, 0, False),
        ("2012", None, 0, False),
        (None, 2012, 5, True),
        ("1980", 1990, 0, True),
        (None, None, 0, True),
    ],
)
def test_status_protects_the_same_minors_as_the_messages(
    configured: str | None, in_file: int | None, years: int, *, adult: bool, tmp_path: Path
) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("run.fit", a_run(in_file, 0))
    pipeline.look()
    settings = settings_in(tmp_path, **({} if configured is None else {"athlete__birth_year": configured}))
    stand = how_things_stand(pipeline.database, settings, NOON + timedelta(days=366 * years))
    assert stand.adult is adult
