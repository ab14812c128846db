"""What does the picture of a workout look like? Above, what the athlete did; below, what he may do and when.

Height is intensity in both, so that no legend is needed. The picture says nothing by colour alone.
"""

import re
from collections.abc import Iterable
from html import escape

from hersteld.daemon.card.facts import CardFacts, Trace
from hersteld.daemon.card.shapes import text
from hersteld.daemon.card.staircase import drawn_staircase
from hersteld.daemon.card.theme import (
    CAUSE,
    HEIGHT_PX,
    MARGIN_PX,
    SENTENCE,
    SMALL,
    SPAN_PX,
    TITLE,
    WIDTH_PX,
    style_sheet,
)
from hersteld.daemon.card.trace import drawn_trace
from hersteld.daemon.card.words import drawable, shortened, width_px, wrapped

_TITLE_PX, _RIGHT_PX, _CAUSE_PX = 53, 52, 82  # base lines
_TITLE_TOP_PX = 32
_TRACE_TOP_PX, _TRACE_BOTTOM_PX = 94, 186
_SENTENCE_PX, _SENTENCE_STEP_PX, _MOST_LINES = 104, 36, 3
_LAST_SENTENCE_PX = 324  # under a trace
_TITLE_GAP_PX = 24
# Characters that no XML document may hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def svg_of(facts: CardFacts) -> str:
    """Return the picture as an SVG document of 720 by 360 px, which needs the typeface "Hersteld".

    Words that do not fit are shortened: first the text at the right is left out, then the title loses whole words.
    """
    parts = [_without_trace(facts) if facts.trace is None else _with_trace(facts, facts.trace)]
    if facts.staircase is not None:
        parts.append(drawn_staircase(facts.staircase))
    alternative = escape(_NOT_XML.sub("", facts.alternative), quote=False)
    paper = f'<rect x="1" y="1" width="{WIDTH_PX - 2}" height="{HEIGHT_PX - 2}" class="paper"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_PX} {HEIGHT_PX}" width="{WIDTH_PX}"'
        f' height="{HEIGHT_PX}" role="img"><title>{alternative}</title><style>{style_sheet()}</style>'
        f"{paper}{''.join(parts)}</svg>"
    )


def _with_trace(facts: CardFacts, trace: Trace) -> str:
    """Return the title, the cause and the trace; without a staircase, sentences and a trace that fills its place."""
    cause = text(MARGIN_PX, _CAUSE_PX, shortened(drawable(facts.cause), CAUSE, SPAN_PX), CAUSE)
    above = _title(facts) + cause
    if facts.staircase is not None:
        return above + drawn_trace(trace, _TRACE_TOP_PX, _TRACE_BOTTOM_PX)
    lines = _lines(facts.sentences)
    first_px = _LAST_SENTENCE_PX - _SENTENCE_STEP_PX * (len(lines) - 1)
    bottom_px = first_px - _SENTENCE_STEP_PX if lines else HEIGHT_PX - MARGIN_PX
    return above + drawn_trace(trace, _TRACE_TOP_PX, bottom_px) + _drawn_lines(lines, first_px)


def _without_trace(facts: CardFacts) -> str:
    """Return the title and sentences in the place of a trace; without a staircase, they stand in the middle."""
    lines = _lines((facts.cause, *facts.sentences))
    last_px = _SENTENCE_PX + _SENTENCE_STEP_PX * (len(lines) - 1) if lines else _TITLE_PX
    down_px = (HEIGHT_PX - _TITLE_TOP_PX - last_px) / 2 if facts.staircase is None else 0
    return _title(facts, down_px) + _drawn_lines(lines, _SENTENCE_PX + down_px)


def _title(facts: CardFacts, down_px: float = 0) -> str:
    """Return the title, and what stands at its right where there is room for both."""
    title, right = drawable(facts.title), drawable(facts.right)
    drawn = text(MARGIN_PX, _TITLE_PX + down_px, shortened(title, TITLE, SPAN_PX), TITLE)
    if width_px(title, TITLE) + _TITLE_GAP_PX + width_px(right, SMALL) > SPAN_PX:
        return drawn
    return drawn + text(MARGIN_PX + SPAN_PX, _RIGHT_PX + down_px, right, SMALL, "end")


def _lines(sentences: Iterable[str]) -> list[str]:
    """Return sentences as the lines that they take."""
    lines: list[str] = []
    for sentence in map(drawable, sentences):
        lines += wrapped(sentence, SENTENCE, SPAN_PX, _MOST_LINES - len(lines))
    return lines


def _drawn_lines(lines: list[str], first_px: float) -> str:
    return "".join(
        text(MARGIN_PX, first_px + _SENTENCE_STEP_PX * place, line, SENTENCE) for place, line in enumerate(lines)
    )
