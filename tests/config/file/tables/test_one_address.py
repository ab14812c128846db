"""A file with one address may have comments, and one that cannot be read is a problem and no traceback."""

from pathlib import Path

import pytest

from hersteld.config.file.tables.one_address import read_one_address
from hersteld.config.problems import Problem


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mqtt://host\n", "mqtt://host"),
        ("# ours\n\n  mqtt://host  \n# until here\n", "mqtt://host"),
        ("", None),
        ("# none yet\n", None),
        ("mqtt://a\nmqtt://b\n", "mqtt://a\nmqtt://b"),  # two are none, and whoever asked for one says so
    ],
)
def test_the_address_is_what_is_neither_empty_nor_a_comment(text: str, found: str | None, tmp_path: Path) -> None:
    problems: list[Problem] = []
    (tmp_path / "file").write_text(text)
    assert read_one_address(tmp_path / "file", problems) == found
    assert problems == []


@pytest.mark.parametrize("key", ["", "home_assistant.broker_file"])
def test_a_file_that_cannot_be_opened_is_named_only_where_no_key_names_it(key: str, tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_one_address(tmp_path / "s3cret", problems, key) is None
    (problem,) = problems
    assert str(problem).endswith("cannot be read: no such file or directory")
    assert ("s3cret" in str(problem)) == (not key)


def test_what_is_no_text_is_said_of_the_file(tmp_path: Path) -> None:
    problems: list[Problem] = []
    (tmp_path / "file").write_bytes(b"mqtt://h\xff")
    assert read_one_address(tmp_path / "file", problems, "home_assistant.broker_file") is None
    (problem,) = problems
    assert str(problem).startswith(f"{tmp_path / 'file'}: is not UTF-8 text")
