"""The broker's address comes from three places and stays secret; what Home Assistant gets to see is checked."""

import tomllib
from datetime import UTC
from pathlib import Path

import pytest

from hersteld.config.file.load import load_settings
from hersteld.config.file.show import settings_toml
from hersteld.config.file.tables.home_assistant import broker_of
from hersteld.config.languages import LANGUAGES
from hersteld.config.problems import ConfigError
from hersteld.config.settings import HomeAssistant
from hersteld.config.texts.speech import speak
from tests.config.conftest import Write

URL = "mqtts://anna:s3cret%40home@broker.example.org:8884"
GOOD = (
    URL,
    "mqtt://homeassistant.local",
    "mqtt://127.0.0.1:1883/",
    "MQTT://[::1]:1883",
    "mqtt://anna@host",
    "mqtts://anna:s3cret@host",
)
BAD = (
    "",
    "s3cret",
    "homeassistant.local:s3cret",
    "http://host/s3cret",
    "ws://host/s3cret",
    "mqtt://",
    "mqtt://:s3cret@host",
    "mqtt://anna:s3cret@",
    "mqtt://host:s3cret",
    "mqtt://host:0?s3cret",
    "mqtt://host:65536/",
    "mqtt://host/s3cret",
    "mqtt://host?s3cret",
    "mqtt://host#s3cret",
    "mqtt://[s3cret",
    "mqtt://an na:s3cret@host",
    "mqtt://anna:s3cret%00@host",
    "mqtt://hóst.s3cret",
    "mqtt://host\\nmqtt://s3cret",
    "mqtt://" + 400 * "s3cret",
)


def home(path: Path | None, environ: dict[str, str]) -> HomeAssistant:
    return load_settings(path, environ=environ).home_assistant


def address(found: HomeAssistant) -> str | None:
    return found.broker.get_secret_value() if found.broker else None


