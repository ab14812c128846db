"""To which local day does each night in a file belong?

To the date on which the wearer woke up, by the local time of the watch where the file says it, else by that of this
machine. What began in the evening is of the next morning, even if a file breaks off before midnight.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TypeVar

from hersteld.recovery.nights.merge import LONGEST_SLEEP_S, ONE_SLEEP, main_sleep, together
from hersteld.recovery.nights.record import NightReadings, NightRecord, Sleep, Variability
from hersteld.recovery.nights.reduce import HIGHEST_RMSSD_MS, MINUTES_OF_A_VALUE

MORNING = time(9)
EVENING = time(18)
"""A sleep that begins between them is one by day [H]."""
NAP_S = 3 * 3600
"""A sleep by day that is shorter is a nap [H]; who works at night sleeps longer."""
BED_TIME = time(20)
NIGHT_IS_OVER = time(5)
"""A resting heart rate is that of the night before, though its only time is that at which it was written down: at a
synchronisation, most often after a morning's training. By this time that night is taken to have ended [H]."""
NOON = time(12)
"""Where a file does not say when its wearer slept, beats between them are those of a night [H]."""
QUARTER_S = 900
FARTHEST_ZONE_S = 14 * 3600
_A_VALUE = timedelta(minutes=MINUTES_OF_A_VALUE)
_DAY = timedelta(days=1)
_Item = TypeVar("_Item")


def records_of(
    readings: NightReadings, *, arrived_at: datetime, zone: tzinfo, lowest_hr_bpm: float, highest_hr_bpm: float
) -> tuple[NightRecord, ...]:
    """Return what a file says of each local day, oldest first; nothing of a day of which it says nothing believable.

    Args:
        readings: Of the file.
        arrived_at: When the file came in, aware UTC.
        zone: Of this machine.
        lowest_hr_bpm, highest_hr_bpm: Between which a resting heart rate is believed.
    """
    local = _zone_of(readings, zone)
    sleeps = _sleeps(readings, local)
    variability = _variability(readings, sleeps, local)
    scores = _scores(readings, sleeps, local)
    believed = [one for one in readings.resting if lowest_hr_bpm <= one.bpm <= highest_hr_bpm]
    resting = _by_day(believed, lambda one: _day_that_ends(one.at, local))
    verdicts = _by_day(readings.verdicts, lambda one: _local(one.at, local).date())
    days = sorted({*sleeps, *variability, *scores, *resting, *verdicts})
    return tuple(
        NightRecord(
            day,
            readings.device,
            _woke_at(
                sleeps.get(day),
                variability.get(day),
                [one.at for one in verdicts.get(day, ())]
                + [min(one.at, _moment(day, NIGHT_IS_OVER, local)) for one in resting.get(day, ())],
                readings.created_at or arrived_at,
            ),
            arrived_at,
            resting=resting[day][-1] if day in resting else None,
            variability=variability.get(day),
            verdict=verdicts[day][-1] if day in verdicts else None,
            sleep=sleeps.get(day),
            score=scores.get(day),
        )
        for day in days
    )


def _woke_at(
    sleep: Sleep | None,
    variability: Variability | None,
    given_at: Sequence[datetime],
    written_at: datetime,
) -> datetime:
    """Return the end of the sleep, else of what was measured in it, else when the first value of the day was given.

    Args:
        given_at: When the values of the day were given, at the latest.
        written_at: When the file was written.
    """
    if sleep:
        return sleep.end
    if variability:
        return variability.end
    return min(given_at, default=written_at)


def _sleeps(readings: NightReadings, local: tzinfo) -> dict[date, Sleep]:
    """Return the sleep of each night, without naps."""
    whole = [one for one in readings.sleeps if one.end - one.begin <= timedelta(seconds=LONGEST_SLEEP_S)]
    by_day = _by_day(whole, lambda one: _day_of(one.begin, one.end, local))
    main = {day: main_sleep(some) for day, some in by_day.items()}
    return {day: sleep for day, sleep in main.items() if sleep and not _is_nap(sleep, local)}


