"""Whatever becomes of the watched folder itself: what arrives in the one that has its name now is taken in once."""

from pathlib import Path

import pytest

from tests.support.faults.folder_house import OFTEN_S, House, call


@pytest.mark.figures("the folder is missing", "{workouts} workouts: lost 0, repeated {repeated}")
def test_missing_at_the_start_deleted_and_made_again(house: House) -> None:
    with house.running() as daemon:
        assert f"{house.inbox}: this folder is not there; waiting for it" in daemon.stderr
        house.inbox.mkdir()
        house.put("first.fit")
        house.wait_until_told(daemon)
        call("rm", "-r", house.inbox)
        house.inbox.mkdir()
        house.put("second.fit")
        house.wait_until_told(daemon)
        call("rm", "-r", house.inbox)
        waiting = f"warning: {house.inbox}: this folder is not there; waiting for it"
        daemon.wait_for(lambda: daemon.stderr_lines.count(waiting) >= 2, "the folder to be missed")
        house.inbox.mkdir()
        (house.inbox / "deeper").mkdir()
        house.put("deeper/third.fit")
        house.assert_each_came_once(daemon)


@pytest.mark.figures("renamed away", "{workouts} workouts: lost 0, repeated {repeated}")
def test_renamed_away_and_another_put_in_its_place(house: House) -> None:
    house.inbox.mkdir()
    house.poll_s = OFTEN_S  # nothing tells of it from within the folder
    with house.running() as daemon:
        house.put("first.fit")
        house.wait_until_told(daemon)
        old = house.inbox.rename(house.home / "old")
        house.inbox.mkdir()
        house.put("second.fit")
        house.wait_until_told(daemon)
        # The old one is none of ours any more.
        (old / "late.fit").write_bytes(b"x" * 20)
        # And back again: what was known of it is not told anew.
        house.inbox.rename(house.home / "new")
        old.rename(house.inbox)
        house.put("third.fit")
        house.assert_each_came_once(daemon)


@pytest.mark.figures("the folder is a link", "{workouts} workouts: lost 0, repeated {repeated}")
def test_a_link_as_the_folder_is_followed_wherever_it_leads(house: House) -> None:
    one, other = house.home / "disk", house.home / "other disk"
    one.mkdir()
    other.mkdir()
    house.inbox.symlink_to(one)
    house.poll_s = OFTEN_S  # nothing tells when a link is turned
    with house.running() as daemon:
        house.put("first.fit")
        house.wait_until_told(daemon)
        turned = house.home / "turned"
        turned.symlink_to(other)
        turned.rename(house.inbox)
        house.put("second.fit")
        house.assert_each_came_once(daemon)


@pytest.mark.figures("the folder is a link", "{workouts} workouts: lost 0, repeated {repeated}")
def test_what_is_in_a_folder_that_is_a_link_is_reported_at_once(house: House) -> None:
    disk = house.home / "disk"
    (disk / "deeper").mkdir(parents=True)
    elsewhere = house.home / "elsewhere"
    elsewhere.mkdir()
    house.inbox.symlink_to(disk)
    (disk / "linked").symlink_to(elsewhere)
    with house.running() as daemon:
        for place in (".", "deeper", "linked"):
            house.put(f"{place}/workout {house.given}.fit")
            house.wait_until_told(daemon)
        house.assert_each_came_once(daemon)


@pytest.mark.figures("loops of links", "{workouts} workouts: lost 0, repeated {repeated}")
def test_loops_of_links_end_and_a_link_to_all_of_the_machine_is_not_followed(house: House) -> None:
    deep = house.inbox / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "up").symlink_to(house.inbox)
    (deep / "self").symlink_to(deep / "self")
    (house.inbox / "there").symlink_to(house.inbox / "back")
    (house.inbox / "back").symlink_to(house.inbox / "there")
    (house.inbox / "again").symlink_to(Path("a"))
    (house.inbox / "machine").symlink_to("/")
    (house.inbox / "home").symlink_to(house.home)
    (house.outside / "not ours.fit").write_bytes(b"no FIT, and not in the folder")
    house.put("a/b/first.fit")
    house.folders = (house.inbox, deep, house.inbox / "again")
    with house.running() as daemon:
        house.wait_until_told(daemon)
        house.put("a/b/second.fit")
        house.assert_each_came_once(daemon)
        assert house.rows("SELECT count(*) FROM files") == [(house.given,)]
