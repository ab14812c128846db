"""A secret that has come to stand in the wrong place is refused, or serves for what it is; it is never seen.

One is planted at every place of the configuration, of a file of addresses, of the command line and of the environment:
as a key, as a table, as a value, within a value, and where it breaks the file.
"""

import json
import logging
import os
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from itertools import cycle
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from hersteld.config.file.load import load_settings
from hersteld.config.file.schema import dotted_keys, keys_schema
from hersteld.config.languages import LANGUAGES
from hersteld.config.problems import ConfigError
from hersteld.config.texts.speech import speak
from hersteld.daemon.cli.main import cli
from tests.support.command_line import environment_in

FIGURES = pytest.mark.figures("an address, a token, a password or a number stands", "{tried} places: 0 seen")

SECRETS = {
    "token": "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2",
    "address": "ntfys://anna:Qx29mLw31@ntfy.example.org/Zk77qPw",
    "password": "mijnhondheetmax",
    "number": "98765432109",
}
CORES = ("agqdq7", "qx29m", "zk77q", "mijnhond", "987654", "9.87654e")
"""What can be seen of one, however it is written or cut."""

COMMANDS = ("status", "history", "explain", "plan none.fit", "forget --list", "notify-test", "import none.fit", "run")


@dataclass(frozen=True)
class Place:
    """Where a secret stands: {s} in the configuration, in other files, in words of a command, or in variables."""

    config: str = ""
    files: dict[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    variables: dict[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = tuple(SECRETS)


GOOD_URL = "json://127.0.0.1:9/"
URLS = '[notify]\nurls_file = "urls"\n'
YAML = '[notify]\nurls_file = "urls.yml"\n'
LIKE_SECRETS = ("token", "address")
"""Where nothing is known to compare with, what looks like a secret is none too many to refuse; a word may be a name."""

SHOWN = ("home_assistant.discovery_prefix", "home_assistant.node_id", "home_assistant.name")
"""Words of the user's own that everybody may see."""


def places() -> Iterator[tuple[str, Place]]:
    """Yield every place, with a name for it."""
    keys = [key for key in dotted_keys(keys_schema()) if not key.startswith("notify.targets.") and key != "rules"]
    for key in keys:
        if key not in ("athlete", "watch", "notify", "health", "plan", "home_assistant"):
            looks = (
                LIKE_SECRETS if key.startswith("plan.") and key.endswith(("words", "categories")) else tuple(SECRETS)
            )
            shown = LIKE_SECRETS if key in SHOWN else tuple(SECRETS)
            yield f"value of {key}", Place(f'{key} = "{{s}}"', secrets=shown)
            yield f"item of {key}", Place(f'{key} = ["{{s}}"]', secrets=looks)
            yield f"number of {key}", Place(f"{key} = {{s}}", secrets=("number",))
            yield f"key below {key}", Place(f'{key} = {{{{"{{s}}" = 1}}}}')
            yield f"--set {key}", Place(words=("--set", f"{key}={{s}}"), secrets=shown)
            yield f"--set a list of {key}", Place(words=("--set", f'{key}=["{{s}}"]'), secrets=looks)
        yield f"--set below {key}", Place(words=("--set", f"{key}.{{s}}=1"))
    tables = ("athlete", "watch", "notify", "health", "plan", "home_assistant", "rules", "rules.hydration")
    for table in (*tables, "notify.texts"):
        yield f"key in {table}", Place(f'[{table}]\n"{{s}}" = 1')
        yield f"key with text in {table}", Place(f'[{table}]\n"{{s}}" = "{{s}}"')
        yield f"table in {table}", Place(f'[{table}."{{s}}"]\nx = "{{s}}"')
        yield f"behind a key in {table}", Place(f'[{table}]\n"x{{s}}" = "a {{s}} b"')
    yield "key", Place('"{s}" = 1')
    yield "table", Place('["{s}"]\n"{s}" = "{s}"')
    yield "list of tables", Place('[["{s}"]]\nx = 1')
    yield "in place of a table", Place('athlete = "{s}"\nwatch = "{s}"\nnotify = "{s}"\nrules = "{s}"')
    yield "rule", Place('[rules.hydration]\nfirst_portion_ml = "{s}"')
    yield "rules", Place('[rules]\nhydration = "{s}"')
    yield "text", Place('[notify.texts]\nready = "Ready: {s}"', secrets=LIKE_SECRETS)
    yield "placeholder", Place('[notify.texts]\nready = "{{{s}}}"', secrets=("token", "password"))
    yield "form", Place('[notify.texts]\nready = "{{ready_at:{s}}}"')
    yield "not in pairs", Place('[notify.texts]\nready = "{{ {s}"')
    for where in ("targets", "texts"):
        yield f"in place of {where}", Place(f'[notify]\n{where} = ["{{s}}", {{{{"{{s}}" = "{{s}}"}}}}]')
    yield "name", Place(f'[[notify.targets]]\nname = "{{s}}"\nurl = "{GOOD_URL}"', secrets=LIKE_SECRETS)
    yield "name and address mixed up", Place('[[notify.targets]]\nname = "{s}"\nurl = "phone"')
    yield "twice the same name", Place('[[notify.targets]]\nname = "{s}"\nurl = "x"\n' * 2)
    yield "address", Place('[[notify.targets]]\nname = "phone"\nurl = "{s}"')
    yield "unusable address", Place('[[notify.targets]]\nname = "phone"\nurl = "nosuch://{s}"')
    yield "key of a target", Place(f'[[notify.targets]]\nname = "phone"\nurl = "{GOOD_URL}"\n"{{s}}" = "{{s}}"')
    for key in ("reply", "reply_token"):
        yield (
            f"{key} of a target",
            Place(f'[[notify.targets]]\nname = "phone"\nurl = "ntfys://h/x"\n{key} = "{{s}}"\nmor = 1'),
        )
    yield "broken value", Place("[notify]\nlanguage = {s} {s}")
    yield "unfinished", Place('[notify]\nlanguage = "{s}')
    yield "key twice", Place('"{s}" = 1\n"{s}" = 2')
    yield "table twice", Place('["{s}"]\n["{s}"]')
    yield "key of a closed table", Place('x = {{"{s}" = 1, "{s}" = 2}}')
    yield "comment", Place('# {s}\n[notify]\nlanguage = "de"')
    yield "line of addresses", Place(URLS, {"urls": "{s}\nphone {s}\nphone:{s}\n"})
    yield "name in a line", Place(URLS, {"urls": f"{{s}}={GOOD_URL}\n"}, secrets=LIKE_SECRETS)
    yield "address in a line", Place(URLS, {"urls": "phone=nosuch://{s}\n"})
    yield "item of addresses", Place(YAML, {"urls.yml": 'urls:\n  - "{s}"\n  - "phone={s}"\n  - {{"{s}": "{s}"}}\n'})
    tagged = f'urls:\n  - url: "{GOOD_URL}"\n    tag: "{{s}}"\n'
    yield "tag", Place(YAML, {"urls.yml": tagged}, secrets=LIKE_SECRETS)
    yield "key of addresses", Place(YAML, {"urls.yml": '"{s}": 1\n'})
    yield "broken addresses", Place(YAML, {"urls.yml": 'urls: [{{"{s}\n'})
    yield "credential", Place(files={"credentials/apprise": "{s}\nphone=nosuch://{s}\n"})
    yield "credential of pings", Place(files={"credentials/ping_url": "{s}\n"})
    yield "credential of the broker", Place(files={"credentials/mqtt_broker": "{s}\n"})
    yield "file of the broker", Place('[home_assistant]\nbroker_file = "b"\n', {"b": "{s}\n"})
    yield "password of the broker", Place('[home_assistant]\nbroker = "mqtt://anna:{s}@127.0.0.1:9/"\n')
    yield (
        "credential of answers",
        Place(
            '[[notify.targets]]\nname = "phone"\nurl = "ntfys://h/x"\nreply = "https://h/y"\nmor = 1',
            {"credentials/reply_token": "{s}\n"},
        ),
    )
    yield "--set a key", Place(words=("--set", "{s}=1"))
    yield "--set without a value", Place(words=("--set", "{s}"))
    yield "--set behind a dot", Place(words=("--set", "{s}.x.y=1"))
    yield "--set a number", Place(words=("--set", "rules.hydration.{s}=1"))
    yield "--set a table", Place(words=("--set", 'athlete={{"{s}" = "{s}"}}'))
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "NOTIFY_SOCKET", "JOURNAL_STREAM", "TZ", "NTFY_TOKEN"):
        yield f"${name}", Place(variables={name: "{s}"})


PLACES = dict(places())
OTHERS = cycle(COMMANDS)


@FIGURES
@pytest.mark.parametrize("name", PLACES)
def test_a_secret_in_the_wrong_place_is_never_seen(name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    place = PLACES[name]
    caplog.set_level(logging.DEBUG)
    for kind in place.secrets:
        secret = SECRETS[kind]
        for file, text in {"hersteld.toml": place.config, **place.files}.items():
            path = tmp_path / file
            path.parent.mkdir(exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(text.format(s=secret), encoding="utf-8")
        environment = dict.fromkeys(os.environ) | environment_in(tmp_path)
        if any(name.startswith("credentials/") for name in place.files):
            environment["CREDENTIALS_DIRECTORY"] = str(tmp_path / "credentials")
        environment |= {variable: value.format(s=secret) for variable, value in place.variables.items()}
        words = [word.format(s=secret) for word in place.words]
        config = ["--config", str(tmp_path / "hersteld.toml")]
        calls = [["config", "show"], ["config", "show", "--json"], ["check"], ["check", "--json"]]
        calls = [[*call, "--language", language] for call in calls for language in LANGUAGES]
        refused = None
        for call in calls:
            done = CliRunner().invoke(cli, ["--verbose", *call, *config, *words], env=environment)
            refused = done.exit_code in (2, 78)
            assert_unseen(done.output + logged(caplog), f"{name}: {kind}: {call}")
            assert done.exception is None or isinstance(done.exception, SystemExit), (name, kind, done.exception)
        if refused:
            call = next(OTHERS).split()
            done = CliRunner().invoke(cli, [*call, *config, *words], env=environment)
            assert_unseen(done.output + logged(caplog), f"{name}: {kind}: {call}")


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """Return what was logged, but for the records of Apprise, which leave it for pytest alone."""
    return "\n".join(record.getMessage() for record in caplog.records if record.name != "apprise")


def assert_unseen(text: str, what: str) -> None:
    seen = [core for core in CORES if core in text.lower()]
    assert not seen, (what, text)


_NOT_REFUSED = ("unusable address", "password of the broker")
"""What only Apprise refuses, and where a secret belongs."""
IN_THE_FILE = [
    place.config
    for name, place in PLACES.items()
    if place.config and name not in _NOT_REFUSED and {"token", "password"} <= set(place.secrets)
]
"""Those that are refused before Apprise is asked."""
TOKENS = st.text(string.ascii_letters + string.digits + "-", min_size=9, max_size=40).filter(
    lambda text: any(letter.isdigit() for letter in text) and sum(letter.isalpha() for letter in text) > 3
)


@given(config=st.sampled_from(IN_THE_FILE), secret=TOKENS)
def test_whatever_the_secret_is_no_problem_tells_it(
    config: str, secret: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.touch(mode=0o600)
    path.write_text(config.format(s=secret), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings(path, environ={"HOME": "/nowhere"})
    for language in LANGUAGES:
        speak(language, UTC)
        said = str(caught.value).replace(str(path), "")
        assert secret.lower() not in said.lower()
        assert not any(secret[at : at + 6] in said for at in range(len(secret) - 5))


@FIGURES
@pytest.mark.parametrize("kind", ["token", "address"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "words",
    [
        *("{s}", "config {s}", "check {s}", "status --{s}", "status --all={s}", "status --language {s}"),
        *("history --limit {s}", "notify-test {s}", "sport last {s}", "sport {s} running", "forget {s}"),
        *("explain {s}", "demo {s}", "forget last --yes --set rules.{s}=1"),
    ],
)
def test_a_secret_among_the_words_of_a_command_is_not_repeated(
    words: str, language: str, kind: str, tmp_path: Path
) -> None:
    environment = dict.fromkeys(os.environ) | environment_in(tmp_path) | {"LC_ALL": language}
    given = [word.format(s=SECRETS[kind]) for word in words.split()]
    done = CliRunner().invoke(cli, given, env=environment)
    assert done.exit_code in (1, 2)
    assert done.output
    assert_unseen(done.output, words)


@FIGURES
@pytest.mark.parametrize("command", ["run", "plan", "import", "retry", "backup", "status --config"])
def test_an_address_where_a_path_belongs_is_refused_and_not_repeated(command: str, tmp_path: Path) -> None:
    environment = dict.fromkeys(os.environ) | environment_in(tmp_path)
    done = CliRunner().invoke(cli, [*command.split(), SECRETS["address"]], env=environment)
    assert done.exit_code == 2
    assert "an address is neither a file nor a folder" in done.output
    assert_unseen(done.output, command)


def test_a_secret_that_is_seen_is_found() -> None:
    """The search itself can fail: otherwise none of the above proves anything."""
    for secret in SECRETS.values():
        for spelt in (secret, json.dumps(secret), secret[:20], secret.upper()):
            with pytest.raises(AssertionError):
                assert_unseen(f"x{spelt}y", "")
    with pytest.raises(AssertionError):
        assert_unseen(f"{float(SECRETS['number']):g}", "")
