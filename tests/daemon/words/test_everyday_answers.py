"""An everyday word means an answer that there is, and is none itself."""

from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.words.everyday_answers import EVERYDAY_ANSWERS


def test_every_everyday_word_means_an_answer_that_is_known() -> None:
    lists = ("answers.why", "answers.what_to")
    keys = {key for name in lists for key in load_texts("en").words[name]}
    assert set(EVERYDAY_ANSWERS.values()) == keys
    taken = keys | {
        word for language in ("en", "nl") for name in lists for word in load_texts(language).words[name].values()
    }
    assert not set(EVERYDAY_ANSWERS) & taken
