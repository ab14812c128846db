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
