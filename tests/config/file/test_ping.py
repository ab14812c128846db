"""The address of the pings comes from two places, is checked, stays secret, and is refused where others can read it."""

from pathlib import Path

import pytest

from hersteld.config.file.load import load_settings
from hersteld.config.file.show import settings_toml
from hersteld.config.problems import ConfigError
from hersteld.config.settings import Health
from tests.config.conftest import Write

URL = "https://anna:s3cret@hc.example.org/ping/0f3b-s3cret?rid=s3cret"
GOOD = (
    URL,
    "http://127.0.0.1:8000/ping/x",
    "HTTPS://hc-ping.com/5f0e",
    "https://[::1]/x",
    "https://kuma.example.org/api/push/s3cret?status=up&msg=OK&ping=",
)
BAD = (
    "",
    "s3cret",
    "hc-ping.com/s3cret",
    "ntfys://ntfy.example.org/s3cret",
    "file:///etc/s3cret",
    "https://",
    "https:///s3cret",
    "https://host:s3cret/",
    "https://host:0/s3cret",
    "https://[s3cret/",
    "https://host/s3 cret",
    "https://host/s3cret\\u0000",
    "https://host/s3cret\\nHost: other",
    "https://hóst/s3cret",
    "https://host/" + 2000 * "s3cret",
)


def health(path: Path, environ: dict[str, str]) -> Health:
    return load_settings(path, environ=environ).health


def address(found: Health) -> str | None:
    return found.ping_url.get_secret_value() if found.ping_url else None


def problems_of(path: Path | None, environ: dict[str, str], **overrides: str) -> list[str]:
    named = {key.replace("__", "."): value for key, value in overrides.items()}
    with pytest.raises(ConfigError) as caught:
        load_settings(path, environ=environ, overrides=named)
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def credential(tmp_path: Path, environ: dict[str, str]) -> Path:
    folder = tmp_path / "credentials"
    folder.mkdir()
    environ["CREDENTIALS_DIRECTORY"] = str(folder)
    return folder / "ping_url"


def test_nobody_is_told_unless_an_address_is_given(write: Write, environ: dict[str, str]) -> None:
    assert health(write(""), environ) == Health(None, 300)
    assert health(write("[health]\nping_every_s = 900\n"), environ) == Health(None, 900)


@pytest.mark.parametrize("url", GOOD)
def test_an_address_of_the_web_is_taken_and_never_shown(url: str, write: Write, environ: dict[str, str]) -> None:
    settings = load_settings(write(f'[health]\nping_url = "{url}"\nping_every_s = 60\n'), environ=environ)
    assert address(settings.health) == url
    assert "s3cret" not in repr(settings)
    shown = settings_toml(settings)
    assert '[health]\nping_url = "***"\nping_every_s = 60\n' in shown
    assert "s3cret" not in shown


@pytest.mark.parametrize("url", BAD)
def test_anything_else_is_refused_and_not_repeated(url: str, write: Write, environ: dict[str, str]) -> None:
    (problem,) = problems_of(write(f'[health]\nping_url = "{url}"\n'), environ)
    assert "health.ping_url: must be a web address that names a server" in problem
    assert "s3cret" not in problem


@pytest.mark.parametrize("value", ["5", "true", '["s3cret"]', '{ s3cret = "s3cret" }'])
def test_a_value_of_another_kind_is_told_once_and_not_repeated(
    value: str, write: Write, environ: dict[str, str]
) -> None:
    (problem,) = problems_of(write(f"[health]\nping_url = {value}\n"), environ)
    assert "health.ping_url: must be" in problem
    assert "s3cret" not in problem


@pytest.mark.parametrize("seconds", ["59", "86401", "-1", "inf", "nan", '"300"', "true"])
def test_a_time_out_of_bounds_is_refused(seconds: str, write: Write, environ: dict[str, str]) -> None:
    (problem,) = problems_of(write(f"[health]\nping_every_s = {seconds}\n"), environ)
    assert "health.ping_every_s" in problem
    assert "from 60 to 86400" in problem or "number" in problem


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_file_with_the_address_that_others_can_read_is_refused(
    mode: int, write: Write, environ: dict[str, str]
) -> None:
    path = write(f'[health]\nping_url = "{URL}"\n', mode=mode)
    (problem,) = problems_of(path, environ)
    assert problem.startswith(f"{path}: health.ping_url: holds addresses, which are secret, but others can read")
    assert problem.endswith(f"; run: chmod 600 {path}")


def test_the_credential_of_systemd_gives_the_address(credential: Path, write: Write, environ: dict[str, str]) -> None:
    credential.write_text(f"{URL}\n")
    assert address(health(write("", mode=0o644), environ)) == URL
    written = write('[health]\nping_url = "https://example.org/mine"\n')
    assert address(health(written, environ)) == "https://example.org/mine"


@pytest.mark.parametrize("content", [b"s3cret", b"\xff\xfe", b"https://a/s3cret\nhttps://b/s3cret\n"])
def test_a_credential_that_is_no_address_is_named_and_not_repeated(
    content: bytes, credential: Path, write: Write, environ: dict[str, str]
) -> None:
    credential.write_bytes(content)
    (problem,) = problems_of(write(""), environ)
    assert problem.startswith(f"{credential}: ")
    assert "s3cret" not in problem


@pytest.mark.parametrize("value", ["s3cret", URL, '{x = "s3cret"}'])
@pytest.mark.parametrize("key", ["health__ping_url", "health__ping_url__x"])
def test_no_command_line_takes_the_address(key: str, value: str, environ: dict[str, str]) -> None:
    (problem,) = problems_of(None, environ, **{key: value})
    assert problem.startswith("--set: health.ping_url: addresses are secret")
    assert "s3cret" not in problem


def test_no_command_line_takes_the_table_with_the_address(environ: dict[str, str]) -> None:
    (problem,) = problems_of(None, environ, health=f'{{ping_url = "{URL}"}}')
    assert problem.startswith("--set: health.ping_url: addresses are secret")
    assert "s3cret" not in problem
    settings = load_settings(None, environ=environ, overrides={"health.ping_every_s": "900"})
    assert settings.health.ping_every_s == 900


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{URL}\n", URL),
        (f"# the check of hersteld\n\n  # at home\n  {URL}  \n# until here\n", URL),
        ("", None),
        ("\n \n", None),
        ("# none yet\n", None),
    ],
)
def test_the_credential_may_have_comments_and_be_empty(
    text: str, found: str | None, credential: Path, write: Write, environ: dict[str, str]
) -> None:
    credential.write_text(text, encoding="utf-8")
    assert address(health(write(""), environ)) == found
