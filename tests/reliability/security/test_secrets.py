"""No secret of any address is ever seen: not in the log at its most verbose, nor anywhere else that the program writes.

One secret of its own stands in every place that has room for one, in each of the three places where addresses may
stand, before servers that accept, refuse, reset, send elsewhere, and answer with all they were told.
"""

import json
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.support.command_line import PATIENCE_S, environment_in
from tests.support.faults.hostile_server import HostileServer
from tests.support.machine.process import Program
from tests.support.measured.figures import Measured
from tests.support.pipeline import a_file
from tests.support.receivers import SmtpReceiver
from tests.support.secrets import Secrets

MANNERS = ("accept", "refuse", "reset", "redirect", "garbage", "echo")
COMMANDS = (
    *(["check"], ["check", "--json"], ["status"], ["status", "--json"], ["history"], ["history", "--json"]),
    *(["explain"], ["explain", "--json"], ["config", "show", "--all"], ["config", "show", "--json"]),
    *(["config", "schema"], ["notify-test"], ["backup", "copy.db"], ["import", "Workouts"]),
)
BREAKS = """\
import hersteld.daemon.service.main_loop, requests, os
URL = open(os.environ["TEST_URL"]).read()
def fails(*given, **more):
    raise RuntimeError(f"this was never foreseen: {URL} {given} {more}")
if os.environ["TEST_BREAK"] == "service":
    hersteld.daemon.service.main_loop.MainLoop.go = fails
else:
    requests.request = requests.get = requests.post = fails
"""
"""Python finds it at its start. It breaks the program, or what a plugin rests on, with an address in its words."""


class Household:
    """A home with addresses of every kind, and all that the program in it ever said."""

    def __init__(self, folder: Path, server: HostileServer, mailbox: SmtpReceiver | None) -> None:
        self.folder, self.server = folder, server
        self.secrets = Secrets()
        self.said: list[bytes] = []
        self.inbox = folder / "Workouts"
        self.inbox.mkdir()
        (folder / "urls").touch(mode=0o600)
        (folder / "urls").write_text("".join(f"file-{one}={self._web(one, 'file')}\n" for one in ("accept", "echo")))
        (folder / "credentials").mkdir(mode=0o700)
        (folder / "credentials" / "apprise").write_text(f"systemd={self._web('accept', 'credential')}\n")
        named = self._named(mailbox) if mailbox else {}
        config = folder / ".config" / "hersteld" / "hersteld.toml"
        config.parent.mkdir(parents=True)
        config.touch(mode=0o600)
        targets = "".join(f'[[notify.targets]]\nname = "{name}"\nurl = "{url}"\n' for name, url in named.items())
        ping = f'[health]\nping_url = "{self._web("echo", "ping").replace("json", "http", 1)}"\n'
        config.write_text(f'{ping}[notify]\nquiet_hours = ""\nurls_file = "{folder}/urls"\n{targets}', encoding="utf-8")
        self.targets = len(named) + 3

    def _named(self, mailbox: SmtpReceiver) -> dict[str, str]:
        mail = mailbox.url.partition("@")[2].replace("anna.de.vries", self.secrets.in_host("recipient"))
        user, password = self.secrets.in_address("mail-user"), self.secrets.in_address("mail-password")
        return {one: self._web(one, "toml") for one in MANNERS} | {
            "mail": f"mailto://{user}:{password}@{mail}",
            "lost": f"jsons://{self.secrets.in_host('host')}.invalid/x",
        }

    def _web(self, manner: str, where: str) -> str:
        user, password, path, query = (
            self.secrets.in_address(f"{place}-{manner}-{where}") for place in ("user", "password", "path", "query")
        )
        return f"json://{user}:{password}@127.0.0.1:{self.server.port}/{manner}/{path}?-token={query}&:arg={query}"

    def environment(self, **more: str) -> dict[str, str]:
        return {**environment_in(self.folder), "CREDENTIALS_DIRECTORY": str(self.folder / "credentials"), **more}

    def call(self, *words: str) -> None:
        """Run a command, and keep what it says."""
        command = [sys.executable, "-m", "hersteld", "--verbose", *words]
        done = subprocess.run(
            command, env=self.environment(), cwd=self.folder, capture_output=True, timeout=PATIENCE_S, check=False
        )
        assert done.returncode in (0, 1), done.stderr
        self.said += [done.stdout, done.stderr]

    def keep(self, daemon: Program) -> None:
        """Keep what the service said."""
        self.said += ["\n".join((*daemon.stdout_lines, *daemon.stderr_lines)).encode()]

    def stored(self) -> Iterator[bytes]:
        """Yield all that was written to disk, but for the files that were made for addresses."""
        for path in self.folder.rglob("*"):
            if path.is_file() and path.name not in {"urls", "apprise", "hersteld.toml", "url"}:
                yield path.read_bytes()
                yield os.fsencode(path)


