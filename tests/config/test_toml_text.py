"""A file that is no usable TOML is told as such in one sentence, with exit code 78, whatever is in it."""

import inspect
import re
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.config.texts.speech import said
from hersteld.config.toml_text import _FAULTS, NotToml, parse, read_text
from tests.support.command_line import call

FIGURES = pytest.mark.figures(
    "a configuration or file of addresses that is nested", "{tried} files and values: 0 tracebacks"
)

DEEP = 5000
ODD = {
    "lists in lists": (b"x = " + b"[" * DEEP + b"]" * DEEP, "is nested too deep"),
    "tables in tables": (b"x = " + b"{a = " * DEEP + b"1" + b"}" * DEEP, "is nested too deep"),
    "a dotted key": (b".".join([b"a"] * DEEP) + b" = 1", "is nested too deep"),
    "a dotted table": (b"[" + b".".join([b"a"] * DEEP) + b"]", "is nested too deep"),
    "a list that does not end": (b"x = " + b"[" * DEEP, "is nested too deep"),
    "many digits": (b"[athlete]\nmass_kg = " + b"9" * 6000, "has a whole number with too many digits"),
    "many hexadecimal digits": (b"[athlete]\nmass_kg = 0x" + b"f" * 6000, "has a whole number with too many digits"),
    "beyond a float": (b"[athlete]\nlthr = 1" + b"0" * 400, "has a whole number with too many digits"),
    "many digits in a list": (b"[rules.hydration]\nportion_ml = [-1" + b"0" * 30 + b"]", "has a whole number"),
    "BOM": (b"\xef\xbb\xbf[athlete]\nmass_kg = 72\n", "begins with a byte order mark (BOM)"),
    "UTF-16": ("[athlete]\nmass_kg = 72\n".encode("utf-16"), "is not UTF-8 text, at byte 0"),
    "UTF-16 without BOM": ("[athlete]\n".encode("utf-16-le"), "is no text: byte 1 is zero"),
    "UTF-32": ("[athlete]\n".encode("utf-32"), "is not UTF-8 text, at byte 0"),
    "Latin 1": (b"# caf\xe9\n", "is not UTF-8 text, at byte 5"),
    "NUL": (b"[athlete]\nmass_kg = 7\0", "is no text: byte 21 is zero"),
    "only NUL": (b"\0" * 100, "is no text: byte 0 is zero"),
    "no text": (bytes(range(256)), "is not UTF-8 text, at byte 128"),
    "too large": (b"# long\n" * 200_000, "is larger than 1 MiB"),
    "a return": (b"[athlete]\rmass_kg = 72\r", "is not valid TOML, at line 1, column 10"),
    "twice": (b"[athlete]\nsex = 'male'\n[athlete]\n", "is not valid TOML, at line 3, column 9: a key or table"),
    "ends too early": (b"[athlete", "is not valid TOML: it ends too early"),
}
COMMANDS = ("config show", "config show --json", "check --json", "status", "run")


@FIGURES
@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_is_one_clear_sentence_and_exit_78(name: str, tmp_path: Path) -> None:
    content, expected = ODD[name]
    path = tmp_path / "hersteld.toml"
    path.write_bytes(content)
    for command in COMMANDS:
        done = call(*command.split(), "--config", path, home=tmp_path)
        assert done.exit_code == 78, (command, done.exception)
        assert f"{path}: {expected}" in done.output
        assert "Traceback" not in done.output
    first, count = call("status", "--config", path, home=tmp_path).output.splitlines()
    assert len(first) < len(str(path)) + 120
    assert count == "1 problem in the configuration; nothing was done."


WHY = {
    "language = nl": "line 1, column 12: this is no value; text stands in quotes, and yes or no is true or false",
    "x = True": "line 1, column 5: this is no value; text stands in quotes",
    "\nx =\n": "line 2, column 4: this is no value",
    "mass_kg = 72,5": "line 1, column 13: a line ends after one value, as mass_kg = 72.5, or after one [table]",
    "[athlete] mass_kg = 72": "line 1, column 11: a line ends after one value",
    "[athlete\n": "line 1, column 9: a [table] lacks its ]",
    "[[notify.targets]\n": "line 1, column 17: a [[table]] lacks one ] or two",
    'name = "phone\n': "line 1, column 14: a text lacks its closing quote",
    "name = 'phone\nurl = 'x'": "line 1, column 14: a text lacks its closing quote",
    'name = "phone': "ends too early; a text lacks its closing quote",
    "name = '''phone": "ends too early; a text lacks its closing quote",
    'folders = ["~/a" "~/b"]': "line 1, column 18: a list lacks its ], or a comma",
    "x = {a = 1 b = 2}": "line 1, column 12: a table in braces lacks its }, or a comma",
    "mass_kg: 72": "line 1, column 8: a key is followed by = and its value",
    "hello world": "line 1, column 7: a key is followed by = and its value",
    '{"mass_kg": 72}': "line 1, column 1: a line begins with a key, a [table] or #",
    "[]": "line 1, column 2: a key begins with",
    'x = "C:\\dir"': "line 1, column 10: a backslash in double quotes is written twice",
    'x = "\\ud800"': "line 1, column 12: a backslash",
    'x = "\\uzz"': "line 1, column 8: a backslash",
    'x = "a\x01"': "line 1, column 7: a control character may not stand there",
    "# \x01": "line 1, column 3: a control character may not stand there",
    "x = 2026-02-31": "there is no such date",
    "[a]\n[a]": "line 2, column 3: a key or table stands there twice",
    "x = {a = 1, a = 2}": "line 1, column 18: a key or table stands there twice",
    "a = 1\na = 2": "is not valid TOML: a key or table stands there twice",
}


