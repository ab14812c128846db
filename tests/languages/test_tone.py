"""No text says what no number here can know."""

import re

import pytest

from hersteld.config.languages import Language
from hersteld.config.texts.catalogue import load_texts

_RISK_OF_INJURY = re.compile(
    r"injur\w*.{0,40}\b(risk|chance)|\b(risk|chance)\w*.{0,40}injur|blessure(risico|kans)"
    r"|(risico|kans)\w*.{0,40}blessure|blessure.{0,40}\b(risico|kans)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_text_speaks_of_a_risk_of_injury(language: Language) -> None:
    texts = {id_: text for id_, text in load_texts(language).templates.items() if _RISK_OF_INJURY.search(text)}
    assert texts == {}


@pytest.mark.parametrize(
    "text", ["a lower injury risk", "the risk of an injury", "een hoger blessurerisico", "meer kans op een blessure"]
)
def test_a_text_that_speaks_of_it_is_found(text: str) -> None:
    assert _RISK_OF_INJURY.search(text)
