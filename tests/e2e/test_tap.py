"""The real service, a real server of ntfy, and a phone whose owner taps: what is asked, heard, said and kept secret."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.e2e.test_small import children, resident_mib
from tests.support.home import Home
from tests.support.machine.desktop import private_desktop
from tests.support.machine.process import Program, wait_until
from tests.support.ntfy.certificates import authority_and_server
from tests.support.ntfy.server import NtfyServer, Published
from tests.support.ntfy.tapping import tap
from tests.support.pipeline import a_file
from tests.support.receivers import HttpReceiver
from tests.support.terminal import Terminal

TOPIC, READER = "w8woord-9f31c2-antwoorden", "tk_g3heim77aa41ee90"
MOST_MIB = 120
_SOON_IDLE = (
    "from hersteld.daemon.reading import reader; reader.IDLE_S = 1.0;"
    " from hersteld.daemon.delivery.call_process import CallProcess as Call;"
    " Call.__init__.__kwdefaults__['idle_s'] = 1.0;"
    " from hersteld.daemon.cli.main import main; main()"
)
"""The service as it is, but for how long a process waits for more to do."""
_QUICKLY = (
    "from hersteld.daemon.replies.listening import pace; pace.Pace.__init__.__defaults__ = (5.0, 0.2, 0.5, 0.5);"
    f" {_SOON_IDLE}"
)
"""Likewise, and but for how soon it tries again to read a topic."""


class Tapper(Home):
    """Somebody who runs without a heart rate, and has a phone with ntfy."""

    def __init__(self, folder: Path, ntfy: NtfyServer) -> None:
        super().__init__(folder, ntfy.target("anna"))
        self.ntfy = ntfy
        self.configure(experience="trained")
        text = self.config.read_text(encoding="utf-8")
        text = text.replace('quiet_hours = ""\n', 'quiet_hours = ""\nweekly = false\nsilence = false\n')
        self.config.write_text(f'{text}reply = "{ntfy.url}/{TOPIC}"\nreply_token = "{READER}"\n', encoding="utf-8")

    @contextmanager
    def running(self) -> Iterator[Program]:
        with Program(
            [sys.executable, "-c", _QUICKLY, *self.words], environment=self.environment, folder=self.folder
        ) as daemon:
            daemon.wait_for(lambda: "ready; messages" in daemon.stderr, "it to be ready")
            yield daemon
            daemon.stop_cleanly()

    def train(self, name: str = "run.fit", *, minutes: int = 90, ended_ago: timedelta = timedelta(minutes=2)) -> None:
        ended_at = datetime.now(UTC).replace(microsecond=0) - ended_ago
        (self.inbox / name).write_bytes(a_file(ended_at, minutes=minutes, bpm=None))

    def told(self, part: str) -> Published:
        """Wait until a message to the phone says this."""
        wait_until(lambda: any(part in one.body for one in self.ntfy.of("anna")), f'"{part}" to be told')
        return next(one for one in self.ntfy.of("anna") if part in one.body)

    def load(self) -> float:
        return float(self.ask("explain")["load"]["value"])

    def waiting(self) -> list[object]:
        return [(one["rule"], one["due_at"]) for one in self.ask("status")["due"]]

    def stored(self) -> bytes:
        """All that is on disk but the configuration."""
        return b"".join(
            path.read_bytes() for path in self.folder.rglob("*") if path.is_file() and path.suffix != ".toml"
        )


@pytest.fixture
def ntfy() -> Iterator[NtfyServer]:
    with NtfyServer(readers={TOPIC: READER}) as server:
        yield server


@pytest.fixture
def tapper(tmp_path: Path, ntfy: NtfyServer) -> Tapper:
    return Tapper(tmp_path / "home", ntfy)


def test_a_tap_changes_what_explain_says_and_what_waits_and_what_holds_is_told(
    tapper: Tapper, ntfy: NtfyServer
) -> None:
    with tapper.running() as daemon:
        tapper.train()
        question = tapper.told("How hard was it?")
        before, waited = tapper.load(), tapper.waiting()
        tap(question, "very hard 8")
        tapper.told("is 8 of 10, and that changes your rest")
        assert tapper.load() > before
        assert tapper.waiting() != waited
        assert f"Load without this: {before:.0f}; with it: {tapper.load():.0f}." in tapper.call("explain")
        assert [one["source"] for one in tapper.ask("explain")["answered"]["answers"]] == ["ntfy"]
        # Another thought: easy after all. It takes the place of the first answer.
        tap(question, "easy 3")
        wait_until(lambda: tapper.load() < before, "the second tap to count")
        daemon.wait_for_line("rated 3 of 10, by a tap")
    assert len([one for one in ntfy.of("anna") if one.actions]) == 1, "asked once"


def test_a_tap_on_a_test_message_rates_nothing_and_check_says_that_it_was_heard(tapper: Tapper) -> None:
    assert "phone: without buttons yet" in tapper.call("notify-test")
    with tapper.running() as daemon:
        tapper.train()
        question = tapper.told("How hard was it?")
        load = tapper.load()
        assert "phone: tap one of its buttons" in tapper.call("notify-test")
        trial = tapper.told("The buttons of this test change nothing")
        assert "the last tap" not in tapper.call("check")
        tap(trial, "very hard 8")
        daemon.wait_for_line("a tap on a test message was heard; it changes nothing")
        wait_until(lambda: "the last tap on a message was heard at" in tapper.call("check"), "check to say so")
        assert tapper.load() == load
        tap(question, "very hard 8")
        daemon.wait_for_line("rated 8 of 10, by a tap")


def test_a_press_on_the_bubble_of_a_test_is_heard_by_the_command_that_waits_for_it(tmp_path: Path) -> None:
    with private_desktop(tmp_path / "desktop") as desktop:
        home = Home(tmp_path / "home", "desktop://")
        home.configure()
        environment = {**home.environment, **desktop.environment}
        words = ("notify-test", "--config", str(home.config))
        with Terminal(*words, environment=environment, folder=home.folder) as terminal:
            terminal.reads("press one of its buttons within 30 s")
            assert desktop.press("hard 6")
            terminal.reads("the press was heard; it changes nothing.")
            assert terminal.ends() == 0
        assert not home.database.exists()


def test_what_strangers_send_changes_nothing_and_slows_nothing_down(tapper: Tapper, ntfy: NtfyServer) -> None:
    with tapper.running() as daemon:
        tapper.train(ended_ago=timedelta(hours=3))
        question = tapper.told("How hard was it?")
        before = tapper.load()
        genuine = question.actions[0]["body"]
        for number in range(10_000):
            ntfy.publish(TOPIC, (f"{number:034d}", genuine[:-2] + "AA", "x" * 4096, "8")[number % 4])
        tapper.train("second.fit", minutes=40)
        wait_until(lambda: len(ntfy.of("anna")) >= 2, "the next workout to be told")
        assert tapper.ask("explain", "1")["load"]["value"] == before
        tap(question, "very hard 8")
        daemon.wait_for_line("rated 8 of 10, by a tap")
        for _ in range(100):
            ntfy.publish(TOPIC, question.actions[2]["body"])
        tap(question, "hard 6")
        daemon.wait_for_line("rated 6 of 10, by a tap")
    assert len(re.findall(r"by a tap$", daemon.stderr, re.MULTILINE)) == 2


def test_with_the_server_of_answers_down_nothing_else_is_delayed_and_what_was_tapped_meanwhile_counts(
    tmp_path: Path,
) -> None:
    with NtfyServer() as phone, NtfyServer(readers={TOPIC: READER}) as answers:
        tapper = Tapper(tmp_path / "home", phone)
        text = tapper.config.read_text(encoding="utf-8")
        tapper.config.write_text(text.replace(phone.url, answers.url), encoding="utf-8")
        answers.down()
        with tapper.running() as daemon:
            tapper.train(ended_ago=timedelta(hours=3))
            question = tapper.told("How hard was it?")
            daemon.wait_for_line("answers by a tap are not heard for now")
            assert tapper.ask("status")["due"]
            answers.up()
            daemon.wait_for_line("answers by a tap are heard")
        tap(question, "very hard 8")  # while the service is not there
        with tapper.running() as daemon:
            daemon.wait_for_line("rated 8 of 10, by a tap")
        with tapper.running():  # the server still has that message, and it counts no second time
            tapper.call("rpe", "--undo")
            tapper.train("later.fit", minutes=30)
            wait_until(lambda: len(phone.of("anna")) >= 2, "something later to be told")
            assert tapper.ask("explain", "1")["load"]["rung"] == "duration"


def test_nothing_secret_is_seen_stored_or_in_a_list_of_processes(tapper: Tapper, ntfy: NtfyServer) -> None:
    said = ""
    with tapper.running() as daemon:
        tapper.train()
        question = tapper.told("How hard was it?")
        tap(question, "very hard 8")
        daemon.wait_for_line("rated 8 of 10, by a tap")
        processes = {str(daemon.pid), *children(daemon.pid)}
        said += "".join(Path(f"/proc/{one}/cmdline").read_text(errors="replace") for one in processes)
        said += "".join(tapper.call(*words) for words in (["status"], ["explain"], ["history"], ["config", "show"]))
        ntfy.readers[TOPIC] = "tk_another"
        ntfy.cut()
        daemon.wait_for_line("not heard for now")
    said += daemon.stderr + "".join(daemon.stdout_lines)
    secrets = [TOPIC, READER, *(action["body"] for action in question.actions)]
    assert [secret for secret in secrets if secret in said] == []
    assert [secret for secret in secrets if secret.encode() in tapper.stored()] == []
    assert READER not in str(question.actions)


def test_an_authority_of_ones_own_vouches_for_both_ways(tmp_path: Path) -> None:
    authority, certificate = authority_and_server(tmp_path)
    with NtfyServer(certificate=certificate, readers={TOPIC: READER}) as ntfy:
        tapper = Tapper(tmp_path / "home", ntfy)
        tapper.environment["REQUESTS_CA_BUNDLE"] = str(authority)
        with tapper.running() as daemon:
            tapper.train()
            tap(tapper.told("How hard was it?"), "hard 6", authority=authority)
            daemon.wait_for_line("rated 6 of 10, by a tap")


def test_with_the_listener_it_stays_small(tapper: Tapper) -> None:
    with tapper.running() as daemon:
        tapper.train()
        tap(tapper.told("How hard was it?"), "hard 6")
        daemon.wait_for_line("rated 6 of 10, by a tap")
        daemon.wait_for(lambda: len(children(daemon.pid)) == 1, "only the listener to be left")
        (listener,) = children(daemon.pid)
        assert resident_mib(daemon.pid) + resident_mib(int(listener)) <= MOST_MIB


def test_without_a_topic_there_is_no_listener_and_the_message_names_the_command(tmp_path: Path) -> None:
    with HttpReceiver() as phone:
        home = Home(tmp_path / "home", phone.url)
        home.configure(experience="trained")
        words = [sys.executable, "-c", _SOON_IDLE, *home.words]
        with Program(words, environment=home.environment, folder=home.folder) as daemon:
            daemon.wait_for(lambda: "ready; messages" in daemon.stderr, "it to be ready")
            ended_at = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=2)
            (home.inbox / "run.fit").write_bytes(a_file(ended_at, minutes=60, bpm=None))
            wait_until(lambda: phone.received, "the run to be told")
            assert "How hard was it, 1 to 10? Tell me with: hersteld rpe 8" in phone.received[0].body
            daemon.wait_for(lambda: not children(daemon.pid), "no process to be left")
            daemon.stop_cleanly()
        assert not any(name.endswith(".reply-key") for name in map(str, home.database.parent.iterdir()))


def test_a_button_of_the_bubble_is_an_answer_too_also_after_the_session_began_anew(tmp_path: Path) -> None:
    with private_desktop(tmp_path / "desktop") as desktop:
        home = Home(tmp_path / "home", "desktop://")
        home.configure(experience="trained")

        def has_asked(times: int) -> bool:
            return sum("How hard was it?" in bubble.body for bubble in desktop.arrived()) == times

        def has_load(load: int) -> bool:
            return bool(round(home.ask("explain")["load"]["value"]) == load)

        words = [sys.executable, "-m", "hersteld", *home.words]
        with Program(words, environment={**home.environment, **desktop.environment}, folder=home.folder) as daemon:
            daemon.wait_for(lambda: "ready; messages" in daemon.stderr, "it to be ready")
            for number, (label, load) in enumerate((("very hard 8", 150), ("easy 3", 60)), start=1):
                ended_at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=12 - 4 * number)
                (home.inbox / f"{number}.fit").write_bytes(a_file(ended_at, minutes=90, bpm=None))
                daemon.wait_for(partial(has_asked, number), "the bubble")
                desktop.press(label)
                daemon.wait_for(partial(has_load, load), "the answer to count")
                assert [one["source"] for one in home.ask("explain")["answered"]["answers"]] == ["desktop"]
                if number == 1:
                    desktop.stop()
                    desktop.start()
            daemon.stop_cleanly()
