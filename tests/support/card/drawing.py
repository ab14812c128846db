"""What stands where in a picture? Read from its SVG, by its own style sheet."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from hersteld.daemon.card.fonts.widths import WIDTHS

_NS = "{http://www.w3.org/2000/svg}"
_LETTERING = re.compile(r"\.(\w+)\{font-size:(\d+)px;font-weight:(\d+)")
# How far signs reach above and below their base line, as a share of their size.
_ABOVE, _BELOW = 0.74, 0.22


@dataclass(frozen=True, slots=True)
class TextBox:
    """Words, their class, and the box they fill, in pixels of the picture."""

    words: str
    name: str
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "TextBox", gap_px: float = 3.0) -> bool:
        """Return whether two boxes overlap, or stand less than a gap beside each other."""
        return (
            self.left < other.right + gap_px
            and other.left < self.right + gap_px
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a class, in pixels of the picture."""

    name: str
    left: float
    top: float
    right: float
    bottom: float


def root_of(svg: str) -> ET.Element:
    """Return the document.

    Raises:
        ParseError: It is no XML.
    """
    return ET.fromstring(svg)


def texts_of(svg: str) -> list[TextBox]:
    """Return all words of a picture."""
    root = root_of(svg)
    style = root.findtext(f"{_NS}style") or ""
    sizes = {name: (int(size), int(weight)) for name, size, weight in _LETTERING.findall(style)}
    return [_text_box(element, *sizes[element.attrib["class"]]) for element in root.iter(f"{_NS}text")]


def boxes_of(svg: str, *names: str) -> list[Box]:
    """Return the rectangles of some classes, in the order in which they are painted."""
    found = (element for element in root_of(svg).iter(f"{_NS}rect") if element.attrib["class"] in names)
    return [_box(element) for element in found]


def lines_of(svg: str, name: str) -> list[str]:
    """Return the paths of a class."""
    return [one.attrib["d"] for one in root_of(svg).iter(f"{_NS}path") if one.attrib.get("class") == name]


def alternative_of(svg: str) -> str:
    """Return what the picture says to whom does not see it."""
    return root_of(svg).findtext(f"{_NS}title") or ""


def _text_box(element: ET.Element, size_px: int, weight: int) -> TextBox:
    words, x, y = element.text or "", float(element.attrib["x"]), float(element.attrib["y"])
    width = sum(WIDTHS[weight][sign] for sign in words) * size_px / 1000
    left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[element.attrib.get("text-anchor", "start")]
    return TextBox(words, element.attrib["class"], left, y - _ABOVE * size_px, left + width, y + _BELOW * size_px)


def _box(element: ET.Element) -> Box:
    x, y, width, height = (float(element.attrib[name]) for name in ("x", "y", "width", "height"))
    return Box(element.attrib["class"], x, y, x + width, y + height)
