"""One receiver is chosen at a terminal: by ntfy with a topic nobody guesses, this desktop, or an address."""

import io
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from hersteld.daemon.cli.setup.first_run.target import ask_target
from tests.support.command_line import environment_in
from tests.support.phone.camera import read_code
from tests.support.receivers import HttpReceiver, free_port
from tests.support.terminal import Terminal

GIVEN = (
    *("--language", "en", "--folder", ".", "--experience", "trained", "--birth-year", "1986", "--mass-kg", "72"),
    *("--max-hr", "188", "--resting-hr", "48", "--ftp-w", "241", "--condition", "heart", "--quiet-hours", ""),
)
WHO, SERVER, ADDRESS = "Who shall get the messages?", "Which ntfy server?", "What is the address?"
BUTTONS = "Shall messages that ask how hard it was have buttons"
TEST = "Send a test message now?"


def init(home: Path, **extra: str) -> Terminal:
    environment = {**environment_in(home), "PATH": str(home / "none"), "TERM": "xterm", **extra}
    return Terminal("init", *GIVEN, environment=environment, folder=home)


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
        terminal.answers(BUTTONS, "no")
        terminal.answers(TEST, "no")
        (phone,) = targets(terminal, tmp_path)
    assert re.fullmatch(r"ntfys://ntfy\.example\.org/hersteld-[a-z2-7]{24}", phone["url"])
    topic = phone["url"].rpartition("/")[2]
    assert f"subscribe to the topic {topic} on the server https://ntfy.example.org." in terminal.screen
    assert f"  https://ntfy.example.org/{topic}\n" in terminal.screen
    assert '  url = "***"\n' in terminal.screen


def test_the_public_server_is_taken_only_when_its_name_was_read(tmp_path: Path) -> None:
    with init(tmp_path) as terminal:
        terminal.answers(WHO)
        terminal.reads(SERVER)
        terminal.reads("[https://ntfy.sh] > ")
        terminal.types("")
        terminal.answers(BUTTONS)
        terminal.answers(TEST, "no")
        (phone,) = targets(terminal, tmp_path)
    assert phone["url"].startswith("ntfys://ntfy.sh/hersteld-")
    assert phone["reply"].startswith("https://ntfy.sh/hersteld-")


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
        terminal.answers(TEST, "no")
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
        terminal.answers(TEST, "no")
        assert targets(terminal, tmp_path) == [{"name": "phone", "url": "json://127.0.0.1:9/path"}]


def test_buttons_answer_on_a_second_topic_which_is_shown_to_nobody(tmp_path: Path) -> None:
    with init(tmp_path) as terminal:
        terminal.answers(WHO)
        terminal.answers(SERVER, "https://ntfy.example.org")
        terminal.answers(BUTTONS)
        terminal.answers(TEST, "no")
        (phone,) = targets(terminal, tmp_path)
    assert re.fullmatch(r"https://ntfy\.example\.org/hersteld-[a-z2-7]{24}", phone["reply"])
    answers = phone["reply"].rpartition("/")[2]
    assert answers != phone["url"].rpartition("/")[2]
    assert answers not in terminal.screen


def test_on_a_server_with_users_it_is_said_where_buttons_are_set_up(tmp_path: Path) -> None:
    with init(tmp_path) as terminal:
        terminal.answers(WHO)
        terminal.answers(SERVER, "https://anna:s3cret@ntfy.example.org")
        terminal.reads("Answers by one tap need a second topic with rights of its own")
        terminal.answers(TEST, "no")
        (phone,) = targets(terminal, tmp_path)
    assert BUTTONS not in terminal.screen
    assert set(phone) == {"name", "url"}


@pytest.mark.parametrize("keys", ["4", "-"])
def test_nobody_is_an_answer(keys: str, tmp_path: Path) -> None:
    with init(tmp_path) as terminal:
        terminal.answers(WHO, keys)
        assert targets(terminal, tmp_path) == []


# --- the code, and a test message


def code_in(terminal: Terminal) -> list[str]:
    """Return the lines of the code, colours included."""
    lines = terminal.raw.decode().replace("\r\n", "\n").splitlines()
    return [line.removeprefix("  ") for line in lines if "\x1b[107m" in line]


@pytest.mark.parametrize("locale", ["C.UTF-8", "C", "nl_NL.ISO-8859-1"])
def test_a_phone_reads_the_topic_from_the_terminal(locale: str, tmp_path: Path) -> None:
    with init(tmp_path, LC_ALL=locale) as terminal:
        terminal.answers(WHO)
        terminal.answers(SERVER, "https://ntfy.example.org")
        terminal.answers(BUTTONS)
        terminal.answers(TEST, "no")
        (phone,) = targets(terminal, tmp_path)
    address = phone["url"].replace("ntfys://", "https://")
    assert read_code(code_in(terminal), tmp_path) == address
    assert ("This terminal does not show UTF-8, so the code is drawn larger." in terminal.screen) == (
        locale != "C.UTF-8"
    )


