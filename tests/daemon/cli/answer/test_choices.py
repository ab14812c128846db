"""One of several answers is given by its key, or as it is called in any language."""

import click
import pytest

from hersteld.daemon.cli.answer.choices import AnswerType


@pytest.mark.parametrize(
    ("value", "key"), [("ill", "ill"), ("ziek", "ill"), (" Geblesseerd ", "injured"), ("AWAY", "away"), ("weg", "away")]
)
def test_a_word_is_known_in_each_language(value: str, key: str) -> None:
    assert AnswerType("answers.why").convert(value, None, None) == key


@pytest.mark.parametrize("value", ["", "i", "lazy", "ill injured"])
def test_any_other_is_refused_with_those_there_are(value: str) -> None:
    with pytest.raises(click.BadParameter, match="ill, injured, away"):
        AnswerType("answers.why").convert(value, None, None)


@pytest.mark.parametrize(
    ("words", "value", "meant"),
    [
        ("answers.why", "sick", "ill"),
        ("answers.why", "Vakantie", "away"),
        ("answers.why", "injurd", "injured"),
        ("answers.why", "zieke", "ill"),
        ("answers.what_to", "meal", "eat"),
        ("answers.what_to", "gegeten", "eat"),
        ("answers.what_to", "stretching", "stretch"),
        ("answers.why", "meal", None),
        ("answers.what_to", "sick", None),
    ],
)
def test_a_word_that_is_near_or_means_the_same_is_answered_with_the_one_there_is(
    words: str, value: str, meant: str | None
) -> None:
    with pytest.raises(click.BadParameter) as refused:
        AnswerType(words).convert(value, None, None)
    assert ("Did you mean" in refused.value.message) is (meant is not None)
    assert meant is None or refused.value.message.endswith(f"Did you mean '{meant}'?")