@contextmanager
def household_in(folder: Path, *, is_large: bool) -> Iterator[Household]:
    with HostileServer() as server, SmtpReceiver() as mailbox:
        made = Household(folder, server, mailbox if is_large else None)
        (made.inbox / "run.fit").write_bytes(a_file(datetime.now(UTC) - timedelta(minutes=1)))
        yield made


@pytest.fixture
def household(tmp_path: Path) -> Iterator[Household]:
    with household_in(tmp_path, is_large=True) as made:
        yield made


@pytest.fixture
def small_household(tmp_path: Path) -> Iterator[Household]:
    with household_in(tmp_path, is_large=False) as made:
        yield made


def processes() -> Iterator[tuple[bytes, bytes]]:
    """Yield arguments and environment of every process of this machine, as far as they can be read."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                yield (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
            except OSError:
                continue  # it ended


@pytest.mark.figures(
    "a secret in every place of every address", "{targets} targets, {secrets} secrets, {commands} commands: {seen} seen"
)
def test_no_secret_is_seen_anywhere_whatever_the_servers_do(household: Household, measured: Measured) -> None:
    state = household.folder / "state"
    words = [sys.executable, "-m", "hersteld", "run", "--verbose"]
    with Program(words, environment=household.environment(), folder=household.folder) as daemon:
        tried = "(workout)"
        daemon.wait_for(
            lambda: sum(tried in line for line in daemon.stderr_lines) >= household.targets, "every target to be tried"
        )
        for arguments, environment in processes():
            assert household.secrets.found_in(arguments) == []
            assert household.secrets.found_in(environment) == []
        assert (state / "hersteld.db-wal").exists()
        assert household.secrets.found_in(b"".join(household.stored())) == []
        for command in COMMANDS:
            household.call(*command)
        daemon.stop()
        household.keep(daemon)
    seen = household.secrets.found_in(b"\n".join((*household.said, *household.stored())))
    assert seen == []
    # They were used: each server was told all of its own.
    told = set(household.secrets.found_in(b"\n".join(household.server.heard)))
    assert {f"{place}-{manner}-toml" for place in ("path", "query") for manner in MANNERS} <= told
    assert {"path-echo-file", "path-echo-ping", "query-echo-ping", "query-accept-credential"} <= told
    # And nobody else was.
    assert household.server.sent_on == []
    measured(targets=household.targets, secrets=len(household.secrets), commands=len(COMMANDS), seen=len(seen))


@pytest.mark.figures("the program, or a plugin, fails with an", "{tried} crashes: 0 seen")
@pytest.mark.parametrize("verbose", [True, False])
@pytest.mark.parametrize("what", ["service", "plugin"])
def test_no_secret_is_in_the_words_of_a_crash(what: str, verbose: bool, small_household: Household) -> None:
    household = small_household
    patch = household.folder / "patch"
    patch.mkdir()
    (patch / "sitecustomize.py").write_text(BREAKS)
    url = household.folder / "url"
    url.write_text((household.folder / "urls").read_text().splitlines()[0].partition("=")[2])
    more = {"PYTHONPATH": str(patch), "TEST_URL": str(url), "TEST_BREAK": what}
    words = [sys.executable, "-m", "hersteld", "run", *["--verbose"] * verbose]
    with Program(words, environment=household.environment(**more), folder=household.folder) as daemon:
        if what == "service":
            daemon.wait_for(lambda: not daemon.running, "the service to die")
        else:
            daemon.wait_for_line("file-accept: not delivered (workout)")
        daemon.stop()
        household.keep(daemon)
    said = b"\n".join(household.said)
    assert (b"this was never foreseen" in said) == (what == "service")
    assert household.secrets.found_in(said) == []
    assert household.secrets.found_in(b"".join(household.stored())) == []


def test_every_spelling_of_a_secret_is_found() -> None:
    """The search itself can fail: otherwise none of the above proves anything."""
    secrets = Secrets()
    word = secrets.word("door")
    for spelt in (word, quote(word), quote(word, safe="").lower(), json.dumps(word), repr(word)):
        assert secrets.found_in(f"x{spelt}y".encode()) == ["door"], spelt
    for before in ("", "a", "ab", "anna:"):
        assert secrets.found_in(b64encode(f"{before}{word}".encode())) == ["door"]
    assert secrets.found_in(b"Zq000kXw9RvT") == []