@pytest.mark.parametrize("text", WHY)
def test_why_a_text_is_no_toml_is_said_in_plain_words(text: str) -> None:
    with pytest.raises(NotToml) as told:
        parse(text)
    assert WHY[text] in said(told.value.line)


def test_whatever_the_parser_says_is_known() -> None:
    """Hold that we have words for each fault that Python's parser tells; a new one would get no reason."""
    source = inspect.getsource(sys.modules[tomllib.loads.__module__])
    sentences = re.findall(r"suffixed_err\(\s*\w+,\s*\w+,\s*f?([\"'])(.+?)\1\s*\)", source)
    assert len(sentences) > 20
    for _, sentence in sentences:
        if not sentence.startswith("Expected {"):  # of which all that may stand there are tried above
            assert any(sentence.startswith(known) for known in _FAULTS), sentence


@pytest.mark.parametrize(
    "text", ["[s3cret]\n[s3cret]", "a = {s3cret = 1, s3cret = 2}", "s3cret", 'x = "s3cret', "s3cret = s3cret"]
)
def test_no_word_of_the_text_is_in_the_sentence(text: str) -> None:
    with pytest.raises(NotToml) as told:
        parse(text)
    assert "s3cret" not in said(told.value.line)


@FIGURES
@pytest.mark.parametrize("name", [name for name, (content, _) in ODD.items() if content.startswith(b"x = ")])
def test_an_odd_value_of_the_command_line_is_one_too(name: str, tmp_path: Path) -> None:
    value = ODD[name][0].removeprefix(b"x = ").decode()
    done = call("status", "--set", f"athlete.food={value}", home=tmp_path)
    assert (done.exit_code, "--set: athlete.food: is nested too deep" in done.output) == (78, True)


@FIGURES
@pytest.mark.parametrize("digits", ["9" * 6000, "0x" + "f" * 6000, "1" + "0" * 400])
def test_an_odd_number_of_the_command_line_is_one_too(digits: str, tmp_path: Path) -> None:
    done = call("status", "--set", f"athlete.mass_kg={digits}", home=tmp_path)
    assert done.exit_code == 78
    assert "--set: athlete.mass_kg: has a whole number with too many digits" in done.output


@FIGURES
@pytest.mark.parametrize("ending", ["", ".yml"])
@pytest.mark.parametrize("name", ["BOM", "UTF-16", "UTF-16 without BOM", "Latin 1", "NUL", "no text", "too large"])
def test_an_odd_file_of_addresses_is_one_too(name: str, ending: str, tmp_path: Path) -> None:
    content, expected = ODD[name]
    urls = tmp_path / f"urls{ending}"
    urls.touch(mode=0o600)
    urls.write_bytes(content)
    done = call("status", "--set", f"notify.urls_file={urls}", home=tmp_path)
    assert done.exit_code == 78
    assert f"{urls}: {expected}" in done.output


@FIGURES
@pytest.mark.parametrize("content", ["[" * DEEP, "urls: " + "[" * DEEP + "]" * DEEP, "urls: 2001-99-99", "9" * 6000])
def test_odd_yaml_has_no_addresses(content: str, tmp_path: Path) -> None:
    urls = tmp_path / "urls.yml"
    urls.touch(mode=0o600)
    urls.write_text(content)
    done = call("status", "--set", f"notify.urls_file={urls}", home=tmp_path)
    assert done.exit_code == 78
    assert f"{urls}: must have a key urls that is a list of addresses" in done.output


@pytest.mark.parametrize("key", ["watch.folders", "notify.urls_file"])
def test_a_path_with_nul_is_none(key: str, tmp_path: Path) -> None:
    value = '["/a\\u0000b"]' if key == "watch.folders" else '"/a\\u0000b"'
    done = call("check", "--set", f"{key}={value}", home=tmp_path)
    assert done.exit_code == 78
    assert f"--set: {key}" in done.output


@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_document_or_a_sentence(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content)
    try:
        assert isinstance(parse(read_text(path)), dict)
    except NotToml as error:
        assert said(error.line)  # noqa: PT017 - either is right
