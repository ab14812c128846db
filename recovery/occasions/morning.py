"""May I train hard today, and why? The word of the morning, in at most three lines.

It is said only when it is news: who hears the same every morning reads nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from hersteld.parsers.line import Line, Value
from hersteld.recovery.athlete.regions import others, region
from hersteld.recovery.messages.draft import Draft, MessageKind, ToldReadiness
from hersteld.recovery.occasions.verdict import LeftToRest, Verdict
from hersteld.recovery.rules import Rules

NightSign = Literal["rmssd_low", "resting_hr_high", "hrv_low", "recovered"]
"""What a night shows; "hrv_low" by the watch's own verdict."""

_ONE_DAY = timedelta(days=1)
_NAMED_FOR = timedelta(weeks=1) - _ONE_DAY
"""For so long the weekday tells which workout is meant."""
_MAY_MOVE = frozenset({"ready", "easy", "careful_now", "beginner_now", "easy_week", "muscles_now"})
"""The verdicts with which some training is fine now."""
_TELLS_NO_HARD = frozenset({"careful", "careful_now", "beginner_easy"})
_RESTED = frozenset({"ready", "beginner_now"})
_TEXTS = {
    "ready": "morning_ready",
    "easy": "morning_easy",
    "rest": "morning_rest",
    "rest_day": "morning_rest_day",
    "beginner": "morning_beginner",
    "beginner_easy": "morning_beginner_easy",
    "beginner_now": "morning_beginner_now",
    "careful": "morning_careful",
    "careful_now": "morning_careful_now",
    "long_run": "morning_long_run",
    "easy_week": "morning_easy_week",
    "muscles": "morning_muscles",
    "muscles_now": "morning_muscles_now",
}
_SIGNS: dict[frozenset[NightSign], str] = {
    frozenset({"rmssd_low"}): "morning_rmssd_low",
    frozenset({"resting_hr_high"}): "morning_resting_hr_high",
    frozenset({"rmssd_low", "resting_hr_high"}): "morning_rmssd_low_resting_hr_high",
    frozenset({"hrv_low"}): "morning_hrv_low",
    frozenset({"recovered"}): "morning_recovered",
}


@dataclass(frozen=True, slots=True)
class RestedFrom:
    """The workout that asks for the rest.

    Attributes:
        ended_at: Aware UTC.
        sport: A word of the list of sports.
        effort: "hard", "very_hard", or None for less.
    """

    ended_at: datetime
    sport: str
    effort: str | None


@dataclass(frozen=True, slots=True)
class LastNight:
    """What the morning word says of the night before it.

    Attributes:
        sleep_s: Seconds asleep; None where nobody knows.
        signs: What it shows, compared with what is usual.
    """

    sleep_s: float | None = None
    signs: tuple[NightSign, ...] = ()

    @property
    def statement(self) -> str:
        """What it shows, in a form in which two mornings can be compared."""
        return ",".join(sorted(self.signs))


@dataclass(frozen=True, slots=True)
class LastTold:
    """What somebody was told last of readiness, and when, aware UTC."""

    at: datetime
    told: ToldReadiness


def morning(
    now_true: Verdict,
    left: LeftToRest,
    rested_from: RestedFrom | None,
    night: LastNight | None,
    *,
    at: datetime,
    until: datetime,
    zone: tzinfo,
    doctor_decides: bool = False,
    is_told_ready: bool = False,
) -> Draft | None:
    """Return the word of a morning; None where nobody knows when the athlete is ready, or where nothing is left to say.

    Args:
        now_true: What holds when it is read.
        left: What it follows from.
        night: The night before; None without one.
        at, until: When it is read, and until when it is of use; aware UTC.
        zone: The athlete's time zone.
        doctor_decides: Whether a doctor decides about hard training.
        is_told_ready: Whether another message says this very morning that the rest is over, or that easier days are
            due, so that only the night is left to speak of, without advice that could contradict.
    """
    if now_true.name == "unknown":
        return None
    lines = [] if is_told_ready else [_verdict_line(now_true, left, at, zone)]
    doctor = now_true.name == "careful_now" and doctor_decides and left.ready_at is not None and left.ready_at <= at
    why = Line("ready_careful") if doctor else _why(now_true, rested_from, at, zone)
    if lines and why is not None:
        lines.append(why)
    if night is not None and (line := _night_line(now_true, night, with_advice=not is_told_ready)) is not None:
        lines.append(line)
    if not lines:
        return None
    return Draft(
        MessageKind.MORNING, MessageKind.MORNING, at, until, Line("title_morning"), tuple(lines), told=_told(now_true)
    )


