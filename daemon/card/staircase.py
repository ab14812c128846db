"""How is recovery drawn? As a staircase: a line for rest, half the height for easy, all of it for hard training.

Time runs linearly to the right. The axis ends where the last label, which begins at its step, still fits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hersteld.daemon.card.facts import Label, Staircase
from hersteld.daemon.card.shapes import box, line, number, text
from hersteld.daemon.card.theme import MARGIN_PX, MOMENT, SMALL, SMALLER_MOMENT, SPAN_PX, Lettering
from hersteld.daemon.card.words import drawable, shortened, width_px

_WHAT_PX, _WHEN_PX, _DAYS_PX = 217, 254, 343  # base lines
_TOP_PX, _HEIGHT_PX = 272, 44
_BOTTOM_PX = _TOP_PX + _HEIGHT_PX
_REST_HEIGHT_PX = 5
_NIGHT_OVERHANG_PX = 6
_TICK_PX = 6
_UNDERLINE_PX = 265
# The large figures have more room at their left side than the small letters above them.
_OPTICAL_PX = 2
_LABEL_GAP_PX = 24
_WORD_GAP_PX = 16
_DAY_GAP_PX = 6
_DAY_STEPS = (1, 2, 7, 14, 28)
_MOST_X_PX = MARGIN_PX + SPAN_PX
_RIGHT_PX = 8
# So wide is the last step at least, and so much of the axis do labels take at most.
_LEAST_LAST_PX = 120
_MOST_LAST_PX = 0.6 * SPAN_PX
# Who waits no longer than this may do it now, and sees the day that begins: the step is all of the axis.
_NOW_S, _DAY_S = 60.0, 86_400.0


@dataclass(frozen=True, slots=True)
class _Axis:
    """Time from the end of the workout to `end_s`, over the width of the picture."""

    end_s: float

    def x_px(self, at_s: float) -> float:
        return MARGIN_PX + SPAN_PX * min(max(at_s / self.end_s, 0), 1)


@dataclass(frozen=True, slots=True)
class _Label:
    at_s: float
    what: str
    when: str
    moment: Lettering

    @property
    def room_px(self) -> float:
        """How wide the label is, of which the larger words begin a little to the left."""
        return max(width_px(self.what, SMALL), width_px(self.when, self.moment) - _OPTICAL_PX)


def drawn_staircase(staircase: Staircase) -> str:
    """Return nights, steps, labels and days."""
    if staircase.labels[-1].at_s <= _NOW_S:
        labels, axis = _fitting(staircase.labels[-1:]), _Axis(_DAY_S)
    else:
        labels = _fitting(staircase.labels)
        axis = _Axis(labels[-1].at_s * SPAN_PX / (SPAN_PX - _last_step_px(labels)))
    return (
        _nights(staircase, axis)
        + _steps(staircase, axis)
        + _drawn_labels(labels, drawable(staircase.rest), axis)
        + _days(staircase, axis)
    )


def _fitting(named: Sequence[Label]) -> list[_Label]:
    """Return the labels in the largest type in which they fit beside each other, shortened where none does."""
    found = [(label.at_s, drawable(label.what), drawable(label.when)) for label in named]
    for moment in (MOMENT, SMALLER_MOMENT):
        labels = [_Label(*parts, moment) for parts in found]
        last_px = _last_step_px(labels)
        others_px = sum(label.room_px + _LABEL_GAP_PX for label in labels[:-1])
        if last_px <= _MOST_LAST_PX and others_px + last_px <= SPAN_PX:
            return labels
    most_px = (SPAN_PX - _LABEL_GAP_PX - _RIGHT_PX) / 2
    return [
        _Label(at_s, shortened(what, SMALL, most_px), shortened(when, SMALLER_MOMENT, most_px), SMALLER_MOMENT)
        for at_s, what, when in found
    ]


def _last_step_px(labels: Sequence[_Label]) -> float:
    """Return how wide the last step is: as its label, and never so narrow that it is not seen as one."""
    return max(labels[-1].room_px, _LEAST_LAST_PX) + _RIGHT_PX


def _nights(staircase: Staircase, axis: _Axis) -> str:
    edges_px = ((axis.x_px(from_s), axis.x_px(to_s)) for from_s, to_s in staircase.nights)
    top_px, height_px = _TOP_PX - _NIGHT_OVERHANG_PX, _HEIGHT_PX + _NIGHT_OVERHANG_PX
    return "".join(box(from_px, top_px, to_px - from_px, height_px, "night") for from_px, to_px in edges_px)


def _steps(staircase: Staircase, axis: _Axis) -> str:
    easy_px, end_px = axis.x_px(staircase.easy_s), MARGIN_PX + SPAN_PX
    hard_px = end_px if staircase.hard_s is None else axis.x_px(staircase.hard_s)
    half_px = _HEIGHT_PX / 2
    return (
        box(MARGIN_PX, _BOTTOM_PX - _REST_HEIGHT_PX, easy_px - MARGIN_PX, _REST_HEIGHT_PX, "rest")
        + box(easy_px, _BOTTOM_PX - half_px, hard_px - easy_px, half_px, "easy")
        + box(hard_px, _TOP_PX, end_px - hard_px, _HEIGHT_PX, "hard")
    )


def _drawn_labels(labels: list[_Label], rest: str, axis: _Axis) -> str:
    """Return the labels, each where its step begins; the first one moves left rather than touch the second.

    A label that has moved is held to its step by a line.
    """
    parts: list[str] = []
    limit_px: float = MARGIN_PX + SPAN_PX + _LABEL_GAP_PX
    for label in reversed(labels):
        at_px = axis.x_px(label.at_s)
        x_px = max(MARGIN_PX, min(at_px, limit_px - _LABEL_GAP_PX - label.room_px))
        if x_px < at_px - 0.5:
            parts.append(_hold(x_px, x_px + label.room_px, at_px))
        parts.append(text(x_px, _WHAT_PX, label.what, SMALL))
        parts.append(text(x_px - _OPTICAL_PX, _WHEN_PX, label.when, label.moment))
        limit_px = x_px
    if rest and limit_px - MARGIN_PX > width_px(rest, SMALL) + _WORD_GAP_PX:
        parts.append(text(MARGIN_PX, _WHAT_PX, rest, SMALL))
    return "".join(parts)


def _hold(left_px: float, right_px: float, at_px: float) -> str:
    """Return the line from a label that has moved left to its step; it underlines one that has moved far."""
    begin = (
        f"M{number(left_px)} {_UNDERLINE_PX}H{number(at_px)}"
        if at_px > right_px
        else f"M{number(at_px)} {_UNDERLINE_PX}"
    )
    return line(f"{begin}V{number(_TOP_PX + _HEIGHT_PX / 2)}", "l")


def _days(staircase: Staircase, axis: _Axis) -> str:
    """Return the names of the days under the steps, each in the middle of its own.

    Where the days are too many for their names, only every n-th has one, among them the day of the last step.
    """
    days = [(from_s, drawable(name)) for from_s, name in staircase.days if from_s < axis.end_s]
    if len(days) < 2:
        return text(MARGIN_PX, _DAYS_PX, drawable(staircase.start), SMALL)
    edges_px = [axis.x_px(from_s) for from_s, _ in days] + [axis.x_px(axis.end_s)]
    parts = []
    if staircase.has_ticks:
        parts = [line(f"M{number(x_px)} {_BOTTOM_PX}v{_TICK_PX}", "h") for x_px in edges_px[1:-1]]
    day_px = max(right_px - left_px for left_px, right_px in pairwise(edges_px))
    widest_px = max(width_px(name, SMALL) for _, name in days) + _DAY_GAP_PX
    every = next((step for step in _DAY_STEPS if step * day_px >= widest_px), len(days))
    last_step = sum(from_s <= staircase.labels[-1].at_s for from_s, _ in days) - 1
    for place, ((left_px, right_px), (_, name)) in enumerate(zip(pairwise(edges_px), days, strict=True)):
        middle_px, half_px = (left_px + right_px) / 2, width_px(name, SMALL) / 2
        fits = right_px - left_px >= 2 * half_px + _DAY_GAP_PX
        if every > 1:  # wider than its day, but there is room beside it
            fits = (place - last_step) % every == 0 and MARGIN_PX <= middle_px - half_px <= _MOST_X_PX - 2 * half_px
        if fits:
            parts.append(text(middle_px, _DAYS_PX, name, SMALL, "middle"))
    return "".join(parts)