def _is_nap(sleep: Sleep, local: tzinfo) -> bool:
    return sleep.asleep_s < NAP_S and MORNING <= _local(sleep.begin, local).time() < EVENING


def _variability(readings: NightReadings, sleeps: dict[date, Sleep], local: tzinfo) -> dict[date, Variability]:
    """Return the variability of each night: while the wearer slept, where the file says when that was."""
    by_day: dict[date, Sequence[Variability]] = {}
    if readings.sleeps:
        for day, sleep in sleeps.items():
            begin, end = sleep.begin - _A_VALUE, sleep.end + _A_VALUE
            by_day[day] = [one for one in readings.parts if begin <= one.begin and one.end <= end]
    else:
        for stretch in _stretches(one for one in readings.parts if one.pairs == 0 or _is_night(one, local)):
            day = _day_of(stretch[0].begin, stretch[-1].end, local)
            if len(stretch) > len(by_day.get(day, ())):  # the others are of naps
                by_day[day] = stretch
    found = {day: together(parts) for day, parts in by_day.items()}
    measured = {day: one for day, one in found.items() if one and 0 < one.rmssd_ms <= HIGHEST_RMSSD_MS}
    averages = {_local(one.end, local).date(): one for one in readings.averages}
    return averages | measured


def _stretches(parts: Iterable[Variability]) -> list[list[Variability]]:
    """Return parts, oldest first, that follow each other as those of one sleep do."""
    stretches: list[list[Variability]] = []
    for part in parts:
        if stretches and part.begin - stretches[-1][-1].end < ONE_SLEEP:
            stretches[-1].append(part)
        else:
            stretches.append([part])
    return stretches


def _is_night(part: Variability, local: tzinfo) -> bool:
    clock = _local(part.begin, local).time()
    return clock >= BED_TIME or clock < NOON


def _scores(readings: NightReadings, sleeps: dict[date, Sleep], local: tzinfo) -> dict[date, float]:
    """Return the score of each night. The last one is that of the last sleep in the file, the one before likewise.

    Where there are fewer scores than sleeps, the naps have none.
    """
    scores = readings.scores
    if not readings.sleeps:
        created_at = readings.created_at
        return {_day_of(created_at, created_at, local): scores[-1]} if scores and created_at else {}
    nights = {sleep: day for day, sleep in sleeps.items()}
    scored = [sleep for sleep in readings.sleeps if sleep in nights or len(scores) >= len(readings.sleeps)]
    pairs = zip(reversed(scored), reversed(scores), strict=False)
    return {nights[sleep]: score for sleep, score in pairs if sleep in nights}


def _by_day(values: Iterable[_Item], day_of: Callable[[_Item], date]) -> dict[date, list[_Item]]:
    by_day: defaultdict[date, list[_Item]] = defaultdict(list)
    for value in values:
        by_day[day_of(value)].append(value)
    return by_day


def _day_of(begin: datetime, end: datetime, local: tzinfo) -> date:
    """Return the local date of waking. What began in the evening and ends before midnight is the next morning's."""
    went, woke = _local(begin, local), _local(end, local)
    if went.date() == woke.date() and went.time() >= EVENING:
        return woke.date() + _DAY
    return woke.date()


def _day_that_ends(at: datetime, local: tzinfo) -> date:
    """Return the local date of a value of the day so far; at midnight it is that of the day that ends."""
    return _local(at - timedelta(seconds=1), local).date()


def _zone_of(readings: NightReadings, zone: tzinfo) -> tzinfo:
    """Return the zone of the watch when it wrote the file, or of this machine where the file does not say it."""
    offset_s = readings.utc_offset_s
    if offset_s is None:
        return zone
    quarters_s = round(offset_s / QUARTER_S) * QUARTER_S
    return timezone(timedelta(seconds=quarters_s)) if abs(quarters_s) <= FARTHEST_ZONE_S else zone


def _moment(day: date, at: time, local: tzinfo) -> datetime:
    return datetime.combine(day, at, tzinfo=local).astimezone(UTC)


def _local(at: datetime, local: tzinfo) -> datetime:
    return at.astimezone(local)
