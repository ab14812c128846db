"""How is the heart rate of a workout drawn? As an area whose height and colour both say how hard it was."""

from dataclasses import dataclass

from hersteld.daemon.card.facts import Trace
from hersteld.daemon.card.shapes import box, line, number
from hersteld.daemon.card.theme import MARGIN_PX, SPAN_PX, ZONES

# A stretch of one sample is drawn this wide, so that it is seen.
_LEAST_WIDTH_PX = 2.0


@dataclass(frozen=True, slots=True)
class _Scale:
    trace: Trace
    top_px: float
    bottom_px: float

    def x_px(self, at_s: float) -> float:
        return MARGIN_PX + SPAN_PX * min(max(at_s / self.trace.until_s, 0), 1)

    def y_px(self, bpm: float) -> float:
        floor, ceiling = self.trace.floor_bpm, self.trace.ceiling_bpm
        share = (min(max(bpm, floor), ceiling) - floor) / (ceiling - floor)
        return self.bottom_px - (self.bottom_px - self.top_px) * share


def drawn_trace(trace: Trace, top_px: float, bottom_px: float) -> str:
    """Return the heart rate between two heights; a gap stays a gap.

    A document can hold one trace only: its zones are cut by a path that has a name.

    Args:
        trace: With `until_s` above 0 and `floor_bpm` below `ceiling_bpm`.
        top_px, bottom_px: Where its ceiling and its floor lie.
    """
    scale = _Scale(trace, top_px, bottom_px)
    area = "".join(_outline(run, scale) for run in trace.runs if run)
    # From the top down, each reaching to the floor: so there is no seam between two zones.
    edges = (*trace.bounds_bpm, trace.ceiling_bpm)
    zones = (
        box(MARGIN_PX, scale.y_px(upper), SPAN_PX, bottom_px - scale.y_px(upper), zone)
        for zone, upper in reversed([*zip(ZONES, edges, strict=True)])
    )
    parts = [f'<clipPath id="trace"><path d="{area}"/></clipPath><g clip-path="url(#trace)">{"".join(zones)}</g>']
    parts.append(line(f"M{MARGIN_PX} {number(bottom_px + 0.5)}h{SPAN_PX}", "h"))
    threshold_bpm = trace.bounds_bpm[2]
    if trace.shows_threshold and trace.floor_bpm < threshold_bpm <= trace.ceiling_bpm:
        parts.append(line(f"M{MARGIN_PX} {number(scale.y_px(threshold_bpm))}h{SPAN_PX}", "l", dashes="2 5"))
    return "".join(parts)


def _outline(run: tuple[tuple[float, float], ...], scale: _Scale) -> str:
    points = [(scale.x_px(at_s), scale.y_px(bpm)) for at_s, bpm in run]
    if points[-1][0] - points[0][0] < _LEAST_WIDTH_PX:
        middle_px = (points[0][0] + points[-1][0]) / 2
        points = [(middle_px - _LEAST_WIDTH_PX / 2, points[0][1]), (middle_px + _LEAST_WIDTH_PX / 2, points[-1][1])]
    along = "L".join(f"{number(x_px)} {number(y_px)}" for x_px, y_px in points)
    bottom = number(scale.bottom_px)
    return f"M{number(points[0][0])} {bottom}L{along}L{number(points[-1][0])} {bottom}Z"
