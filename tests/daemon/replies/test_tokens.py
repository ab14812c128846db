"""A token says what the button was made for, and nothing that anybody else makes is one."""

import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.daemon.replies.tokens import COUNTS_FOR, Reply, Tokens, hash_of

NOW = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
KEY = bytes(range(32))
TOKENS = Tokens(KEY, "a database")
REPLY = Reply(17, 8, NOW + COUNTS_FOR)
_LETTERS = string.ascii_letters + string.digits + "-_"

replies = st.builds(
    Reply,
    workout_id=st.integers(1, 2**32 - 1),
    rpe=st.integers(1, 10),
    expires_at=st.integers(1, 10_000).map(lambda minutes: NOW + timedelta(minutes=minutes)),
)


@given(replies)
def test_a_token_says_what_it_was_made_for(reply: Reply) -> None:
    assert TOKENS.read(TOKENS.made(reply), NOW) == reply


@given(replies)
def test_it_travels_in_a_header_as_it_is(reply: Reply) -> None:
    token = TOKENS.made(reply)
    assert len(token) == 34
    assert set(token) <= set(_LETTERS)


@given(replies, st.integers(0, 33), st.sampled_from(_LETTERS))
def test_one_with_another_letter_anywhere_is_none(reply: Reply, place: int, letter: str) -> None:
    token = TOKENS.made(reply)
    changed = token[:place] + letter + token[place + 1 :]
    assert (TOKENS.read(changed, NOW) is not None) == (changed == token)


@given(st.text() | st.text(_LETTERS, min_size=34, max_size=34))
def test_what_somebody_else_sends_is_none(text: str) -> None:
    assert TOKENS.read(text, NOW) is None


@pytest.mark.parametrize(
    "others",
    [Tokens(bytes(32), "a database"), Tokens(KEY, "another database"), Tokens(KEY, "")],
    ids=["of another key", "of another database", "of none"],
)
def test_one_of_another_athlete_is_none(others: Tokens) -> None:
    assert TOKENS.read(others.made(REPLY), NOW) is None


def test_it_counts_until_its_end_and_no_longer() -> None:
    token = TOKENS.made(REPLY)
    assert TOKENS.read(token, REPLY.expires_at - timedelta(seconds=1)) == REPLY
    assert TOKENS.read(token, REPLY.expires_at) is None


def test_a_rating_that_is_none_is_not_read_even_with_a_sound_signature() -> None:
    assert TOKENS.read(TOKENS.made(Reply(17, 0, REPLY.expires_at)), NOW) is None
    assert TOKENS.read(TOKENS.made(Reply(17, 11, REPLY.expires_at)), NOW) is None


@given(replies, replies)
def test_two_buttons_are_remembered_apart_and_one_as_itself(one: Reply, other: Reply) -> None:
    same = hash_of(TOKENS.made(one)) == hash_of(TOKENS.made(other))
    assert same == (one == other)
