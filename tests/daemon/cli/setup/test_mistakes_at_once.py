"""Whatever else is wrong with the configuration, mistakes in addresses are told in the same go."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.command_line import call

PHONE = '[[notify.targets]]\nname = "phone"\nurl = "nosuchservice://s3cret"\n'


class Written(NamedTuple):
    """What stands where, and what is said of it.

    Attributes:
        toml: In hersteld.toml.
        files: Beside it, by name.
        words: On the command line.
        said: A part of each line that is said.
    """

    toml: str = ""
    files: Mapping[str, str] = {}
    words: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


def bad(name: str) -> str:
    return f'the address of "{name}" is none that Apprise can use'


OTHER_MISTAKES = {
    "none": Written(),
    "an unknown key": Written("[athlete]\nmas = 72\n", said=("athlete.mas: there is no such key",)),
    "a value": Written("[athlete]\nmass_kg = 9\n", said=("athlete.mass_kg = 9: must be",)),
    "a type": Written("athlete = 3\n", said=("athlete = 3: must be a table",)),
    "a rule": Written("[rules.rest]\neasy_share = 7\n", said=("rules.rest.easy_share = 7: must be",)),
    "a folder": Written("[watch]\nfolders = [3]\n", said=("watch.folders#1",)),
    "hours": Written('[notify]\nquiet_hours = "7"\n', said=('notify.quiet_hours = "7": must be',)),
    "a language": Written('[notify]\nlanguage = "xx"\n', said=("notify.language",)),
    "a text": Written('[notify.texts]\nnosuchtext = "a"\n', said=("notify.texts",)),
    "no such file of addresses": Written('[notify]\nurls_file = "gone"\n', said=("notify.urls_file",)),
    "the command line": Written(words=("--set", "athlete.mass_kg=9"), said=("--set: athlete.mass_kg = 9",)),
    "no value on it": Written(words=("--set", "athlete.mas=["), said=("--set: athlete.mas",)),
    "two of them": Written(
        '[athlete]\nmass_kg = 9\n[notify]\nstyle = "loud"\n', said=("athlete.mass_kg = 9", "notify.style")
    ),
}

ADDRESSES = {
    "in the configuration": Written(PHONE, said=(bad("phone"),)),
    "with a name of several words": Written(
        PHONE.replace("phone", "my phone"), said=("notify.targets#1.name: must be one word", bad("#1"))
    ),
    "with a token for a name": Written(
        PHONE.replace("phone", "tk_AgQdq7mVBoFD37zQVN29"), said=("notify.targets#1.name: looks like a token", bad("#1"))
    ),
    "without a name": Written(
        '[[notify.targets]]\nurl = "nosuchservice://s3cret"\n', said=("notify.targets#1.name: is missing", bad("#1"))
    ),
    "with a number for a name": Written(PHONE.replace('"phone"', "3"), said=("notify.targets#1.name", bad("#1"))),
    "of two of one name": Written(
        PHONE + PHONE.replace("nosuchservice", "ntfys"), said=('2 targets are called "phone"', bad("phone"))
    ),
    "beside one that is no address": Written(
        PHONE + '[[notify.targets]]\nname = "mail"\nurl = "s3cret"\n',
        said=(bad("phone"), "notify.targets#2.url: must be an Apprise address"),
    ),
    "as a credential of systemd": Written(
        files={"credentials/apprise": "tablet=nosuchservice://s3cret"}, said=(bad("tablet"),)
    ),
}

FILES = {
    "named": Written(files={"urls": "tablet=nosuchservice://s3cret"}, said=(bad("tablet"),)),
    "bare": Written(files={"urls": "nosuchservice://s3cret"}, said=(bad("target-1"),)),
    "beside a line that is none": Written(
        files={"urls": "tablet=nosuchservice://s3cret\ns3cret"}, said=(bad("tablet"), "line 2 must be an address")
    ),
    "with a token for a name": Written(
        files={"urls": "tk_AgQdq7mVBoFD37zQVN29=nosuchservice://s3cret"},
        said=("the name in line 1 must be a short word", bad("target-1")),
    ),
    "as YAML": Written(
        files={"urls.yml": "urls:\n- nosuchservice://s3cret:\n  - tag: tablet\n- 3\n"},
        said=(bad("tablet"), "item 2 of urls must be an address"),
    ),
    "as YAML with a token for a tag": Written(
        files={"urls.yml": "urls:\n- url: nosuchservice://s3cret\n  tag: tk_AgQdq7mVBoFD37zQVN29\n"},
        said=("the tag of item 1 of urls must be a short word", bad("target-1")),
    ),
}


def lines_of(command: str, *parts: Written, home: Path) -> list[str]:
    """Return what a command says of a configuration of these parts."""
    config = home / "hersteld.toml"
    for path, content in _contents(config, parts):
        path.parent.mkdir(exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(content)
    words = (word for part in parts for word in part.words)
    extra = {"CREDENTIALS_DIRECTORY": str(home / "credentials")}
    result = call(command, "--config", str(config), *words, home=home, extra=extra)
    assert result.exit_code == 78, result.output
    assert "s3cret" not in result.output
    assert "tk_" not in result.output
    return result.output.splitlines()


def _contents(config: Path, parts: tuple[Written, ...]) -> Iterator[tuple[Path, str]]:
    yield config, "".join(part.toml for part in parts)
    for part in parts:
        for name, content in part.files.items():
            yield config.parent / name, content


@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("other", OTHER_MISTAKES)
def test_each_is_told_beside_each_other_mistake(command: str, address: str, other: str, tmp_path: Path) -> None:
    parts = OTHER_MISTAKES[other], ADDRESSES[address]
    lines = lines_of(command, *parts, home=tmp_path)
    for said in (*parts[0].said, *parts[1].said):
        assert sum(said in line for line in lines) == 1, (said, lines)


@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize("file", FILES)
def test_those_in_a_file_of_their_own_are_told_beside_all_others(command: str, file: str, tmp_path: Path) -> None:
    (name,) = FILES[file].files
    there = Written(f'[notify]\nurls_file = "{name}"\nquiet_hours = "7"\n', said=("notify.quiet_hours",))
    parts = OTHER_MISTAKES["a value"], there, ADDRESSES["in the configuration"], FILES[file]
    lines = lines_of(command, *parts, home=tmp_path)
    for part in parts:
        for said in part.said:
            assert sum(said in line for line in lines) == 1, (said, lines)
