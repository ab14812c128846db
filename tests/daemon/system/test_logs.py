"""The log is plain, its lines cannot be forged, and no secret is ever in it."""

import errno
import io
import json
import logging
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.delivery.notifiers import AppriseNotifier, Message
from hersteld.daemon.system.logs import (
    Redactor,
    disarmed_json,
    keep_secret,
    secrets_of,
    set_up_logging,
    without_secrets,
)
from tests.support.languages import speaking
from tests.support.receivers import SECRETS, HttpReceiver, SmtpReceiver, free_port
from tests.support.sentences import sentence

log = logging.getLogger("hersteld.daemon.test")


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers, hooks = root.level, list(root.handlers), (sys.excepthook, threading.excepthook)
    raises = logging.raiseExceptions
    yield
    logging.raiseExceptions = raises
    root.setLevel(level)
    root.handlers[:] = handlers
    sys.excepthook, threading.excepthook = hooks
    logging.captureWarnings(False)


def logging_to_text(*secrets: str, verbose: bool = True) -> io.StringIO:
    stream = io.StringIO()
    set_up_logging(verbose=verbose, secrets=secrets, environment={}, stream=stream)
    return stream


def test_lines_are_plain_and_a_warning_says_that_it_is_one() -> None:
    stream = logging_to_text(verbose=False)
    log.info("%s: %d records", "run.fit", 17)
    log.warning("no clock")
    log.debug("not asked for")
    assert stream.getvalue() == "run.fit: 17 records\nwarning: no clock\n"


def test_the_word_before_a_line_is_in_the_users_language() -> None:
    stream = logging_to_text()
    with speaking("nl"):
        for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL):
            log.log(level, "tja")
    assert stream.getvalue().splitlines() == [
        "debug: tja",
        "tja",
        "waarschuwing: tja",
        "fout: tja",
        "ernstige fout: tja",
    ]


def test_a_command_without_a_log_of_its_own_keeps_its_secrets_too(monkeypatch: pytest.MonkeyPatch) -> None:
    last_resort = logging.Handler()
    monkeypatch.setattr(logging, "lastResort", last_resort)
    assert without_secrets("geheim-pad") == "geheim-pad"
    keep_secret(["geheim-pad"])
    assert without_secrets("to geheim-pad") == "to ***"
    monkeypatch.setattr(logging, "lastResort", None)
    keep_secret(["geheim-pad"])
    assert without_secrets("geheim-pad") == "geheim-pad"


def test_a_line_of_json_means_the_same_and_steers_no_terminal() -> None:
    line = json.dumps({"name": "a\x9b31m\u2028.fit"}, ensure_ascii=False)
    assert disarmed_json(line).isascii()
    assert json.loads(disarmed_json(line)) == json.loads(line)


def test_setting_up_again_does_not_double_the_lines() -> None:
    logging_to_text()
    stream = logging_to_text()
    log.info("once")
    assert stream.getvalue() == "once\n"


def test_under_journald_each_line_begins_with_its_priority(tmp_path: Path) -> None:
    with (tmp_path / "journal").open("w+", encoding="utf-8") as journal:
        status = os.fstat(journal.fileno())
        environment = {"JOURNAL_STREAM": f"{status.st_dev}:{status.st_ino}"}
        set_up_logging(verbose=True, secrets=(), environment=environment, stream=journal)
        for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL):
            log.log(level, "één\ntwee")
        journal.seek(0)
        assert journal.read().splitlines() == [f"<{n}>{line}" for n in (7, 6, 4, 3, 2) for line in ("één", "  twee")]


