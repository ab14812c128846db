"""A line names a sentence without saying it."""

import dataclasses
import pickle

import pytest

from hersteld.parsers.line import Line


def test_two_lines_of_the_same_text_and_values_are_equal() -> None:
    assert Line("files.not_fit", {"name": "a"}) == Line("files.not_fit", {"name": "a"})
    assert Line("files.not_fit", {"name": "a"}) != Line("files.not_fit", {"name": "b"})
    assert Line("files.not_fit") == Line("files.not_fit", {})


def test_a_line_holds_lines_and_comes_whole_from_another_process() -> None:
    line = Line("files.kinds", {"kinds": (Line("files.course"), Line("files.segment", {"count": 2}))})
    assert pickle.loads(pickle.dumps(line)) == line


def test_a_line_does_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Line("omega3").id = "rest"  # type: ignore[misc]
