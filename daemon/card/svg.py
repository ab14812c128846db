"""What does the picture of a workout look like? Above, what the athlete did; below, what he may do and when.

Height is intensity in both, so that no legend is needed. The picture says nothing by colour alone.
"""

import re
from html import escape

from hersteld.daemon.card.facts import CardFacts
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
_TRACE_TOP_PX, _TRACE_BOTTOM_PX = 94, 186
_SENTENCE_PX, _SENTENCE_STEP_PX, _MOST_LINES = 104, 36, 3
_TITLE_GAP_PX = 24
# Without a staircase the trace has the whole height.
_LOWEST_PX = HEIGHT_PX - MARGIN_PX
# Characters that no XML document may hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def svg_of(facts: CardFacts) -> str:
    """Return the picture as an SVG document of 720 by 360 px, which needs the typeface "Hersteld".

    Words that do not fit are shortened: first the text at the right is left out, then the title loses whole words.
    """
    parts = [*_head(facts), _above(facts)]
    if facts.staircase is not None:
        parts.append(drawn_staircase(facts.staircase))
    alternative = escape(_NOT_XML.sub("", facts.alternative), quote=False)
    paper = f'<rect x="1" y="1" width="{WIDTH_PX - 2}" height="{HEIGHT_PX - 2}" class="paper"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_PX} {HEIGHT_PX}" width="{WIDTH_PX}"'
        f' height="{HEIGHT_PX}" role="img"><title>{alternative}</title><style>{style_sheet()}</style>'
        f"{paper}{''.join(parts)}</svg>"
    )


def _head(facts: CardFacts) -> list[str]:
    title, right = drawable(facts.title), drawable(facts.right)
    parts = [text(MARGIN_PX, _TITLE_PX, shortened(title, TITLE, SPAN_PX), TITLE)]
    if width_px(title, TITLE) + _TITLE_GAP_PX + width_px(right, SMALL) <= SPAN_PX:
        parts.append(text(MARGIN_PX + SPAN_PX, _RIGHT_PX, right, SMALL, "end"))
    return parts


def _above(facts: CardFacts) -> str:
    """Return the cause and the trace, or the sentences that stand in their place."""
    if facts.trace is None:
        lines = [line for sentence in facts.sentences for line in wrapped(drawable(sentence), SENTENCE, SPAN_PX)][
            :_MOST_LINES
        ]
        heights_px = (_SENTENCE_PX + _SENTENCE_STEP_PX * place for place in range(_MOST_LINES))
        return "".join(text(MARGIN_PX, y_px, line, SENTENCE) for y_px, line in zip(heights_px, lines, strict=False))
    bottom_px = _LOWEST_PX if facts.staircase is None else _TRACE_BOTTOM_PX
    cause = text(MARGIN_PX, _CAUSE_PX, shortened(drawable(facts.cause), CAUSE, SPAN_PX), CAUSE)
    return cause + drawn_trace(facts.trace, _TRACE_TOP_PX, bottom_px)
