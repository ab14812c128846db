"""The real service sends a picture with the first message of a workout, with its buttons, and never at its cost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.home import Home
from tests.support.machine.process import wait_until
from tests.support.ntfy.server import NtfyServer
from tests.support.pictures.recording import SIGN
from tests.support.pipeline import a_file


@pytest.fixture
def ntfy() -> Iterator[NtfyServer]:
    with NtfyServer() as server:
        yield server


def home_of(folder: Path, ntfy: NtfyServer, more: str = "") -> Home:
    home = Home(folder / "home", ntfy.target("anna"))
    home.configure(experience="trained", max_hr=188)
    text = home.config.read_text(encoding="utf-8")
    home.config.write_text(f'{text}reply = "{ntfy.url}/answers"\n{more}', encoding="utf-8")
    return home


def lift_weights(home: Home, name: str = "weights.fit", *, minutes_ago: int = 2) -> None:
    """Train in a way that is asked about, until some minutes ago."""
    ended_at = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=minutes_ago)
    content = a_file(ended_at, minutes=50, bpm=None, sport="training", sub_sport="strength_training")
    (home.inbox / name).write_bytes(content)


def test_picture_and_buttons_arrive_together_and_nothing_that_draws_stays_in_the_service(
    tmp_path: Path, ntfy: NtfyServer
) -> None:
    home = home_of(tmp_path, ntfy)
    with home.daemon() as daemon:
        lift_weights(home)
        wait_until(lambda: bool(ntfy.of("anna")), "the message to arrive")
        daemon.wait_for_line("phone: sent (workout)")
        loaded = Path(f"/proc/{daemon.pid}/maps").read_text(encoding="utf-8")
        daemon.stop_cleanly()
    (first,) = ntfy.of("anna")
    assert (first.file or b"").startswith(SIGN)
    assert len(first.actions) == 3
    assert "How hard was it?" in first.body
    assert ntfy.addresses == ["/anna"]
    assert "resvg" not in loaded
    stored = b"".join(path.read_bytes() for path in home.folder.rglob("*") if path.is_file())
    assert SIGN not in stored, "no picture lies on the disk"


def test_a_server_without_attachments_gets_each_message_once_and_check_says_so(
    tmp_path: Path, ntfy: NtfyServer
) -> None:
    ntfy.takes_files = False
    home = home_of(tmp_path, ntfy)
    with home.daemon() as daemon:
        lift_weights(home, minutes_ago=300)
        daemon.wait_for_line("phone: takes no picture: the server answered 400")
        daemon.wait_for_line("phone: sent (workout)")
        daemon.stop_cleanly()
    with home.daemon() as daemon:
        lift_weights(home, "again.fit")
        daemon.wait_for_line("phone: sent (workout)")
        daemon.stop_cleanly()
    assert [one.file for one in ntfy.of("anna")] == [None, None]
    assert [len(one.actions) for one in ntfy.of("anna")] == [3, 3]
    assert len(ntfy.addresses) == 3, "tried once, and then for a day no more"
    assert "phone: gets no picture until" in home.call("check")
    ntfy.takes_files = True
    assert "phone: sent" in home.call("notify-test")
    assert "phone: first messages carry a picture" in home.call("check")


@pytest.mark.parametrize("more", ["picture = false\n", "[notify.texts]\n"])
def test_who_wants_none_gets_none(tmp_path: Path, ntfy: NtfyServer, more: str) -> None:
    home = home_of(tmp_path, ntfy, more)
    if "texts" in more:
        text = home.config.read_text(encoding="utf-8")
        home.config.write_text(text.replace("[notify]\n", "[notify]\npicture = false\n"), encoding="utf-8")
    with home.daemon() as daemon:
        lift_weights(home)
        wait_until(lambda: bool(ntfy.of("anna")), "the message to arrive")
        daemon.stop_cleanly()
    assert [one.file for one in ntfy.of("anna")] == [None]
