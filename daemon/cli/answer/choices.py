"""How is a word taken that is one of several answers?"""

from difflib import get_close_matches
from typing import Any

import click

from hersteld.config.languages import LANGUAGES
from hersteld.config.texts import speech
from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.words.everyday_answers import EVERYDAY_ANSWERS


class AnswerType(click.ParamType):  # type: ignore[type-arg]  # click 8.1 takes none
    """One of the words of a list of the texts: by its key, or as it is called in any language.

    Args:
        words: Name of the list.
    """

    name = "answer"

    def __init__(self, words: str) -> None:
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the key of the word, or refuse it."""
        known = {word: key for language in LANGUAGES for key, word in load_texts(language).words[self.words].items()}
        known |= {key: key for key in known.values()}
        word = str(value).strip().casefold()
        key = known.get(word)
        if key is None:
            choices = ", ".join(dict.fromkeys(known.values()))
            message = speech.say("help.no_choice", value=str(value), choices=choices)
            meant = EVERYDAY_ANSWERS.get(word)
            close = [meant] if meant in known else [known[one] for one in get_close_matches(word, known)]
            if close:
                words = ", ".join(f"'{each}'" for each in dict.fromkeys(close))
                message = speech.say("help.did_you_mean", message=message, words=words)
            self.fail(message, param, ctx)
        return key
