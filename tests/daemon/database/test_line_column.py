"""A line comes out of the database as it went in, and whatever else stands there is shown as it is."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.daemon.database.line_column import line_of, stored
from hersteld.parsers.line import Line, Value

plain: st.SearchStrategy[Value] = st.one_of(
    st.text(max_size=9), st.integers(-(2**53), 2**53), st.booleans(), st.none(), st.floats(allow_nan=False, width=32)
)
lines = st.recursive(
    st.builds(Line, st.text(min_size=1, max_size=9), st.dictionaries(st.text(max_size=5), plain, max_size=3)),
    lambda inner: st.builds(
        Line,
        st.just("files.damaged"),
        st.dictionaries(st.text(max_size=5), st.lists(inner, min_size=1, max_size=2).map(tuple), max_size=2),
    ),
    max_leaves=4,
)


@given(lines)
def test_a_line_is_read_as_it_was_stored(line: Line) -> None:
    assert line_of(stored(line)) == line


def test_nothing_is_nothing() -> None:
    assert stored(None) is None
    assert line_of(None) is None


def test_it_can_be_read_without_this_program() -> None:
    line = Line("files.damaged", {"where": (Line("files.unreadable_beyond", {"offset": 7}),)})
    assert stored(line) == (
        '{"id": "files.damaged", "values": {"where": [{"id": "files.unreadable_beyond", "values": {"offset": 7}}]}}'
    )
    assert stored(Line("files.broken_zip", {"name": "één.zip"})) == (
        '{"id": "files.broken_zip", "values": {"name": "één.zip"}}'
    )


def test_several_words_stay_words() -> None:
    line = Line("x", {"muscles": ("calves", "neck")})
    assert line_of(stored(line)) == line


@given(
    st.one_of(st.text(), st.sampled_from(['{"id": 1, "values": {}}', '{"id": "a"}', "[]", "7", "null", '{"a": {}}']))
)
def test_whatever_else_is_stored_is_shown_as_it_is(text: str) -> None:
    assert line_of(text) == Line("reasons.as_stored", {"sentence": text})


@pytest.mark.parametrize("values", ['{"a": {"b": 1}}', '{"a": [{"id": "x"}]}', "[]"])
def test_a_line_with_a_value_that_none_has_is_shown_as_it_is(values: str) -> None:
    text = f'{{"id": "files.empty", "values": {values}}}'
    assert line_of(text) == Line("reasons.as_stored", {"sentence": text})


def test_no_reason_holds_a_moment() -> None:
    with pytest.raises(TypeError):
        stored(Line("x", {"at": datetime(2026, 5, 6, tzinfo=UTC)}))
