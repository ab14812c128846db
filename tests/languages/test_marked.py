"""In a made-up language, everything that a command prints and that is no value is between marks."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import click
import pytest

from hersteld.config.languages import LANGUAGES
from hersteld.config.texts import speech
from hersteld.daemon.cli.main import cli
from hersteld.daemon.cli.printing.spoken_click import SpokenContext
from hersteld.daemon.delivery.notifiers import Message, SendResult
from hersteld.parsers.line import Line
from hersteld.recovery.athlete.profile import CONDITIONS, EXPERIENCES, FOODS, Sex
from tests.daemon.cli.printing.test_spoken_click import WRONG
from tests.languages.marked import literals, outside, speak_marked_language, write_marked_language
from tests.languages.unmarked import NOT_YET_IN_THE_CATALOGUE, VALUES
from tests.support.command_line import call
from tests.support.pipeline import Pipeline, a_file

NOW = datetime.now(UTC).replace(microsecond=0)


def commands(context: click.Context) -> Iterator[tuple[str, ...]]:
    """Yield the words that call each command of the program."""
    yield tuple(context.command_path.split()[1:])
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            assert command is not None
            yield from commands(SpokenContext(command, context, name))


EVERY = tuple(commands(SpokenContext(cli, None, "hersteld")))
# `run` goes on until it is stopped, and so is called only where it cannot begin; the schema is for editors, in English.
CALLED = tuple(words for words in EVERY if words not in (("run",), ("config", "schema")))
NAMES = "|".join(sorted({word for words in EVERY for word in words}, key=len, reverse=True))
TOML = re.compile(r"^\S+ = [^#\n]*", re.MULTILINE)
UNCONFIGURED = ((), ("config",), ("demo",), ("completion",))
CONFIGURED = (*tuple(words for words in CALLED if words not in UNCONFIGURED), ("run",))
CALLS = re.compile(rf"\bhersteld(?![.\w])(?: (?:{NAMES})\b)*|^  (?:{NAMES})(?=  |$)", re.MULTILINE)


@pytest.fixture(autouse=True)
def _marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for language in LANGUAGES:  # a message is measured in each
        write_marked_language(tmp_path / "texts" / language)
    with monkeypatch.context() as patch:
        speak_marked_language(tmp_path / "texts", patch)
        yield
    speech.forget_texts()


def left_over(text: str) -> set[str]:
    """Return the words outside the marks that are no value and not yet excused."""
    rest = TOML.sub("", CALLS.sub(" ", outside(text)))
    for pattern in NOT_YET_IN_THE_CATALOGUE:
        rest = re.sub(pattern, " ", rest)
    return literals(rest, VALUES)


def everything_is_marked(*words: str | Path, home: Path, exit_codes: tuple[int, ...] = (0,)) -> str:
    """Call a command, assert that it prints nothing but values outside the marks, and return what it prints."""
    result = call(*words, home=home)
    assert result.exit_code in exit_codes, result.output
    assert " ".join(sorted(left_over(result.output))) == "", result.output
    return result.output


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_help(words: tuple[str, ...], tmp_path: Path) -> None:
    assert "⟦" in everything_is_marked(*words, "--help", home=tmp_path)


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_an_unknown_option(words: tuple[str, ...], tmp_path: Path) -> None:
    everything_is_marked(*words, "--nonsense", home=tmp_path, exit_codes=(2,))


@pytest.mark.parametrize("words", CALLED, ids=" ".join)
def test_a_command_without_words_in_an_empty_home(words: tuple[str, ...], tmp_path: Path) -> None:
    everything_is_marked(*words, home=tmp_path, exit_codes=(0, 1, 2))


@pytest.mark.parametrize("words", [words for words, _message in WRONG])
def test_a_command_line_that_is_wrong(words: str, tmp_path: Path) -> None:
    # The user's own words are repeated, in quotes or brackets.
    result = call(*words.split(), home=tmp_path)
    own = "|".join(map(re.escape, [*words.split(), "status", "--language", "mass", "en", "nl"]))
    text = re.sub(rf"(?<!\w)(?:{own})(?!\w)", " ", outside(result.output))
    assert " ".join(sorted(left_over(text))) == "", result.output


MISTAKES = """
max_hr = 180
watch = 3
[athlete]
experience = "trianed"
mass_kg = 700
birth_year = 2099
max_heart = 188
resting_hr = 100
lthr = 90
sex = 3
conditions = ["toes"]
[notify]
quiet_hours = "late"
language = "de"
urls_file = "none.txt"
ulr = 1
[[notify.targets]]
name = "a b"
url = "nothing"
[[notify.targets]]
url = "json://127.0.0.1:9"
name = "phone"
[[notify.targets]]
url = "json://127.0.0.1:9"
name = "phone"
[notify.texts]
readi = "x"
ready = "{who}"
rest_hours = "{ready_at:ml}"
disclaimer = "{"
effort = "{0}"
[rules.hydratoin]
x = 1
[rules.hydration]
first_portion_ml = 5000
first_porton_ml = 5
[rules.rest]
curve_h = [1, 2]
[rules.stretching]
bath_low_c = 15.5
"""
# What is allowed, and what was probably meant, are words of hersteld.toml.
TABLES = ("rules", "hydration", "hydratoin", "rest", "watch", "lthr", "ready", "url")
ALLOWED = {*CONDITIONS, *EXPERIENCES, *FOODS, *get_args(Sex), *TABLES}
OWN_WORDS = re.compile(rf'"[^"]*"|\b(?:{"|".join(ALLOWED)})\b')


@pytest.mark.parametrize("words", [words for words in CALLED if words not in UNCONFIGURED], ids=" ".join)
def test_a_configuration_with_many_mistakes(words: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(MISTAKES)
    file.chmod(0o644)
    files = ["a.fit"] if words in (("plan",), ("import",), ("backup",)) else []
    files = {
        "sport": ["last", "running"],
        "rpe": ["8"],
        "weigh": ["72.4"],
        "drank": ["500ml"],
        "tqr": ["14"],
        "done": ["eat"],
        "resting-hr": ["48"],
        "pause": ["ill"],
        "card": ["-o", "card.png"],
    }.get(words[0], files)
    result = call(*words, *files, "--config", file, home=tmp_path)
    assert result.exit_code == 78, result.output
    assert result.output.count("own.toml") >= 20
    assert " ".join(sorted(left_over(OWN_WORDS.sub(" ", outside(result.output))))) == "", result.output


@pytest.mark.parametrize("content", [b"x = ", b"# caf\xe9", b'[watch]\nfolders = ["here"]', None])
def test_a_configuration_that_cannot_be_read(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    if content is not None:
        file.write_bytes(content)
    result = call("status", "--config", file, home=tmp_path)
    assert result.exit_code == 78
    fault = re.compile(r"Invalid value|at line|column|at end of document|here")  # tomllib's own words, and the user's
    assert left_over(fault.sub(" ", outside(result.output))) == set(), result.output


# --- a home with a past


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with workouts, messages that wait, failed and expired, and files that cannot be read."""
    answers = iter([SendResult(ok=False, reason=Line("delivery.refused_connection"))] * 3)

    def answer(_target: str, _message: Message) -> SendResult:
        return next(answers, SendResult(ok=True))

    pipeline = Pipeline(tmp_path, "phone", "laptop", now=NOW - timedelta(days=3))
    pipeline.notifier.answer = answer
    for days in (3, 2, 1):
        ended_at = NOW - timedelta(days=days, minutes=20)
        pipeline.put(f"{days}.fit", a_file(ended_at, sport="cycling", power=250, bpm=172, minutes=100))
        pipeline.put(f"bad{days}.fit", b"no FIT file at all, really")
        pipeline.pass_time(hours=20, step=timedelta(hours=2))
    pipeline.store.close()
    return tmp_path


