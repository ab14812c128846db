"""The installed program with other settings than yesterday: everything it says follows from those of today."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.home import Home
from tests.support.receivers import HttpReceiver

CAUTIOUS = {"experience": "recreational"}
ELITE = {"experience": "elite", "max_hr": 205}


@pytest.mark.parametrize(("before", "after"), [(CAUTIOUS, ELITE), (ELITE, CAUTIOUS)], ids=["looser", "stricter"])
def test_whoever_was_told_another_rest_is_corrected_once_and_status_and_plan_agree(
    tmp_path: Path, before: dict[str, object], after: dict[str, object]
) -> None:
    with HttpReceiver() as phone:
        home = Home(tmp_path / "home", phone.url)
        home.configure(**before)
        run = home.inbox / "run.fit"
        with home.daemon() as daemon:
            run.write_bytes(home.workout())
            daemon.wait_for(lambda: phone.received, "the first message")
            daemon.stop_cleanly()
        told = home.ask("status")["ready_at"]
        assert told == home.ask("plan", run)["assessment"]["ready_at"]
        home.configure(**after)
        with home.daemon() as daemon:
            daemon.wait_for(lambda: len(phone.received) == 2, "the correction")
            daemon.stop_cleanly()
        holds = home.ask("status")["ready_at"]
        assert holds != told
        assert holds == home.ask("plan", run)["assessment"]["ready_at"]
        assert "Your settings changed" in phone.received[1].body
        with home.daemon() as daemon:
            # It is looked at and known, so that whatever would be repeated came before it.
            (home.inbox / "again.fit").write_bytes(run.read_bytes())
            daemon.wait_for_line("again.fit: known already")
            daemon.stop_cleanly()
        assert len(phone.received) == 2


def test_what_was_imported_before_the_athlete_was_configured_follows_the_configuration(tmp_path: Path) -> None:
    """The order of the README's own first steps."""
    with HttpReceiver() as phone:
        home = Home(tmp_path / "home", phone.url)
        home.configure()
        file = home.folder / "run.fit"
        file.write_bytes(home.workout())
        home.call("import", file)
        as_beginner = home.ask("status")["ready_at"]
        home.configure(**ELITE)
        with home.daemon() as daemon:
            daemon.wait_for(lambda: home.ask("status")["ready_at"] != as_beginner, "the plan of the athlete of today")
            daemon.stop_cleanly()
        assert home.ask("status")["ready_at"] == home.ask("plan", file)["assessment"]["ready_at"]
        explained = home.ask("explain")
        assert {one["name"]: one["value"] for one in explained["athlete"]}["max_hr_bpm"] == 205
        assert phone.received == [], "nobody was told of it before"


def test_an_import_wakes_the_service_which_corrects_what_it_told(tmp_path: Path) -> None:
    with HttpReceiver() as phone:
        home = Home(tmp_path / "home", phone.url)
        home.configure(experience="trained", max_hr=190)
        with home.daemon() as daemon:
            (home.inbox / "run.fit").write_bytes(home.workout())
            daemon.wait_for(lambda: phone.received, "the first message")
            before = home.folder / "before.fit"
            before.write_bytes(home.workout(ended_ago=timedelta(hours=14), minutes=120, bpm=178))
            home.call("import", before)
            daemon.wait_for(lambda: len(phone.received) == 2, "the correction", patience_s=30)
            daemon.stop_cleanly()
        assert "Older workouts came in" in phone.received[1].body