def problems_of(path: Path | None, environ: dict[str, str], overrides: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_settings(path, environ=environ, overrides=overrides or {})
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def credential(tmp_path: Path, environ: dict[str, str]) -> Path:
    folder = tmp_path / "credentials"
    folder.mkdir()
    environ["CREDENTIALS_DIRECTORY"] = str(folder)
    return folder / "mqtt_broker"


def test_without_a_broker_nobody_is_told(write: Write, environ: dict[str, str]) -> None:
    assert home(write(""), environ) == HomeAssistant()
    assert home(write('[home_assistant]\nnode_id = "anna"\n'), environ).broker is None


@pytest.mark.parametrize("url", GOOD)
def test_an_address_of_a_broker_is_taken_and_never_shown(url: str, write: Write, environ: dict[str, str]) -> None:
    settings = load_settings(write(f'[home_assistant]\nbroker = "{url}"\n'), environ=environ)
    assert address(settings.home_assistant) == url
    assert "s3cret" not in repr(settings)
    shown = settings_toml(settings)
    assert tomllib.loads(shown)["home_assistant"]["broker"] == "***"
    assert "s3cret" not in shown


@pytest.mark.parametrize("url", BAD)
def test_anything_else_is_refused_and_not_repeated(url: str, write: Write, environ: dict[str, str]) -> None:
    (problem,) = problems_of(write(f'[home_assistant]\nbroker = "{url}"\n'), environ)
    assert "home_assistant.broker: must be the address of an MQTT broker" in problem
    assert "s3cret" not in problem


@pytest.mark.parametrize("value", ["5", "true", '["s3cret"]', '{ s3cret = "s3cret" }'])
@pytest.mark.parametrize("key", ["broker", "broker_file", "ca_file", "discovery_prefix", "node_id", "name"])
def test_a_value_of_another_kind_is_told_once_and_not_repeated(
    key: str, value: str, write: Write, environ: dict[str, str]
) -> None:
    (problem,) = problems_of(write(f"[home_assistant]\n{key} = {value}\n"), environ)
    assert f"home_assistant.{key}" in problem
    assert "must be text in quotes" in problem
    assert "s3cret" not in problem


def test_a_word_in_place_of_the_table_is_not_repeated(write: Write, environ: dict[str, str]) -> None:
    (problem,) = problems_of(write('home_assistant = "mqtt://s3cret"\n'), environ)
    assert problem.endswith("home_assistant: must be a table: a line [home_assistant], and its keys below it")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_file_with_a_password_that_others_can_read_is_refused(
    mode: int, write: Write, environ: dict[str, str]
) -> None:
    path = write(f'[home_assistant]\nbroker = "{URL}"\n', mode=mode)
    (problem,) = problems_of(path, environ)
    assert problem.startswith(f"{path}: home_assistant.broker: holds addresses, which are secret")
    assert problem.endswith(f"; run: chmod 600 {path}")
    open_one = write('[home_assistant]\nbroker = "mqtt://homeassistant.local"\n', mode=mode)
    assert address(home(open_one, environ)) == "mqtt://homeassistant.local"


@pytest.mark.parametrize("name", ["broker", "{folder}/broker"])
def test_a_file_of_its_own_gives_the_address(name: str, write: Write, environ: dict[str, str], tmp_path: Path) -> None:
    write(f"# at home\n{URL}\n", name="broker")
    path = write(f'[home_assistant]\nbroker_file = "{name.format(folder=tmp_path)}"\n', mode=0o644)
    assert address(home(path, environ)) == URL


@pytest.mark.parametrize("content", ["s3cret", "", "# none\n", "mqtt://a\nmqtt://s3cret\n"])
def test_a_file_without_an_address_is_named_and_what_is_in_it_is_not_repeated(
    content: str, write: Write, environ: dict[str, str]
) -> None:
    file = write(content, name="broker")
    (problem,) = problems_of(write('[home_assistant]\nbroker_file = "broker"\n'), environ)
    assert problem.startswith(f"{file}: must be the address of an MQTT broker")
    assert "s3cret" not in problem


def test_a_file_with_the_address_that_others_can_read_is_refused(write: Write, environ: dict[str, str]) -> None:
    file = write(URL, name="broker", mode=0o644)
    (problem,) = problems_of(write('[home_assistant]\nbroker_file = "broker"\n'), environ)
    assert problem.startswith(f"{file}: holds addresses, which are secret")


@pytest.mark.parametrize("named", ["mqtt://s3cret", "s3cret", ""])
def test_what_is_no_file_is_refused_and_not_repeated(named: str, write: Write, environ: dict[str, str]) -> None:
    (problem,) = problems_of(write(f'[home_assistant]\nbroker_file = "{named}"\n'), environ)
    assert "home_assistant.broker_file" in problem
    assert "s3cret" not in problem


def test_two_places_for_the_address_are_one_too_many(write: Write, environ: dict[str, str]) -> None:
    write("mqtt://other", name="broker")
    (problem,) = problems_of(write(f'[home_assistant]\nbroker = "{URL}"\nbroker_file = "broker"\n'), environ)
    assert problem.endswith("home_assistant.broker_file: stands beside home_assistant.broker; keep one of both")


def test_the_credential_of_systemd_gives_the_address(credential: Path, write: Write, environ: dict[str, str]) -> None:
    credential.write_text(f"# at home\n{URL}\n")
    assert address(home(write("", mode=0o644), environ)) == URL
    assert address(home(write('[home_assistant]\nbroker = "mqtt://mine"\n'), environ)) == "mqtt://mine"
    credential.write_text("# none\n")
    assert address(home(write(""), environ)) is None


@pytest.mark.parametrize("content", [b"s3cret", b"\xff\xfe", b"mqtt://a/s3cret\nmqtt://b/s3cret\n"])
def test_a_credential_that_is_no_address_is_named_and_not_repeated(
    content: bytes, credential: Path, write: Write, environ: dict[str, str]
) -> None:
    credential.write_bytes(content)
    (problem,) = problems_of(write(""), environ)
    assert problem.startswith(f"{credential}: ")
    assert "s3cret" not in problem


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("home_assistant.broker", "s3cret"),
        ("home_assistant.broker", URL),
        ("home_assistant.broker.x", "s3cret"),
        ("home_assistant.broker_file", "s3cret"),
        ("home_assistant", f'{{broker = "{URL}"}}'),
        ("home_assistant", '{broker_file = "s3cret"}'),
    ],
)
def test_no_command_line_takes_the_address(key: str, value: str, environ: dict[str, str]) -> None:
    (problem,) = problems_of(None, environ, {key: value})
    assert problem.startswith("--set: home_assistant.broker: the address of the broker is secret")
    assert "s3cret" not in problem