def test_everything_that_shows_the_past(home: Path) -> None:
    (home / "Workouts").mkdir()
    for words in ("status", "status --all", "history", "explain", "explain 1", "check"):
        everything_is_marked(*words.split(), home=home, exit_codes=(0, 1))
    everything_is_marked("backup", home / "copy.db", home=home)
    everything_is_marked("explain", "99", home=home, exit_codes=(1,))


@pytest.mark.parametrize("sport", ["running", "cycling", "walking", "swimming"])
def test_files_of_many_kinds(sport: str, tmp_path: Path) -> None:
    path = tmp_path / "a.fit"
    path.write_bytes(a_file(NOW, sport=sport, minutes=90))
    for command in ("plan", "explain", "import"):
        everything_is_marked(command, path, home=tmp_path)


def test_files_that_are_none(tmp_path: Path) -> None:
    bad = {"text.fit": b"no FIT file at all, really", "empty.fit": b"", "cut.fit": a_file(NOW)[:200]}
    for name, content in bad.items():
        path = tmp_path / name
        path.write_bytes(content)
        for command in ("plan", "explain", "import"):
            everything_is_marked(command, path, home=tmp_path, exit_codes=(0, 65))
    everything_is_marked("plan", tmp_path / "none.fit", home=tmp_path, exit_codes=(65,))
    everything_is_marked("import", tmp_path / "none.fit", home=tmp_path, exit_codes=(65,))


def test_what_does_not_show_a_workout(tmp_path: Path) -> None:
    for words in ("demo", "config show --all", "notify-test"):
        everything_is_marked(*words.split(), home=tmp_path)


def test_the_log_of_the_service(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    pipeline = Pipeline(tmp_path, "phone", now=NOW)
    pipeline.put("a.fit", a_file(NOW - timedelta(minutes=5), sport="cycling"))
    pipeline.put("bad.fit", b"no FIT file at all, really")
    pipeline.pass_time(hours=12, step=timedelta(hours=1))
    pipeline.store.close()
    assert caplog.messages
    assert " ".join(sorted({word for line in caplog.messages for word in left_over(line)})) == "", caplog.text
