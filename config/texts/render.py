"""How does a draft become the title and body that a phone shows?"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import tzinfo

from hersteld.config.languages import LANGUAGES
from hersteld.config.texts.catalogue import Texts, load_texts
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import Draft

MAX_BODY_CHARACTERS = 600


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as it is sent: body lines are separated by newlines."""

    title: str
    body: str


def render(draft: Draft, texts: Texts, zone: tzinfo, *, known: Set[str] = frozenset()) -> Rendered:
    """Say a draft in the user's language.

    An optional line that the reader knows from an earlier message is said in other words where there are any, and else
    left out; but no message is left without a line.

    The body keeps to 600 characters: optional lines go first, in the order the draft gives; what is still too long
    loses its last whole lines, and a single line its last words. Optional lines go until the message fits in every
    language, so that all say the same.

    Raises:
        ConfigError: A text is missing or lacks a value.
    """
    sentences = [texts.sentence(line, zone, read_at=draft.due_at) for line in draft.lines]
    if not known.isdisjoint(sentences):
        sentences = _unless_known(draft, sentences, texts, zone, known) or sentences
    optional = list(draft.optional)
    versions = [sentences, *_in_other_languages(draft, sentences, texts, zone)]
    while optional and any(len(_body(version)) > MAX_BODY_CHARACTERS for version in versions):
        left_out = optional.pop(0)
        for version in versions:
            version[left_out] = ""
    while len(_body(sentences)) > MAX_BODY_CHARACTERS and sum(map(bool, sentences)) > 1:
        sentences.pop()
    return Rendered(texts.sentence(draft.title, zone, read_at=draft.due_at), _whole_words(_body(sentences)))


def _in_other_languages(draft: Draft, sentences: list[str], texts: Texts, zone: tzinfo) -> Iterator[list[str]]:
    """Yield the same sentences in each other language; those that are empty stay so."""
    for language in LANGUAGES:
        if language != texts.language:
            other = load_texts(language)
            yield [
                other.sentence(line, zone, read_at=draft.due_at) if sentence and line.id in other.messages else sentence
                for line, sentence in zip(draft.lines, sentences, strict=True)
            ]


def _unless_known(draft: Draft, sentences: list[str], texts: Texts, zone: tzinfo, known: Set[str]) -> list[str] | None:
    """Return the sentences with those that the reader knows in other words, or empty; None when nothing is left."""
    new = list(sentences)
    for index in draft.optional:
        if sentences[index] in known:
            again = Line(f"{draft.lines[index].id}_again", draft.lines[index].values)
            said = texts.sentence(again, zone, read_at=draft.due_at) if again.id in texts.messages else ""
            new[index] = "" if said in known else said
    return new if any(new) else None


def _body(sentences: list[str]) -> str:
    """Return the lines of a message; a sentence the user emptied is no line."""
    return "\n".join(filter(None, sentences))


def _whole_words(text: str) -> str:
    """Return the text, or as many whole words of it as fit, with an ellipsis."""
    if len(text) <= MAX_BODY_CHARACTERS:
        return text
    return text[:MAX_BODY_CHARACTERS].rpartition(" ")[0] + "…"
