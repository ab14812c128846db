"""Addresses come from three places, stay secret, and are refused where others can read them."""

import logging
import traceback
from pathlib import Path

import pytest

from hersteld.config.file.load import load_settings
from hersteld.config.problems import ConfigError
from hersteld.config.settings import Settings
from tests.config.conftest import Write

WITH_TARGET = '[[notify.targets]]\nname = "phone"\nurl = "ntfys://user:s3cret@ntfy.example.org/anna"\n'


def addresses(settings: Settings) -> dict[str, str]:
    return {target.name: target.url.get_secret_value() for target in settings.notify.targets}


def problems_of(path: Path, environ: dict[str, str]) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_settings(path, environ=environ)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_file_with_an_address_that_others_can_read_is_refused(
    mode: int, write: Write, environ: dict[str, str]
) -> None:
    path = write(WITH_TARGET, "my settings.toml", mode)
    (problem,) = problems_of(path, environ)
    assert problem.endswith(f"others can read the file; run: chmod 600 '{path}'")
    assert "s3cret" not in problem


def test_an_address_without_anything_secret_may_be_read(write: Write, environ: dict[str, str]) -> None:
    path = write('[[notify.targets]]\nname = "desktop"\nurl = "desktop://"\n', mode=0o644)
    assert addresses(load_settings(path, environ=environ)) == {"desktop": "desktop://"}


def test_a_file_of_addresses_has_names_bare_addresses_and_comments(write: Write, environ: dict[str, str]) -> None:
    write(
        "# mine\n\nphone = ntfy://example.org/a?x=y\nntfy://example.org/b?tags=c\n"
        "mail, family=mailto://u:p@example.org\n; old\ndesktop://\n",
        "urls",
    )
    path = write('[notify]\nurls_file = "urls"\n', mode=0o644)
    assert addresses(load_settings(path, environ=environ)) == {
        "phone": "ntfy://example.org/a?x=y",
        "target-1": "ntfy://example.org/b?tags=c",
        "mail": "mailto://u:p@example.org",
        "target-2": "desktop://",
    }


def test_an_apprise_file_in_yaml_is_read_too(write: Write, environ: dict[str, str]) -> None:
    write(
        """
version: 1
urls:
  - ntfy://example.org/a
  - url: ntfy://example.org/b
    tag: phone
  - ntfy://example.org/c:
      - tag: watch, family
  - ntfy://example.org/d:
      tag: [mail, family]
""",
        "home/apprise.yml",
    )
    path = write('[notify]\nurls_file = "~/apprise.yml"\n')
    assert addresses(load_settings(path, environ=environ)) == {
        "target-1": "ntfy://example.org/a",
        "phone": "ntfy://example.org/b",
        "watch": "ntfy://example.org/c",
        "mail": "ntfy://example.org/d",
    }


@pytest.mark.parametrize(
    ("text", "problem_text"),
    [
        ("urls: ntfy://s3cret", "must have a key urls that is a list of addresses"),
        ("urls: [{", "must have a key urls that is a list of addresses"),
        ("urls: [{a: b, c: s3cret}]", "item 1 of urls must be an address, with at most a tag"),
        ("urls: [s3cret]", "item 1 of urls must be an address, with at most a tag"),
        ("urls: [phone=ntfy://s3cret]", "item 1 of urls must be an address, with at most a tag"),
    ],
)
def test_yaml_that_is_no_list_of_addresses_is_a_problem(
    text: str, problem_text: str, write: Write, environ: dict[str, str]
) -> None:
    write(text, "urls.yaml")
    (problem,) = problems_of(write('[notify]\nurls_file = "urls.yaml"\n'), environ)
    assert problem.endswith(f"urls.yaml: {problem_text}")
    assert "s3cret" not in problem


def test_a_file_of_addresses_that_others_can_read_is_refused(write: Write, environ: dict[str, str]) -> None:
    urls = write("ntfy://s3cret", "urls", 0o644)
    (problem,) = problems_of(write('[notify]\nurls_file = "urls"\n'), environ)
    assert problem.startswith(f"{urls}: holds addresses")
    assert problem.endswith(f"chmod 600 {urls}")


def test_lines_that_are_no_address_are_named_by_number_only(write: Write, environ: dict[str, str]) -> None:
    write("ntfy://ok\ntoken s3cret\ninclude http://s3cret\n", "urls")
    problems = problems_of(write('[notify]\nurls_file = "urls"\n'), environ)
    assert [problem.rpartition("urls: ")[2] for problem in problems] == [
        "line 2 must be an address, or name=address",
        "line 3 must be an address, or name=address",
    ]


