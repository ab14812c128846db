"""Every word that can be answered has its word in each language."""

import pytest

from hersteld.config.languages import LANGUAGES, Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.recovery.answers.choices import KEY_OF, WHYS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_can_be_answered_has_its_word(language: Language) -> None:
    words = load_texts(language).words
    assert set(words["answers.why"]) == set(WHYS)
    assert set(words["answers.what"]) == set(words["answers.what_to"]) == set(KEY_OF)