def test_on_a_terminal_too_narrow_for_a_code_the_topic_is_told(tmp_path: Path) -> None:
    with init(tmp_path, COLUMNS="30") as terminal:
        terminal.answers(WHO)
        terminal.answers(SERVER, "https://ntfy.example.org")
        terminal.answers("Shall messages", "no")
        terminal.reads("This terminal is too narrow\nfor a code. In the app ntfy,\nsubscribe to the topic\nhersteld-")
        terminal.answers(TEST, "no")
        targets(terminal, tmp_path)
    assert code_in(terminal) == []


def test_whoever_wants_no_colours_gets_none(tmp_path: Path) -> None:
    with init(tmp_path, NO_COLOR="1") as terminal:
        terminal.answers(WHO)
        terminal.answers(SERVER, "https://ntfy.example.org")
        terminal.answers(BUTTONS, "no")
        terminal.answers(TEST, "no")
        targets(terminal, tmp_path)
    assert b"\x1b" not in terminal.raw


def test_a_test_message_arrives_at_an_ntfy_server_before_anything_is_written(tmp_path: Path) -> None:
    with HttpReceiver() as receiver, init(tmp_path) as terminal:
        terminal.answers(WHO)
        terminal.answers(SERVER, f"http://127.0.0.1:{receiver.port}")
        terminal.answers(BUTTONS)
        terminal.answers(TEST)
        terminal.reads("phone: sent; look whether it is there.")
        assert [message.title for message in receiver.received] == ["hersteld: test"]
        assert not (tmp_path / ".config").exists()
        (phone,) = targets(terminal, tmp_path)
    assert phone["url"].startswith(f"ntfy://127.0.0.1:{receiver.port}/hersteld-")


def test_where_the_test_does_not_arrive_another_receiver_may_be_chosen(tmp_path: Path) -> None:
    with init(tmp_path) as terminal:
        terminal.answers(WHO)
        terminal.answers(SERVER, f"http://127.0.0.1:{free_port()}")
        terminal.answers(BUTTONS)
        terminal.answers(TEST)
        terminal.reads("phone: not delivered: the server refused the connection.")
        terminal.answers("Take it nevertheless?")
        terminal.answers(WHO, "4")
        assert targets(terminal, tmp_path) == []


def test_who_takes_it_nevertheless_has_it(tmp_path: Path) -> None:
    with init(tmp_path) as terminal:
        terminal.answers(WHO, "3")
        terminal.answers(ADDRESS, f"json://127.0.0.1:{free_port()}/path")
        terminal.answers(TEST)
        terminal.answers("Take it nevertheless?", "yes")
        assert len(targets(terminal, tmp_path)) == 1


def test_a_topic_of_the_command_line_is_shown_at_a_terminal(tmp_path: Path) -> None:
    environment = {**environment_in(tmp_path), "PATH": str(tmp_path / "none"), "TERM": "xterm"}
    words = ("init", *GIVEN, "--ntfy", "https://ntfy.example.org")
    with Terminal(*words, environment=environment, folder=tmp_path) as terminal:
        (phone,) = targets(terminal, tmp_path)
    assert read_code(code_in(terminal), tmp_path) == phone["url"].replace("ntfys://", "https://")


# --- in this process, where each way of an answer is seen


@pytest.mark.parametrize(
    ("lines", "url"),
    [
        (["1", "not a server", "ntfy.example.org", "yes", "no"], "ntfys://ntfy.example.org/hersteld-"),
        (
            ["1", "ntfy.example.org", "<", "1", "https://anna:pass@ntfy.example.org", "no"],
            "ntfys://anna:pass@ntfy.exam",
        ),
        (["1", "<", "2", "n"], "desktop://"),
        (["3", "nothing", "nosuchservice://x", "json://127.0.0.1:9/x", "n"], "json://127.0.0.1:9/x"),
        (["3", "json://127.0.0.1:9/x", "y", "n", "4"], None),
        (["3", "json://127.0.0.1:9/x", "y", "y"], "json://127.0.0.1:9/x"),
    ],
)
def test_each_way_leads_to_a_receiver_or_to_none(
    lines: list[str], url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    target = ask_target(("phone",))
    if url is None:
        assert target is None
        return
    assert target is not None
    assert target.url.get_secret_value().startswith(url)
    assert target.name == ("desktop" if url == "desktop://" else "phone-2")
