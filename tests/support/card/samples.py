"""Facts to draw, as `hersteld.daemon.picture` finds them: one set for each kind of picture, in both languages."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from hersteld.daemon.card.facts import CardFacts, Label, Staircase, Trace
from tests.support.card.heart_rates import Samples, even_run, hard_ride, marathon, runs_of

LANGUAGES = ("en", "nl")
BOUNDS_BPM = (111.0, 134.0, 166.0, 175.0)  # 40 and 60 % of reserve, the threshold, 90 % of reserve
DAYS = {"en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "nl": ("ma", "di", "wo", "do", "vr", "za", "zo")}
_EASY = {"en": "easy from", "nl": "rustig vanaf"}
_HARD = {"en": "hard from", "nl": "hard vanaf"}
_REST = {"en": "rest", "nl": "rust"}


def _at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def trace_of(samples: Samples, *, shows_threshold: bool = True) -> Trace:
    """Return a trace of samples (s, beats per minute)."""
    highest_bpm = max(bpm for _, bpm in samples)
    ceiling_bpm = max(BOUNDS_BPM[-1] + 6, highest_bpm)
    return Trace(runs_of(samples), samples[-1][0], BOUNDS_BPM, 98.0, ceiling_bpm, shows_threshold)


def staircase_of(
    end: datetime,
    easy: datetime,
    hard: datetime,
    labels: tuple[tuple[datetime, str, str], ...],
    language: str,
    *,
    rests: bool = True,
) -> Staircase:
    """Return a staircase in a place where the clocks never change.

    Args:
        end: When the workout ended.
        easy, hard: From when the athlete may train easily, and hard.
        labels: When, what and the moment in words.
        language: "en" or "nl".
        rests: Whether it says "rest".
    """

    def after_s(moment: datetime) -> float:
        return (moment - end).total_seconds()

    midnight = end.replace(hour=0, minute=0)
    count = 3 * (hard - end) // timedelta(days=1) + 2
    days = [midnight + timedelta(days=day) for day in range(count)]
    by_date = hard - end > timedelta(days=5)
    nights = [] if by_date else [(day - timedelta(hours=2), day + timedelta(hours=7)) for day in days]
    return Staircase(
        easy_s=after_s(easy),
        hard_s=after_s(hard),
        labels=tuple(Label(after_s(at), what, when) for at, what, when in labels),
        rest=_REST[language] if rests else "",
        days=tuple((after_s(day), str(day.day) if by_date else DAYS[language][day.weekday()]) for day in days),
        nights=tuple((after_s(begin), after_s(until)) for begin, until in nights if until > end),
        start=f"{DAYS[language][end.weekday()]} {end:%H:%M}",
        has_ticks=by_date,
    )


def two_steps(end: datetime, easy: datetime, hard: datetime, language: str) -> Staircase:
    """Return a staircase with "easy from Wed 08:00" and "hard from Thu 10:00"."""

    def moment(at: datetime) -> str:
        return f"{DAYS[language][at.weekday()]} {at:%H:%M}"

    labels = ((easy, _EASY[language], moment(easy)), (hard, _HARD[language], moment(hard)))
    return staircase_of(end, easy, hard, labels, language)


def ride(language: str) -> CardFacts:
    """Return a hard ride with two steps."""
    title, right, cause, alternative = {
        "en": (
            "Hard ride, 2 h 04",
            "load 168, grade B",
            "24 min above threshold",
            "Hard ride, 2 h 04: 24 min above threshold. Easy from Wednesday 08:00, hard from Thursday 10:00.",
        ),
        "nl": (
            "Zware rit, 2 u 04",
            "belasting 168, B",
            "24 min boven je drempel",
            "Zware rit, 2 u 04: 24 minuten boven je drempel. Rustig vanaf woensdag 08:00, hard vanaf donderdag 10:00.",
        ),
    }[language]
    steps = two_steps(_at(6, 9, 17), _at(6, 10, 8), _at(6, 11, 10), language)
    return CardFacts(title, right, cause, (), trace_of(hard_ride()), steps, alternative)


def easy_run(language: str) -> CardFacts:
    """Return a light run after which anything may be done the same evening."""
    end, ready = _at(6, 9, 12, 10), _at(6, 9, 19, 30)
    title, right, cause, what = {
        "en": ("Light run, 40 min", "load 31, grade B", "all below threshold", "anything from"),
        "nl": ("Lichte hardlooptraining, 40 min", "belasting 31, B", "steeds onder je drempel", "alles vanaf"),
    }[language]
    steps = staircase_of(end, ready, ready, ((ready, what, "19:30"),), language)
    return CardFacts(title, right, cause, (), trace_of(even_run(40, 128, 2)), steps, f"{title}: {what} 19:30.")


def strength(language: str) -> CardFacts:
    """Return a workout without a heart rate, with the question in the place of the trace."""
    title, right, cause, question = {
        "en": (
            "Strength session, 52 min",
            "load 52, grade D",
            "Estimated from its length only.",
            "How hard was it, 1 to 10?",
        ),
        "nl": (
            "Krachttraining, 52 min",
            "belasting 52, D",
            "Geschat op de duur alleen.",
            "Hoe zwaar was het, van 1 tot 10?",
        ),
    }[language]
    steps = two_steps(_at(6, 10, 19, 22), _at(6, 11, 19, 30), _at(6, 12, 19, 30), language)
    return CardFacts(title, right, "", (cause, question), None, steps, f"{title}: {cause} {question}")


def long_race(language: str) -> CardFacts:
    """Return a marathon, with dates and without nights."""
    title, right, cause, easy, hard = {
        "en": ("Marathon, 3 h 38", "load 306, grade B", "42.2 km: an easy week", "Sun 26 Apr", "Sun 3 May"),
        "nl": ("Marathon, 3 u 38", "belasting 306, B", "42,2 km: een rustige week", "zo 26 apr", "zo 3 mei"),
    }[language]
    end, easy_at, hard_at = _at(4, 19, 13, 40), _at(4, 26), _at(5, 3)
    labels = ((easy_at, _EASY[language], easy), (hard_at, _HARD[language], hard))
    steps = staircase_of(end, easy_at, hard_at, labels, language)
    return CardFacts(title, right, cause, (), trace_of(marathon()), steps, f"{title}: {cause}.")


def beginner(language: str) -> CardFacts:
    """Return a beginner's run: no load, no grade, and a day off."""
    title, cause, off, free_day, again, ready_day = {
        "en": ("Run, 32 min", "You get fitter on the day off", "day off", "Wednesday", "train again", "Thursday"),
        "nl": (
            "Hardlooptraining, 32 min",
            "Fitter word je op je vrije dag",
            "vrije dag",
            "woensdag",
            "weer trainen",
            "donderdag",
        ),
    }[language]
    end, ready = _at(6, 9, 18, 40), _at(6, 11, 7)
    labels = ((_at(6, 10), off, free_day), (ready, again, ready_day))
    steps = staircase_of(end, ready, ready, labels, language, rests=False)
    trace = trace_of(even_run(32, 142, 7), shows_threshold=False)
    return CardFacts(title, "", cause, (), trace, steps, f"{title}: {cause}.")


KINDS = {"hard-ride": ride, "easy-run": easy_run, "strength": strength, "marathon": long_race, "beginner": beginner}


def each() -> Iterator[tuple[str, CardFacts]]:
    """Yield all facts, each with a name such as "hard-ride-nl"."""
    for name, kind in KINDS.items():
        for language in LANGUAGES:
            yield f"{name}-{language}", kind(language)
