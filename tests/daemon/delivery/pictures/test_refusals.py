"""Who refused a picture gets none for a day, also after a new start, and others can read of it."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.delivery.pictures.refusals import PictureRefusal, PictureRefusals
from hersteld.daemon.system.paths import files_of, pictures_file
from hersteld.parsers.line import Line

NOW = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
REASON = Line("delivery.server_answered", {"code": 400, "words": "not_understood"})


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "hersteld.db"


def test_it_lasts_a_day_and_outlives_the_process(database: Path) -> None:
    PictureRefusals(database).keep("phone", REASON, NOW)
    PictureRefusals(database).keep("mail", REASON, NOW + DAY / 2)
    later = PictureRefusals(database)
    assert later.of("phone", NOW + DAY / 2) == PictureRefusal(NOW + DAY, REASON)
    assert later.of("tablet", NOW) is None
    assert later.of("phone", NOW + DAY) is None
    assert list(later.all(NOW + DAY)) == ["mail"]
    assert stat.S_IMODE(pictures_file(database).stat().st_mode) == 0o600
    assert pictures_file(database) in files_of(database)


def test_whoever_sees_that_a_picture_is_taken_again_ends_it_for_the_service_too(database: Path) -> None:
    service = PictureRefusals(database)
    service.keep("phone", REASON, NOW)
    service.keep("mail", REASON, NOW)
    PictureRefusals(database).lift("phone")
    assert list(service.all(NOW)) == ["mail"]
    assert list(PictureRefusals(database).all(NOW)) == ["mail"]


def test_where_nothing_was_refused_no_file_is_made(database: Path) -> None:
    PictureRefusals(database).lift("phone")
    PictureRefusals(database.with_name("missing") / "hersteld.db").lift("phone")
    assert not pictures_file(database).exists()


def test_without_room_on_the_disk_the_process_itself_knows_it(database: Path) -> None:
    refusals = PictureRefusals(database.with_name("missing") / "hersteld.db")
    refusals.keep("phone", REASON, NOW)
    assert refusals.of("phone", NOW) is not None


@pytest.mark.parametrize("content", ["", "[]", "{", '{"phone": 1}', '{"phone": {"until": "x", "reason": null}}', "\0"])
def test_a_file_that_says_nothing_keeps_nobody_from_a_picture(database: Path, content: str) -> None:
    pictures_file(database).write_text(content)
    assert PictureRefusals(database).all(NOW) == {}


def test_what_a_wrong_clock_wrote_ends_when_the_clock_is_right(database: Path) -> None:
    PictureRefusals(database).keep("phone", REASON, NOW + 400 * DAY)
    assert PictureRefusals(database).of("phone", NOW) is None


def test_a_link_in_its_place_is_not_followed(database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine")
    pictures_file(database).symlink_to(other)
    PictureRefusals(database).keep("phone", REASON, NOW)
    assert other.read_text() == "mine"
    assert not pictures_file(database).is_symlink()
