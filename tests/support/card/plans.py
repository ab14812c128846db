"""Which facts may a picture be asked to show? Strategies for random ones, far beyond what workouts give."""

from hypothesis import strategies as st

from hersteld.daemon.card.facts import CardFacts, Label, Staircase, Trace
from tests.support.card.samples import BOUNDS_BPM

DAY_S, HOUR_S = 86_400.0, 3_600.0
_WHATS = (
    "easy from",
    "hard from",
    "anything from",
    "rustig vanaf",
    "hard vanaf",
    "alles vanaf",
    "vrije dag",
    "day off",
)
_WHENS = (
    "19:30",
    "Wed 08:00",
    "wo 08:00",
    "Sun 26 Apr",
    "zo 26 apr",
    "Wednesday",
    "donderdag",
    "Wednesday 23 December",
)
_DAYS = ("Mon", "Wed", "wo", "za", "1", "28")

names = st.text(max_size=120)
whats = st.sampled_from(_WHATS) | st.text(max_size=40)
whens = st.sampled_from(_WHENS) | st.text(max_size=40)


@st.composite
def staircases(draw: st.DrawFn) -> Staircase:
    """Return a staircase with one or two labels, of minutes to two months."""
    hard_s = draw(st.just(60.0) | st.floats(min_value=60, max_value=60 * DAY_S))
    easy_s = draw(st.sampled_from((0.0, hard_s)) | st.floats(min_value=0, max_value=hard_s))
    first_s = draw(st.just(easy_s) | st.floats(min_value=0, max_value=easy_s))
    says_hard = draw(st.booleans())
    labels = [Label(hard_s if says_hard else max(60.0, easy_s), draw(whats), draw(whens))]
    if draw(st.booleans()):
        labels.insert(0, Label(first_s, draw(whats), draw(whens)))
    midnight_s = draw(st.floats(min_value=-DAY_S, max_value=0))
    starts = [midnight_s + DAY_S * day for day in range(int(3 * hard_s / DAY_S) + 3)]
    has_nights = hard_s < 5 * DAY_S
    return Staircase(
        easy_s=easy_s,
        hard_s=hard_s if says_hard else None,
        labels=tuple(labels),
        rest=draw(st.sampled_from(("", "rest", "rust"))),
        days=tuple((start_s, draw(st.sampled_from(_DAYS))) for start_s in starts),
        nights=tuple((start_s - 2 * HOUR_S, start_s + 7 * HOUR_S) for start_s in starts) if has_nights else (),
        start="Wed 17:00",
        has_ticks=not has_nights,
    )


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    """Return a trace of a few stretches."""
    until_s = draw(st.floats(min_value=60, max_value=40 * HOUR_S))
    beats = st.floats(min_value=30, max_value=230)
    shares = draw(st.lists(st.tuples(st.floats(min_value=0, max_value=1), beats), min_size=1, max_size=12))
    points = [(until_s * share, bpm) for share, bpm in sorted(shares)]
    cut = draw(st.integers(min_value=1, max_value=len(points)))
    runs = tuple(tuple(run) for run in (points[:cut], points[cut:]) if run)
    return Trace(runs, until_s, BOUNDS_BPM, 98.0, draw(st.floats(min_value=99, max_value=230)), draw(st.booleans()))


def facts() -> st.SearchStrategy[CardFacts]:
    """Return facts of any kind."""
    return st.builds(
        CardFacts,
        title=names,
        right=st.sampled_from(("", "load 168, grade B", "belasting 1.068, B")) | st.text(max_size=30),
        cause=names,
        sentences=st.lists(names, max_size=2).map(tuple),
        trace=st.none() | traces(),
        staircase=st.none() | staircases(),
        alternative=st.text(max_size=60),
    )