def test_the_command_line_takes_what_is_no_secret(environ: dict[str, str]) -> None:
    settings = load_settings(None, environ=environ, overrides={"home_assistant.node_id": "anna"})
    assert settings.home_assistant == HomeAssistant(node_id="anna", name="anna")


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("node_id", "anna de vries", "must be a word of up to 64 letters"),
        ("node_id", "", "must be a word of up to 64 letters"),
        ("node_id", "anna/x", "must be a word of up to 64 letters"),
        ("node_id", "ánna", "must be a word of up to 64 letters"),
        ("node_id", 65 * "a", "must be a word of up to 64 letters"),
        ("node_id", "tk_9f8e7d6c5b4a39281706", "must be a word of up to 64 letters"),
        ("discovery_prefix", "", "must be the beginning of an MQTT topic"),
        ("discovery_prefix", "/home", "must be the beginning of an MQTT topic"),
        ("discovery_prefix", "home/", "must be the beginning of an MQTT topic"),
        ("discovery_prefix", "home//x", "must be the beginning of an MQTT topic"),
        ("discovery_prefix", "home/#", "must be the beginning of an MQTT topic"),
        ("discovery_prefix", "home/+/x", "must be the beginning of an MQTT topic"),
        ("discovery_prefix", "$SYS", "must be the beginning of an MQTT topic"),
        ("discovery_prefix", "mqtt://x", "must be the beginning of an MQTT topic"),
        ("discovery_prefix", 101 * "h", "must be the beginning of an MQTT topic"),
        ("name", "", "must be a name of up to 60 characters"),
        ("name", "  ", "must be a name of up to 60 characters"),
        ("name", "Anna\\nBob", "must be a name of up to 60 characters"),
        ("name", 61 * "A", "must be a name of up to 60 characters"),
        ("name", "mqtt://anna:x@host", "must be a name of up to 60 characters"),
        ("ca_file", "ca.pem", "must be a file of this machine, beginning with / or ~/"),
        ("ca_file", "https://host/ca.pem", "must be a file of this machine, beginning with / or ~/"),
    ],
)
def test_a_word_that_cannot_be_used_is_told_with_what_is_allowed(
    key: str, value: str, says: str, write: Write, environ: dict[str, str]
) -> None:
    (problem,) = problems_of(write(f'[home_assistant]\n{key} = "{value}"\n'), environ)
    assert f"home_assistant.{key}: {says}" in problem
    assert not value.strip() or f'"{value}"' not in problem


@pytest.mark.parametrize("prefix", ["homeassistant", "home/assistant", "Huis-1"])
def test_every_word_that_can_be_used_arrives(prefix: str, write: Write, environ: dict[str, str]) -> None:
    path = write(
        f'[home_assistant]\nbroker = "{URL}"\nca_file = "~/ca.pem"\ndiscovery_prefix = "{prefix}"\n'
        'node_id = "hersteld_Anna-2"\nname = "Herstel van Anna"\n'
    )
    found = home(path, environ)
    assert (found.discovery_prefix, found.node_id, found.name) == (prefix, "hersteld_Anna-2", "Herstel van Anna")
    assert found.ca_file == Path(environ["HOME"]) / "ca.pem"
    assert found.file == str(path)


def test_the_device_is_called_as_its_node_is_unless_it_has_a_name(write: Write, environ: dict[str, str]) -> None:
    assert home(write('[home_assistant]\nnode_id = "anna"\n'), environ).name == "anna"
    assert home(write(""), environ).name == "hersteld"


def test_certificates_are_of_no_use_without_encryption(write: Write, environ: dict[str, str]) -> None:
    (problem,) = problems_of(write('[home_assistant]\nbroker = "mqtt://host"\nca_file = "/etc/ca.pem"\n'), environ)
    assert "home_assistant.ca_file: is of use only with mqtts://" in problem


def test_every_sentence_is_there_in_both_languages(write: Write, environ: dict[str, str]) -> None:
    """The same mistakes are told in the other language by other words, and no placeholder is left open."""
    path = write('[home_assistant]\nbroker = "x"\nnode_id = ""\ndiscovery_prefix = ""\nname = ""\nca_file = "x"\n')
    told: list[list[str]] = []
    try:
        for language in LANGUAGES:
            speak(language, UTC)
            told.append(problems_of(path, environ))
    finally:
        speak("en", UTC)
    assert [len(problems) for problems in told] == [5, 5]
    assert set(told[0]).isdisjoint(told[1])
    assert "{" not in str(told)


def test_the_parts_of_an_address_are_told_apart() -> None:
    parts = broker_of(URL)
    assert parts is not None
    assert (parts.scheme, parts.hostname, parts.port) == ("mqtts", "broker.example.org", 8884)
    assert (parts.username, parts.password) == ("anna", "s3cret%40home")


def test_a_changed_file_of_the_broker_is_another_configuration(write: Write, environ: dict[str, str]) -> None:
    path = write('[home_assistant]\nbroker_file = "broker"\n')
    write("mqtt://a", name="broker")
    before = load_settings(path, environ=environ).written.get_secret_value()
    write("mqtt://b", name="broker")
    assert load_settings(path, environ=environ).written.get_secret_value() != before
