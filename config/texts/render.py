"""How does a draft become the title and body that a phone shows?"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import tzinfo

from hersteld.config.languages import LANGUAGES
from hersteld.config.texts.catalogue import Texts, load_texts
from hersteld.config.texts.forms import parts_of
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import Draft

MAX_BODY_CHARACTERS = 600
_BESIDE_THE_LIMIT = frozenset({"disclaimer"})
"""Texts that stand in one message only, whose characters are not counted: they push no advice out."""


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
    language, so that all say the same. The disclaimer of the first message ever comes on top of the 600.

    Raises:
        ConfigError: A text is missing or lacks a value.
    """
    sentences, _ = _fitting(draft, texts, zone, known)
    beside = [one for one, line in zip(sentences, draft.lines, strict=True) if line.id in _BESIDE_THE_LIMIT]
    counted = [one for one, line in zip(sentences, draft.lines, strict=True) if line.id not in _BESIDE_THE_LIMIT]
    body = _body([_whole_words(_body(counted)), *beside])
    return Rendered(texts.sentence(draft.title, zone, read_at=draft.due_at), body)


def left_out_for_room(draft: Draft, texts: Texts, zone: tzinfo) -> frozenset[str]:
    """Return the ids of the lines of a draft that its 600 characters leave no room for; see `render`."""
    _, left_out = _fitting(draft, texts, zone, frozenset())
    return frozenset(draft.lines[index].id for index in left_out)


def says(body: str, text_id: str, texts: Texts) -> bool:
    """Return whether a message that was rendered says a text, with whatever values, in these words or ours.

    Args:
        body: As `render` made it, in any language.
        text_id: Of a text of messages.
    """
    templates = [texts.messages[text_id], *(load_texts(language).messages[text_id] for language in LANGUAGES)]
    patterns = [
        "".join(re.escape(part) if isinstance(part, str) else ".+" for part in parts_of(template))
        for template in templates
    ]
    return any(re.fullmatch(pattern, line) for pattern in patterns for line in body.splitlines())


def _fitting(draft: Draft, texts: Texts, zone: tzinfo, known: Set[str]) -> tuple[list[str], list[int]]:
    """Return the sentence of each line, empty where it is not said, and which were left out for room."""
    sentences = [texts.sentence(line, zone, read_at=draft.due_at) for line in draft.lines]
    if not known.isdisjoint(sentences):
        sentences = _unless_known(draft, sentences, texts, zone, known) or sentences
    counted = [index for index, line in enumerate(draft.lines) if line.id not in _BESIDE_THE_LIMIT]

    def is_too_long(version: list[str]) -> bool:
        return len(_body([version[index] for index in counted])) > MAX_BODY_CHARACTERS

    optional, left_out = list(draft.optional), []
    versions = [sentences, *_in_other_languages(draft, sentences, texts, zone)]
    while optional and any(map(is_too_long, versions)):
        left_out.append(optional.pop(0))
        for version in versions:
            version[left_out[-1]] = ""
    for index in reversed(counted):
        if is_too_long(sentences) and sum(bool(sentences[other]) for other in counted) > 1:
            left_out.append(index)
            sentences[index] = ""
    return sentences, left_out


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
