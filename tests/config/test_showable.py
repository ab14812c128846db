"""Of what the user wrote, only what is known, like something known, or a short number is shown."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.config.showable import holds_address, looks_secret, may_be_shown, nearest, shown, without_secrets_in

TOKENS = st.text(string.ascii_letters + string.digits, min_size=8, max_size=40).filter(
    lambda text: any(letter.isdigit() for letter in text) and any(letter.isalpha() for letter in text)
)
KNOWN = ("experience", "mass_kg", "max_hr", "language", "urls_file")


def test_the_nearest_word_is_one_that_is_like_it() -> None:
    assert nearest("max_heart", ("mass_kg", "max_hr")) == "max_hr"
    assert nearest("colour", ("mass_kg", "max_hr")) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (3, "3"),
        (3.50, "3.5"),
        (float("nan"), "nan"),
        (1_234_567, None),
        (-(10**400), None),
        (1e300, None),
        ("72", '"72"'),
        (" 72\n", '"72"'),
        ("", '""'),
        ("12345678", None),
        ("22:00-25:00", '"22:00-25:00"'),
        ("trianed", '"trianed"'),
        ("ne", '"ne"'),
        ("sesame", None),
        ("two\nlines", None),
        ("ntfy://s3cret", None),
        ("x" * 61, None),
        ([1], None),
        ({"a": 1}, None),
    ],
)
def test_only_what_resembles_what_may_stand_there_is_shown(value: object, expected: str | None) -> None:
    assert shown(value, ("trained", "en")) == expected


@given(token=TOKENS, begin=st.sampled_from(["", "tk_", *KNOWN]))
def test_no_token_is_shown_not_even_behind_a_known_word(token: str, begin: str) -> None:
    assert not may_be_shown(begin + token, KNOWN)
    assert shown(begin + token, KNOWN) is None


@pytest.mark.parametrize("word", ["sesame", "gaming", "masquerade", "hunter", "languish"])
def test_what_is_only_somewhat_like_a_known_word_is_not(word: str) -> None:
    assert not may_be_shown(word, (*KNOWN, "name"))


@pytest.mark.parametrize("word", ["experiance", "exper", "mass-kg", "max_heart", "langauge", "url_file"])
def test_a_slip_of_the_pen_is_shown(word: str) -> None:
    assert may_be_shown(word, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "ntfys://host/topic",
        "go to https://anna:geheim@example.org",
        "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2",
        "see tk_Zk77qPwLm31xY9Qa",
        "https://discord.com/api/webhooks/4000/x7Yk2pQ9wLm3Za",
    ],
)
def test_an_address_or_a_token_looks_secret(text: str) -> None:
    assert looks_secret(text)
    assert text.rsplit(maxsplit=1)[-1] not in without_secrets_in(f"there is no '{text}'")


@pytest.mark.parametrize("text", ["pixel-8-of-anna", "Drink {volume_ml:litres}", "see https://example.org/rest", ""])
def test_everyday_words_do_not(text: str) -> None:
    assert not looks_secret(text)


@pytest.mark.parametrize("name", ["2026a11b27c0930.fit", "9f8e7d6c5b4a39281706.zip", "/home/anna/Workouts/run.fit"])
def test_the_name_of_a_file_is_shown_however_it_is_made(name: str) -> None:
    assert without_secrets_in(f"'{name}' is no file") == f"'{name}' is no file"


@pytest.mark.parametrize("value", ["mqtt://host", ["a", "x://y"], {"a": {"b": ["x://y"]}}, {"x://y": 1}])
def test_an_address_is_found_however_deep_it_lies(value: object) -> None:
    assert holds_address(value)
    assert not holds_address({"a": ["b", 5, None, {"c": "http:/x"}]})
