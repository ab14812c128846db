"""A phone reads the code from a terminal, with half blocks and with plain ASCII."""

from pathlib import Path

import click
import pytest
import segno

from hersteld.daemon.setup.machine.qr_code import qr_lines, shows_colours, shows_utf8
from tests.support.phone.camera import read_code, seen

ADDRESS = "https://ntfy.example.org/hersteld-bjgbu5lxz3a2ltm2x73sfusf"


@pytest.mark.parametrize("has_utf8", [True, False])
@pytest.mark.parametrize("address", [ADDRESS, "http://10.0.0.3:8080/t", f"{ADDRESS}/{'x' * 100}"])
def test_a_phone_reads_the_address(address: str, has_utf8: bool, tmp_path: Path) -> None:
    assert read_code(qr_lines(address, columns=200, has_utf8=has_utf8), tmp_path) == address


def test_each_module_stands_in_its_place_within_a_border_of_four() -> None:
    code = segno.make(ADDRESS, error="l", micro=False)
    size = len(code.matrix) + 8
    rows = seen(qr_lines(ADDRESS, columns=200, has_utf8=True))
    assert {len(row) for row in rows} == {size}
    for number, expected in enumerate(code.matrix_iter(border=4)):
        assert rows[number] == [bool(module) for module in expected]
    assert not any(any(row) for row in rows[size:])  # an odd number of rows is filled with light


@pytest.mark.parametrize(
    ("address", "columns", "has_utf8"),
    [
        ("https://ntfy.sh/hersteld-bjgbu5lxz3a2ltm2x73sfusf", 40, True),
        ("https://ntfy.sh/hersteld-bjgbu5lxz3a2ltm2x73sfusf", 80, False),  # as the console of Linux is
        (ADDRESS, 40, True),
        (ADDRESS, 80, False),
    ],
)
def test_a_narrow_terminal_has_room_for_a_code_that_a_phone_reads(
    address: str, columns: int, has_utf8: bool, tmp_path: Path
) -> None:
    lines = qr_lines(address, columns=columns, has_utf8=has_utf8)
    assert max(len(click.unstyle(line)) for line in lines) <= columns
    assert read_code(lines, tmp_path) == address


@pytest.mark.parametrize(("columns", "has_utf8"), [(36, True), (73, False)])
def test_where_there_is_no_room_no_broken_code_is_drawn(columns: int, has_utf8: bool) -> None:
    assert qr_lines(ADDRESS, columns=columns, has_utf8=has_utf8) == []


def test_where_there_is_no_utf8_everything_is_ascii() -> None:
    for has_colours in (True, False):
        assert all(line.isascii() for line in qr_lines(ADDRESS, columns=200, has_utf8=False, has_colours=has_colours))


def test_without_colours_the_code_is_drawn_with_marks() -> None:
    code = segno.make(ADDRESS, error="l", micro=False)
    plain = list(qr_lines(ADDRESS, columns=200, has_utf8=False, has_colours=False))
    marks = [[line[column : column + 2] == "##" for column in range(0, len(line), 2)] for line in plain]
    for line, expected in zip(marks, code.matrix_iter(border=4), strict=True):
        assert line == [bool(module) for module in expected][: len(line)]
    assert "\x1b" not in "".join(qr_lines(ADDRESS, columns=200, has_utf8=True, has_colours=False))


@pytest.mark.parametrize(
    ("encoding", "environ", "shows"),
    [
        ("utf-8", {"LANG": "nl_NL.UTF-8"}, True),
        ("UTF-8", {"LC_ALL": "C.utf8", "LANG": "C"}, True),
        ("utf-8", {"LC_CTYPE": "nl_NL.UTF-8@euro"}, True),
        ("utf-8", {"LANG": "C"}, False),  # where Python writes UTF-8 all the same
        ("utf-8", {}, False),
        ("utf-8", {"LC_ALL": "C", "LANG": "nl_NL.UTF-8"}, False),
        ("iso-8859-1", {"LANG": "nl_NL.UTF-8"}, False),
        (None, {"LANG": "nl_NL.UTF-8"}, False),
    ],
)
def test_a_terminal_shows_utf8_where_its_locale_says_so(
    encoding: str | None, environ: dict[str, str], shows: bool
) -> None:
    assert shows_utf8(encoding, environ) is shows


def test_a_dumb_terminal_has_no_colours() -> None:
    assert shows_colours({"TERM": "xterm-256color"})
    assert shows_colours({"TERM": "xterm-256color", "NO_COLOR": ""})
    assert not shows_colours({"TERM": "xterm-256color", "NO_COLOR": "1"})
    assert not shows_colours({"TERM": "dumb"})
    assert not shows_colours({})
