"""What a file is called, and what it says of itself, steers no terminal and stands in no message."""

import json
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import policy
from email.parser import BytesParser
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.delivery.notifiers import AppriseNotifier, Message
from hersteld.daemon.system.logs import LineFormatter, Redactor
from hersteld.parsers.writing.encode import Recorded, encode_activity
from tests.support.command_line import call, take_in
from tests.support.measured.figures import Measured
from tests.support.pipeline import NOON, Pipeline
from tests.support.receivers import HttpReceiver, SmtpReceiver

MARKUP = "<img src=x onerror=a()>@everyone[x](http:evil)`*_&amp;"
STEERING = "\x1b]0;owned\x07\x1b[2J\x9b31m\r\n<3>forged\u202egnp\u2066\u200f\u2028"
HOSTILE = MARKUP + STEERING
ENTRY = f"entry{HOSTILE}.fit"
_STEERS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def a_hostile_file(ended_at: datetime = NOON) -> bytes:
    """Return a workout whose device is called so."""
    recorded = Recorded(heart_rate_bpm=[170.0] * 3600)
    return encode_activity(ended_at - timedelta(hours=1), "running", recorded, device=HOSTILE)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that took in a workout, and a file that is none, from names that mean harm."""
    archive = BytesIO()
    with ZipFile(archive, "w") as packed:
        packed.writestr(ENTRY, a_hostile_file(NOON - timedelta(days=1)))
        packed.writestr(f"2{ENTRY}", b"no fit at all")
    files = (
        (f"{HOSTILE}.fit", a_hostile_file()),
        (f"{HOSTILE}2.fit", b"no fit at all"),
        ("export.zip", archive.getvalue()),
    )
    take_in(tmp_path, ((name.replace("/", "_"), content) for name, content in files), now=datetime.now(UTC))
    return tmp_path


def said_by(home: Path) -> Iterator[tuple[str, Result]]:
    hostile = home / "inbox"
    for words in (["status"], ["history"], ["explain"], ["plan", *map(str, hostile.iterdir())], ["check"]):
        for more in ([], ["--json"]):
            folders = ["--set", f"watch.folders={json.dumps([str(hostile / HOSTILE)])}"]
            yield " ".join([words[0], *more]), call(*words, *more, *folders, home=home)


@pytest.mark.figures("names of files, entries and devices", "{calls} calls of commands, plain and as JSON")
def test_no_name_steers_the_terminal_in_any_command(home: Path, measured: Measured) -> None:
    harmless, calls = [], 0
    for name, result in said_by(home):
        assert result.exit_code in (0, 1, 65), (name, result.output)
        assert _STEERS.findall(result.output) == [], name
        assert "\n<3>" not in result.output
        calls += 1
        if "forged" in result.output:
            harmless.append(name)
        assert "entry" in result.output or not name.startswith("plan"), "what an archive holds is looked at, too"
    assert {"status", "status --json", "plan", "plan --json", "check", "check --json"} <= set(harmless)
    measured(calls=calls)


def test_json_keeps_the_name_as_it_is(home: Path) -> None:
    """Spelt out for the terminal, a name is the same for the script that reads it."""
    (rejected,) = json.loads(call("status", "--json", home=home).stdout)["rejected"]
    assert rejected["path"] == str(home / "inbox" / f"{HOSTILE}2.fit")


def test_no_name_steers_or_forges_a_line_of_the_log() -> None:
    for journal in (True, False):
        formatter = LineFormatter(Redactor(), journal=journal)
        record = logging.makeLogRecord({"msg": "%s: read", "args": (HOSTILE,), "levelno": logging.INFO})
        line = formatter.format(record)
        assert _STEERS.findall(line) == []
        assert "\n" not in line


def test_nothing_that_a_file_says_of_itself_stands_in_a_message(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put(f"{HOSTILE}.fit", a_hostile_file())
    pipeline.put("letter<img>.fit", b"no fit at all")
    pipeline.look()
    pipeline.pass_time(hours=40)
    received = [f"{message.title}\n{message.body}" for _, message in pipeline.notifier.received]
    assert len(received) >= 2
    for said in received:
        assert not re.search(r"img|everyone|evil|forged|hostile|\.fit", said)
        assert not re.search(r"[<>@`*_\[\]]", said)
        assert _STEERS.findall(said) == []


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.found.add(tag)


def test_markup_in_a_message_of_your_own_words_is_text_to_a_service_that_shows_html() -> None:
    with SmtpReceiver() as mailbox:
        mail = AppriseNotifier([Target("mail", SecretStr(f"{mailbox.url}&format=html"))])
        assert mail.send("mail", Message(MARKUP, MARKUP, "t")).ok
        (received,) = mailbox.mails
    parsed = BytesParser(policy=policy.default).parsebytes(received.as_bytes())
    page = parsed.get_body(("html",))
    assert page is not None
    tags = _Tags()
    tags.feed(str(page.get_content()))
    assert tags.found <= {"html", "head", "body", "br", "p", "h1", "b", "pre", "div", "title", "meta"}
    assert "img" not in tags.found


def test_a_service_that_shows_text_gets_it_letter_by_letter() -> None:
    with HttpReceiver() as receiver:
        phone = AppriseNotifier([Target("phone", SecretStr(receiver.url))])
        assert phone.send("phone", Message("t", MARKUP, "t")).ok
        (received,) = receiver.received
    assert received.body == MARKUP
