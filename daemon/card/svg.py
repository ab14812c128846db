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
_TITLE_TOP_PX = 32
_TRACE_TOP_PX, _TRACE_BOTTOM_PX = 94, 186
_SENTENCE_PX, _SENTENCE_STEP_PX, _MOST_LINES = 104, 36, 3
_TITLE_GAP_PX = 24
# Characters that no XML document may hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def svg_of(facts: CardFacts) -> str:
    """Return the picture as an SVG document of 720 by 360 px, which needs the typeface "Hersteld".

    Words that do not fit are shortened: first the text at the right is left out, then the title loses whole words.
    """
    sentences = [] if facts.trace is not None else _sentences(facts)
    # With neither a trace nor a staircase the words stand in the middle.
    down_px = _to_middle_px(len(sentences)) if facts.trace is None and facts.staircase is None else 0
    parts = [_title(facts, down_px)]
    parts += [
        text(MARGIN_PX, _SENTENCE_PX + _SENTENCE_STEP_PX * place + down_px, sentence, SENTENCE)
        for place, sentence in enumerate(sentences)
    ]
    if facts.trace is not None:
        parts.append(text(MARGIN_PX, _CAUSE_PX, shortened(drawable(facts.cause), CAUSE, SPAN_PX), CAUSE))
        alone = facts.staircase is None
        bottom_px = HEIGHT_PX - MARGIN_PX if alone else _TRACE_BOTTOM_PX
        parts.append(drawn_trace(facts.trace, _TRACE_TOP_PX, bottom_px))
    if facts.staircase is not None:
        parts.append(drawn_staircase(facts.staircase))
    alternative = escape(_NOT_XML.sub("", facts.alternative), quote=False)
    paper = f'<rect x="1" y="1" width="{WIDTH_PX - 2}" height="{HEIGHT_PX - 2}" class="paper"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_PX} {HEIGHT_PX}" width="{WIDTH_PX}"'
        f' height="{HEIGHT_PX}" role="img"><title>{alternative}</title><style>{style_sheet()}</style>'
        f"{paper}{''.join(parts)}</svg>"
    )


def _title(facts: CardFacts, down_px: float) -> str:
    title, right = drawable(facts.title), drawable(facts.right)
    drawn = text(MARGIN_PX, _TITLE_PX + down_px, shortened(title, TITLE, SPAN_PX), TITLE)
    if width_px(title, TITLE) + _TITLE_GAP_PX + width_px(right, SMALL) > SPAN_PX:
        return drawn
    return drawn + text(MARGIN_PX + SPAN_PX, _RIGHT_PX + down_px, right, SMALL, "end")


def _sentences(facts: CardFacts) -> list[str]:
    """Return the lines that stand in the place of a trace."""
    lines: list[str] = []
    for sentence in filter(None, map(drawable, (facts.cause, *facts.sentences))):
        lines += wrapped(sentence, SENTENCE, SPAN_PX, _MOST_LINES - len(lines))
    return lines


def _to_middle_px(line_count: int) -> float:
    """Return how far down the title and lines under it stand in the middle of the height."""
    last_px = _SENTENCE_PX + _SENTENCE_STEP_PX * (line_count - 1) if line_count else _TITLE_PX
    return (HEIGHT_PX - _TITLE_TOP_PX - last_px) / 2
