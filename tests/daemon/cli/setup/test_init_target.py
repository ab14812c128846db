"""One receiver is chosen at a terminal: by ntfy with a topic nobody guesses, this desktop, or an address."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import environment_in
from tests.support.terminal import Terminal

GIVEN = (
    *("--language", "en", "--folder", ".", "--experience", "trained", "--birth-year", "1986", "--mass-kg", "72"),
    *("--max-hr", "188", "--resting-hr", "48", "--ftp-w", "241", "--condition", "heart", "--quiet-hours", ""),
)
WHO, SERVER, ADDRESS = "Who shall get the messages?", "Which ntfy server?", "What is the address?"


def init(home: Path) -> Terminal:
    return Terminal("init", *GIVEN, environment=environment_in(home), folder=home)


def targets(terminal: Terminal, home: Path) -> list[dict[str, Any]]:
    """Agree to what would be written, and return the targets in the file."""
    terminal.answers("Write it?")
    assert terminal.ends() == 0, terminal.screen
    text = (home / ".config" / "hersteld" / "hersteld.toml").read_text()
    found: list[dict[str, Any]] = tomllib.loads(text)["notify"].get("targets", [])
    return found


def test_ntfy_comes_first_and_says_who_can_read_a_public_server(tmp_path: Path) -> None:
    with init(tmp_path) as terminal:
        terminal.answers(WHO)
        terminal.reads("whoever knows your topic can read the messages, and answer in your name")
        terminal.answers(SERVER, "https://ntfy.example.org/below")
        terminal.reads("That cannot be: it must be the address of an ntfy server without a path")
        terminal.reads("> ")
        terminal.types("ntfy.example.org")
        (phone,) = targets(terminal, tmp_path)
    assert re.fullmatch(r"ntfys://ntfy\.example\.org/hersteld-[a-z2-7]{24}", phone["url"])
    topic = phone["url"].rpartition("/")[2]
    assert f"subscribe to the topic {topic} on the server https://ntfy.example.org" in terminal.screen
    assert f"  https://ntfy.example.org/{topic}\n" in terminal.screen
    assert '  url = "***"\n' in terminal.screen


def test_the_public_server_is_taken_only_when_its_name_was_read(tmp_path: Path) -> None:
    with init(tmp_path) as terminal:
        terminal.answers(WHO)
        terminal.reads(SERVER)
        terminal.reads("[https://ntfy.sh] > ")
        terminal.types("")
        (phone,) = targets(terminal, tmp_path)
    assert phone["url"].startswith("ntfys://ntfy.sh/hersteld-")


def test_there_is_a_way_back_to_the_choice(tmp_path: Path) -> None:
    with init(tmp_path) as terminal:
        terminal.answers(WHO, "1")
        terminal.answers(SERVER, "<")
        terminal.answers(WHO, "3")
        terminal.answers(ADDRESS, "<")
        terminal.answers(WHO, "5")
        terminal.reads("That cannot be: choose a number from 1 to 4.")
        terminal.reads("> ")
        terminal.types("2")
        assert targets(terminal, tmp_path) == [{"name": "desktop", "url": "desktop://"}]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("nothing", "must be an Apprise address"),
        ("", "must be an Apprise address"),
        ("nosuchservice://s3cret", 'the address of "phone" is none that Apprise can use'),
    ],
)
def test_an_address_that_cannot_be_used_is_asked_again(address: str, sentence: str, tmp_path: Path) -> None:
    with init(tmp_path) as terminal:
        terminal.answers(WHO, "3")
        terminal.answers(ADDRESS, address)
        terminal.reads("That cannot be: ")
        terminal.reads(sentence)
        terminal.reads("> ")
        terminal.types("json://127.0.0.1:9/path")
        assert targets(terminal, tmp_path) == [{"name": "phone", "url": "json://127.0.0.1:9/path"}]


def test_nobody_is_an_answer(tmp_path: Path) -> None:
    with init(tmp_path) as terminal:
        terminal.answers(WHO, "4")
        assert targets(terminal, tmp_path) == []