def test_a_missing_file_of_addresses_is_a_problem(write: Write, environ: dict[str, str]) -> None:
    path = write('[notify]\nurls_file = "gone"\n')
    assert problems_of(path, environ) == [f"{path}: notify.urls_file: cannot be read: no such file or directory"]


def test_systemds_credential_needs_no_permission_check(write: Write, environ: dict[str, str]) -> None:
    credential = write("phone=ntfy://example.org/a\n", "credentials/apprise", 0o644)
    environ["CREDENTIALS_DIRECTORY"] = str(credential.parent)
    assert addresses(load_settings(None, environ=environ)) == {"phone": "ntfy://example.org/a"}


def test_names_are_unique_over_all_places(write: Write, environ: dict[str, str]) -> None:
    write("phone=ntfy://example.org/b\n", "urls")
    path = write('[notify]\nurls_file = "urls"\n' + WITH_TARGET)
    assert problems_of(path, environ) == [
        f'{path}: notify.targets: 2 targets are called "phone"; give each a name of its own'
    ]


@pytest.mark.parametrize(
    "text",
    [
        '[[notify.targets]]\nname = "a"\nurl = "s3cret"\n',
        '[[notify.targets]]\nname = "a"\nurl = 3\ntoken = "s3cret"\n',
        '[[notify.targets]]\nname = "s3cret/s3cret"\nurl = "ntfy://s3cret"\n',
        '[notify]\ntargets = ["ntfy://s3cret"]\n',
        '[notify]\ntargets = "s3cret"\n',
        '[notify]\nurls_file = "ntfy://s3cret"\n',
        '[notify]\nlanguage = "ntfy://s3cret"\n',
        '[notify]\ntoken = "s3cret"\n',
        '[watch]\nfolders = ["ntfy://s3cret"]\n',
    ],
)
def test_no_problem_shows_a_secret(
    text: str, write: Write, environ: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    path = write(text)
    with caplog.at_level(logging.DEBUG), pytest.raises(ConfigError) as caught:
        load_settings(path, environ=environ)
    assert "s3cret" not in "".join(traceback.format_exception(caught.value)) + caplog.text


def test_a_target_never_shows_its_address(write: Write, environ: dict[str, str]) -> None:
    settings = load_settings(write(WITH_TARGET), environ=environ)
    assert "s3cret" not in repr(settings) + str(settings)


def test_a_target_knows_the_file_it_was_read_from(tmp_path: Path, write: Write, environ: dict[str, str]) -> None:
    urls = tmp_path / "urls"
    urls.touch(mode=0o600)
    urls.write_text("tablet=json://localhost\n")
    path = write(f'[notify]\nurls_file = "{urls}"\n[[notify.targets]]\nname = "phone"\nurl = "desktop://"')
    targets = load_settings(path, environ=environ).notify.targets
    assert {target.name: target.file for target in targets} == {"phone": str(path), "tablet": str(urls)}


REPLY = (
    '[[notify.targets]]\nname = "phone"\nurl = "{url}"\n'
    'reply = "https://ntfy.example.org/w8woord-topic"\nreply_token = "tk_g3heim"\n'
)


def of_the_phone(settings: Settings) -> tuple[str | None, str | None]:
    (target,) = settings.notify.targets
    return (
        target.reply.get_secret_value() if target.reply else None,
        target.reply_token.get_secret_value() if target.reply_token else None,
    )


@pytest.mark.parametrize(
    "url", ["ntfys://ntfy.example.org/anna", "ntfy://tk_x@10.0.0.2:8080/anna?priority=low", "https://ntfy.sh/anna"]
)
def test_a_target_of_ntfy_may_name_the_topic_of_its_answers(url: str, write: Write, environ: dict[str, str]) -> None:
    settings = load_settings(write(REPLY.format(url=url)), environ=environ)
    assert of_the_phone(settings) == ("https://ntfy.example.org/w8woord-topic", "tk_g3heim")
    assert "w8woord" not in repr(settings)
    assert "g3heim" not in repr(settings)


def test_without_a_reply_there_is_none(write: Write, environ: dict[str, str]) -> None:
    assert of_the_phone(load_settings(write(WITH_TARGET), environ=environ)) == (None, None)


def test_the_token_may_come_from_a_credential(write: Write, environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "reply_token").write_text("tk_credential\n")
    environ["CREDENTIALS_DIRECTORY"] = str(tmp_path)
    written = REPLY.format(url="ntfys://ntfy.example.org/anna")
    assert of_the_phone(load_settings(write(written), environ=environ))[1] == "tk_g3heim"
    without = written.replace('reply_token = "tk_g3heim"\n', "")
    assert of_the_phone(load_settings(write(without), environ=environ))[1] == "tk_credential"


@pytest.mark.parametrize(
    ("url", "reply", "said"),
    [
        ("mailto://u:p@example.org", "https://ntfy.example.org/w8woord", "needs an address of ntfy under url"),
        ("ntfys://ntfy.example.org/w8woord", "https://ntfy.example.org/w8woord", "must be another topic"),
        ("ntfys://w8woord", "https://ntfy.sh/w8woord", "must be another topic"),
        ("ntfys://h/w8woord/?priority=low", "https://h/w8woord", "must be another topic"),
        ("ntfys://h/w8woord/anna", "https://h/w8woord", "must be another topic"),
        ("ntfys://h/a", "https://h:99999/w8woord", "must be a topic of ntfy as a web address"),
        ("ntfys://h/a", "https://h:w8woord/b", "must be a topic of ntfy as a web address"),
        ("ntfys://h/a", "https://[::1/w8woord", "must be a topic of ntfy as a web address"),
        ("ntfys://h/a", "https://h..w8woord/b", "must be a topic of ntfy as a web address"),
        ("ntfys://h/a", "https://.../w8woord", "must be a topic of ntfy as a web address"),
        ("ntfys://ntfy.example.org/a", "ntfy.example.org/w8woord", "must be a topic of ntfy as a web address"),
        ("ntfys://ntfy.example.org/a", "ntfys://ntfy.example.org/w8woord", "must be a topic of ntfy as a web address"),
        ("ntfys://ntfy.example.org/a", "https://tk_x@ntfy.example.org/w8woord", "must be a topic of ntfy as a web"),
        ("ntfys://ntfy.example.org/a", "https://ntfy.example.org/w8woord?auth=x", "must be a topic of ntfy as a web"),
        ("ntfys://ntfy.example.org/a", "https://ntfy.example.org/w8woord/", "must be a topic of ntfy as a web address"),
        ("ntfys://ntfy.example.org/a", "https://ntfy.example.org/", "must be a topic of ntfy as a web address"),
    ],
)
def test_a_reply_that_cannot_work_is_refused_without_a_word_of_it(
    url: str, reply: str, said: str, write: Write, environ: dict[str, str]
) -> None:
    path = write(f'[[notify.targets]]\nname = "phone"\nurl = "{url}"\nreply = "{reply}"\n')
    (problem,) = problems_of(path, environ)
    assert "notify.targets#1.reply" in problem
    assert said in problem
    assert "w8woord" not in problem


def test_answers_are_shown_on_no_other_phone_either(write: Write, environ: dict[str, str]) -> None:
    other = '[[notify.targets]]\nname = "bob"\nurl = "ntfys://{host}/w8woord-topic"\n'
    phone = REPLY.format(url="ntfys://ntfy.example.org/anna")
    (problem,) = problems_of(write(phone + other.format(host="ntfy.example.org")), environ)
    assert "notify.targets#1.reply" in problem
    assert "must be another topic" in problem
    settings = load_settings(write(phone + other.format(host="another.example.org")), environ=environ)
    assert settings.notify.targets[0].reply is not None


def test_a_token_for_no_topic_is_told(write: Write, environ: dict[str, str]) -> None:
    (problem,) = problems_of(write(WITH_TARGET + 'reply_token = "tk_g3heim"\n'), environ)
    assert "notify.targets#1.reply: is missing" in problem
    assert "g3heim" not in problem


def test_a_token_of_two_words_is_told_and_not_shown(write: Write, environ: dict[str, str]) -> None:
    written = REPLY.format(url="ntfys://h/anna").replace("tk_g3heim", "tk_g3heim en meer")
    (problem,) = problems_of(write(written), environ)
    assert "notify.targets#1.reply_token must be an access token" in problem.replace(":", "")
    assert "g3heim" not in problem


@pytest.mark.parametrize(("line", "picture"), [("", None), ("picture = true\n", True), ("picture = false\n", False)])
def test_a_target_may_say_whether_it_gets_pictures(
    line: str, picture: bool | None, write: Write, environ: dict[str, str]
) -> None:
    settings = load_settings(write(f"[notify]\npicture = false\n{WITH_TARGET}{line}"), environ=environ)
    assert [target.picture for target in settings.notify.targets] == [picture]
    assert not settings.notify.picture


def test_what_is_no_yes_or_no_to_a_picture_is_told(write: Write, environ: dict[str, str]) -> None:
    (problem,) = problems_of(write(WITH_TARGET + 'picture = "yes"\n'), environ)
    assert "notify.targets#1.picture" in problem
    assert "true or false" in problem
