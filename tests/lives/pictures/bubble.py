"""How does a message with its picture look on a phone? Drawn for README from what a life was told."""

from html import escape

from hersteld.daemon.card.facts import CardFacts
from hersteld.daemon.card.svg import svg_of
from hersteld.daemon.card.theme import Lettering
from hersteld.daemon.card.words import drawable, wrapped
from tests.lives.life import ZONE
from tests.lives.play import Happened

_WIDTH_PX, _MARGIN_PX, _CORNER_PX = 720, 28, 28
_SPAN_PX = _WIDTH_PX - 2 * _MARGIN_PX
_PAPER, _INK, _MUTED, _EDGE = "#FAF9F5", "#1B242B", "#55626B", "#D9D7CF"
_APP = Lettering("app", 18, 400, _MUTED)
_TITLE = Lettering("title", 25, 700, _INK)
_BODY = Lettering("body", 21, 400, _INK)
_STEP_PX, _BETWEEN_PX = 29, 10


def bubble(message: Happened, picture: CardFacts) -> str:
    """Return a message as an SVG document, 720 px wide: who sent it, when, its title, its lines and its picture."""
    parts = [_said(48, "hersteld", _APP), _said(48, f"{message.at.astimezone(ZONE):%H:%M}", _APP, at_end=True)]
    y_px = 88
    parts.append(_said(y_px, drawable(message.title), _TITLE))
    y_px += 8
    for line in message.body.splitlines():
        for part in wrapped(drawable(line), _BODY, _SPAN_PX):
            y_px += _STEP_PX
            parts.append(_said(y_px, part, _BODY))
        y_px += _BETWEEN_PX
    y_px += 12
    height_px = _SPAN_PX // 2
    inner = svg_of(picture).replace("<svg ", f'<svg x="{_MARGIN_PX}" y="{y_px}" ', 1)
    inner = inner.replace('width="720" height="360"', f'width="{_SPAN_PX}" height="{height_px}"', 1)
    whole_px = y_px + height_px + _MARGIN_PX
    paper = (
        f'<rect x="1" y="1" width="{_WIDTH_PX - 2}" height="{whole_px - 2}" rx="{_CORNER_PX}"'
        f' fill="{_PAPER}" stroke="{_EDGE}" stroke-width="2"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH_PX} {whole_px}" width="{_WIDTH_PX}"'
        f' height="{whole_px}" role="img"><title>{escape(message.title)}</title>{paper}{"".join(parts)}{inner}</svg>'
    )


def _said(y_px: float, words: str, lettering: Lettering, *, at_end: bool = False) -> str:
    x_px, anchor = (_WIDTH_PX - _MARGIN_PX, "end") if at_end else (_MARGIN_PX, "start")
    return (
        f'<text x="{x_px}" y="{y_px}" text-anchor="{anchor}" font-family="Hersteld" font-size="{lettering.size_px}"'
        f' font-weight="{lettering.weight}" fill="{lettering.colour}">{escape(words, quote=False)}</text>'
    )