def is_news(
    now_true: Verdict,
    night: LastNight | None,
    *,
    at: datetime,
    last: LastTold | None,
    told_of_night: str,
    rules: Rules,
    zone: tzinfo,
) -> bool:
    """Return whether the word of a morning says more than somebody was told last.

    Args:
        last: What was told last of readiness; None for nothing.
        told_of_night: What was said of this night already, or of the one before on its morning; see `LastNight`.
        zone: The athlete's time zone.
    """
    if night is not None and set(night.signs) - {"recovered"} and night.statement != told_of_night:
        return True
    if last is None:
        return True
    pairs = [(now_true.easy_from, last.told.easy_from)]
    if now_true.name not in _TELLS_NO_HARD:
        pairs.append((now_true.ready_at, last.told.ready_at))
    known = [(holds, told) for holds, told in pairs if holds is not None and told is not None]
    near = timedelta(hours=float(rules.messages.correct_from_h))
    if not known or any(abs(max(holds, at) - max(told, at)) >= near for holds, told in known):
        return True
    # What was told a while ago comes true today.
    today = at.astimezone(zone).date()
    return last.at <= at - _ONE_DAY and any(_is_on(holds, today, zone) for holds, _ in pairs)


def _verdict_line(now_true: Verdict, left: LeftToRest, at: datetime, zone: tzinfo) -> Line:
    values: dict[str, Value] = {}
    for name in ("easy_from", "ready_at", "ready_other_at", "day"):
        value = getattr(now_true, name)
        if value is not None:
            values[name] = value
    if left.resting_muscles:
        values |= {"region": region(left.resting_muscles), "others": others(left.resting_muscles)}
    today = at.astimezone(zone).date()
    text_id = _TEXTS[now_true.name]
    if now_true.name == "easy" and _is_on(now_true.ready_at, today, zone):
        text_id = "morning_easy_until"
    if now_true.name == "rest" and _is_on(now_true.easy_from, today, zone):
        text_id = "morning_rest_until"
    return Line(text_id, values)


def _is_on(moment: datetime | None, day: date, zone: tzinfo) -> bool:
    return moment is not None and moment.astimezone(zone).date() == day


def _why(now_true: Verdict, rested_from: RestedFrom | None, at: datetime, zone: tzinfo) -> Line | None:
    """Return which workout the verdict follows from; None where that is long ago, or says nothing."""
    if rested_from is None or rested_from.effort is None or now_true.name == "careful_now":
        return None
    days = (at.astimezone(zone).date() - rested_from.ended_at.astimezone(zone).date()).days
    if at - rested_from.ended_at > _NAMED_FOR or days < 1:
        return None
    values: dict[str, Value] = {
        "effort": rested_from.effort,
        "sport": rested_from.sport,
        "on": rested_from.ended_at.astimezone(zone).date(),
    }
    if now_true.name in _RESTED:
        return Line("morning_rested_from", values)
    return Line("morning_because_yesterday" if days == 1 else "morning_because", values)


def _night_line(now_true: Verdict, night: LastNight, *, with_advice: bool) -> Line | None:
    """Return what there is to say of a night.

    Args:
        with_advice: Whether to advise for the day; not beside another message of this morning that does.
    """
    sign = _SIGNS.get(frozenset(night.signs))
    if night.sleep_s is None and sign is None:
        return None
    slept = () if night.sleep_s is None else (Line("morning_slept", {"sleep_s": night.sleep_s}),)
    is_poor = sign is not None and "recovered" not in night.signs
    advice = (Line("morning_if_felt"),) if with_advice and is_poor and now_true.name in _MAY_MOVE else ()
    return Line("morning_night", {"slept": slept, "sign": () if sign is None else (Line(sign),), "advice": advice})


def _told(now_true: Verdict) -> ToldReadiness:
    return ToldReadiness(now_true.easy_from, None if now_true.name in _TELLS_NO_HARD else now_true.ready_at)
