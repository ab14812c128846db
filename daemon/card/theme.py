"""How large is the picture, which colours and which kinds of words has it?

The shapes carry classes; only this style sheet knows colours. There is one theme, the dark one, as a picture cannot
follow the reader's. Luminance rises from zone 1 to 5, so the zones differ in grey and for every kind of colour vision.
One colour is warm, that of the minutes above the threshold; nothing is red or green.
"""

from dataclasses import dataclass

WIDTH_PX, HEIGHT_PX = 720, 360
MARGIN_PX = 28
SPAN_PX = WIDTH_PX - 2 * MARGIN_PX

PAPER, INK, MUTED, LINE = "#18222B", "#F1EEE6", "#A8B5BE", "#33414B"
ZONES = {"z1": "#31444F", "z2": "#4A6A80", "z3": "#6F96AC", "z4": "#F7B55C", "z5": "#FFF1D6"}
STEPS = {"rest": "#8A99A4", "easy": "#4F7F99", "hard": "#BBDDEE"}
NIGHT = "#0B1116"


@dataclass(frozen=True, slots=True)
class Lettering:
    """One kind of words.

    Attributes:
        name: Its class in the style sheet.
        size_px: The size of the type.
        weight: 400 or 700.
        colour: What it is filled with.
    """

    name: str
    size_px: int
    weight: int
    colour: str


TITLE = Lettering("t", 30, 700, INK)
MOMENT = Lettering("b", 38, 700, INK)
SMALLER_MOMENT = Lettering("c", 28, 700, INK)
CAUSE = Lettering("i", 20, 400, INK)
SENTENCE = Lettering("q", 26, 400, INK)
SMALL = Lettering("s", 20, 400, MUTED)
LETTERINGS = (TITLE, MOMENT, SMALLER_MOMENT, CAUSE, SENTENCE, SMALL)


def style_sheet() -> str:
    """Return the style sheet of the picture, in which every class of a shape has its literal colour."""
    words = (
        f".{each.name}{{font-size:{each.size_px}px;font-weight:{each.weight};fill:{each.colour}}}"
        for each in LETTERINGS
    )
    shapes = (f".{name}{{fill:{colour}}}" for name, colour in {**ZONES, **STEPS, "night": NIGHT}.items())
    return (
        f"text{{font-family:Hersteld}}{''.join(words)}{''.join(shapes)}"
        f".paper{{fill:{PAPER};stroke:{LINE};stroke-width:2}}"
        f".l{{stroke:{MUTED};stroke-width:1.5;fill:none}}.h{{stroke:{LINE};stroke-width:1.5;fill:none}}"
    )