def test_a_journal_that_is_not_ours_gets_no_priorities(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w+", encoding="utf-8") as file:
        set_up_logging(verbose=False, secrets=(), environment={"JOURNAL_STREAM": "9:1234567"}, stream=file)
        log.info("plain")
        file.seek(0)
        assert file.read() == "plain\n"


def test_a_file_name_cannot_forge_a_line_or_colour_the_terminal() -> None:
    stream = logging_to_text()
    log.info("%s: ignored", Path("a\nhersteld: all is well\x1b[31m\r.fit"))
    log.info("%(name)s", {"name": "b\u2028c"})
    log.info("made by hand: " + "d\nwarning: e")
    assert stream.getvalue().splitlines() == [
        "a\\nhersteld: all is well\\x1b[31m\\r.fit: ignored",
        "b\\u2028c",
        "made by hand: d",
        "  warning: e",
    ]


@pytest.mark.parametrize(
    ("url", "secrets"),
    [
        ("ntfys://anna:pw@ntfy.example.org/anna-recovery", ["anna:pw", "pw", "ntfy.example.org", "anna-recovery"]),
        ("tgram://123456789:abcdefg_hijk/12315544", ["123456789", "abcdefg_hijk", "12315544"]),
        (
            "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
            ["T1JJ3T3L2", "A1BRTD4JD", "TIiajkdnlazkcOXrIdevi7FQ"],
        ),
        (
            "mailto://u%40x:p%3Ass@mail.example.org?to=bob@example.org",
            ["u%40x:p%3Ass", "p:ss", "p%3Ass", "bob@example.org"],
        ),
        ("json://h/?-token=tok-77aa41", ["tok-77aa41", "TOK-77AA41"]),
        ("pover://user[key@]broken", ["user[key@]broken"]),
        ("pover://uQiRzpo4DXghDmr9QzzfQu27cmVRsG@azGDORePK8gMaC0QOYAMyEEuzJnyUi", ["uQiRzpo4DXghDmr9QzzfQu27cmVRsG"]),
        ("ntfy://zqkfhtwbnxpvlrdymgcs", ["zqkfhtwbnxpvlrdymgcs"]),
        ("json://host/?token=QuxkEvwYpZr", ["QuxkEvwYpZr"]),
        ("mailto://anna:wachtwoord@mail.example.org", ["wachtwoord"]),
    ],
)
def test_every_part_of_an_address_is_a_secret(url: str, secrets: list[str]) -> None:
    redact = Redactor(secrets_of(url))
    for secret in (url, *secrets):
        assert redact(f"to {secret}!") == "to ***!"


def test_words_that_only_look_like_parts_of_an_address_stay() -> None:
    redact = Redactor(secrets_of("ntfys://me:pw@host/api/alerts-9?format=markdown&priority=default"))
    assert redact("some markdown in the default format of the api") == "some markdown in the default format of the api"
    assert redact("the password power, and me") == "the password power, and me"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ntfy://workout", "/home/anna/workout/run.fit: workout, cycling of 60 min"),
        ("ntfys://ntfy.example.org/Workouts", "/home/anna/Workouts: watching"),
        ("ntfys://a:geheim@ntfy.example.org/x", "the host is not known; is there a network?"),
        ("ntfys://messages:geheim@ntfy.example.org/x", "ready; messages go to: phone"),
        ("ntfys://ntfy.example.org/anna-2026", "/home/anna-2026/Sync: watching"),
        ("json://localhost/anna-2026/sync", "/home/anna-2026/Sync: watching"),
    ],
)
def test_an_ordinary_word_stays_for_three_stars_would_tell_which_it_is(url: str, said: str) -> None:
    redact = Redactor(secrets_of(url, ordinary=["/home/anna-2026/Sync"]))
    assert redact(said) == said
    assert redact(f"could not open {url}") == "could not open ***"


def test_secrets_are_taken_out_of_arguments_and_tracebacks() -> None:
    url = "json://anna:w8woord-lang@127.0.0.1/geheim-pad"
    stream = logging_to_text(*secrets_of(url))
    try:
        int(url)
    except ValueError:
        log.exception("failed: %s %r", url, "geheim-pad")
    assert "invalid literal for int() with base 10: '***'" in stream.getvalue()
    assert "failed: ***" in stream.getvalue()
    assert not any(part in stream.getvalue() for part in ("w8woord", "geheim", "anna"))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_that_kills_a_thread_is_logged_without_secrets() -> None:
    stream = logging_to_text("geheim-pad")

    def fail() -> None:
        raise RuntimeError("geheim-pad is not there")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "hersteld met an error it did not expect" in stream.getvalue()
    assert "RuntimeError: *** is not there" in stream.getvalue()


def test_a_line_that_cannot_be_written_brings_no_traceback_and_the_next_one_is_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Full(io.StringIO):
        is_full = True

        def write(self, text: str, /) -> int:
            if self.is_full:
                raise OSError(errno.ENOSPC, text)
            return super().write(text)

    stream = Full()
    set_up_logging(verbose=False, secrets=(), environment={}, stream=stream)
    log.warning("a line that is lost")
    stream.is_full = False
    log.warning("the next line")
    assert capsys.readouterr().err == ""
    assert stream.getvalue().count("line") == 1
    assert "the next line" in stream.getvalue()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_the_machine_ended_is_told_in_a_sentence() -> None:
    def refused() -> None:
        raise OSError(errno.ENOMEM, "no memory")

    stream = logging_to_text(verbose=False)
    thread = threading.Thread(target=refused)
    thread.start()
    thread.join()
    assert "the machine refused something, and a part of hersteld ended of it (" in stream.getvalue()
    assert "Traceback" not in stream.getvalue()


def test_no_secret_reaches_the_log_at_its_most_verbose_whatever_the_receivers_do() -> None:
    with HttpReceiver() as receiver, SmtpReceiver() as mailbox:
        down = f"mailto://anna:{SECRETS[0]}@127.0.0.1:{free_port()}?mode=insecure&from=a@example.org"
        urls = {
            "phone": receiver.url,
            "mail": mailbox.url,
            "down": down,
            "lost": f"jsons://{SECRETS[1]}.invalid/{SECRETS[2]}",
        }
        stream = logging_to_text(*(secret for url in urls.values() for secret in secrets_of(url)))
        notifier = AppriseNotifier([Target(name, SecretStr(url)) for name, url in urls.items()])
        said = [sentence(notifier.send(name, Message("t", "b", "")).reason) or "sent" for name in urls]
        for receiver.status in (401, 500):
            said.append(sentence(notifier.send("phone", Message("t", "b", "")).reason) or "sent")
        receiver.down()
        said.append(sentence(notifier.send("phone", Message("t", "b", "")).reason) or "sent")
        log.debug("%s", said)
    written = stream.getvalue()
    assert "sent" in written
    for shown in (written, "\n".join(said)):
        assert not any(secret in shown for secret in SECRETS)
        assert "127.0.0.1" not in shown
        assert "://" not in shown
