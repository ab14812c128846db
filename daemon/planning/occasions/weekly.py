"""What is said of a week, by what is stored?"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from statistics import fmean

from hersteld.config.settings import Settings, WeekTime
from hersteld.daemon.database.connection import Store
from hersteld.daemon.planning.occasions.occasion import Due, Word
from hersteld.daemon.planning.occasions.times import daily, moment_of
from hersteld.daemon.store.days import nights_between
from hersteld.daemon.store.planned import count_sessions
from hersteld.daemon.store.summaries import StoredWorkout, Summaries
from hersteld.daemon.system.clock import Clock, from_iso
from hersteld.recovery.athlete.sport_families import word_of
from hersteld.recovery.messages.draft import MessageKind
from hersteld.recovery.occasions.weekly import DAYS, Trained, Week, weekly

_DAY_COUNTS_FROM = time(18)
"""Who is told before it may still train on that day [H]: it is the first of the next week then."""
_FEWEST_NIGHTS = 4
"""Of fewer nights a mean says nothing of a week."""


class WeeklyWord:
    """The word of the week.

    Args:
        at: When it is due.
    """

    kind = MessageKind.WEEKLY
    on_change = False

    def __init__(self, store: Store, settings: Settings, clock: Clock, at: WeekTime) -> None:
        self._store = store
        self._summaries = Summaries(store)
        self._settings = settings
        self._clock = clock
        self._at = at

    def dues(self, now: datetime) -> Iterator[Due]:
        """Yield each week."""
        use = timedelta(hours=float(self._settings.rules.occasions.weekly_use_h))
        return daily(self._at.at, self._clock.zone(), now, use=use, weekday=self._at.weekday)

    def compose(self, due: Due, read_at: datetime) -> Word | None:
        """Return what the seven days up to this one, or the one before, were like.

        None where nobody trained, or was known then.
        """
        if not self._is_known_since(due.at):
            return None
        athlete, rules = self._settings.athlete, self._settings.rules
        is_over = self._at.at >= _DAY_COUNTS_FROM
        draft = weekly(
            self._week(date.fromisoformat(due.day) - timedelta(days=not is_over)),
            rules,
            athlete.conditions,
            at=read_at,
            until=due.until,
            beginner=athlete.experience == "beginner",
        )
        return None if draft is None else Word(draft)

    def _week(self, last_day: date) -> Week:
        zone = self._clock.zone()
        first_day = last_day - timedelta(days=DAYS - 1)
        since = moment_of(
            first_day - timedelta(weeks=float(self._settings.rules.occasions.usual_weeks), days=1), time(), zone
        )
        stored = self._summaries.between(since, moment_of(last_day + timedelta(days=1), time(), zone))
        nights = [night.sleep_s for night in nights_between(self._store, first_day, last_day) if night.sleep_s]
        return Week(
            last_day,
            [self._trained(workout) for workout in stored],
            self._known_since(last_day),
            fmean(nights) if len(nights) >= _FEWEST_NIGHTS else None,
            self._count_planned(last_day + timedelta(days=1), last_day + timedelta(days=DAYS)),
        )

    def _count_planned(self, first: date, last: date) -> int | None:
        """Return how many sessions are planned from one local date to another; None where there is no calendar."""
        return count_sessions(self._store, first, last) if self._settings.planned.calendar is not None else None

    def _trained(self, workout: StoredWorkout) -> Trained:
        effort = "very_hard" if workout.very_hard else "hard" if workout.hard else None
        sport = "multisport" if workout.sport == "multisport" else word_of(workout.sport, workout.sub_sport)
        lacks = self._store.rows(
            "SELECT text_id FROM advice WHERE workout_id = ? AND text_id IN ('no_warmup', 'no_cooldown')", [workout.id]
        )
        day = workout.trained_at.astimezone(self._clock.zone()).date()
        missing = frozenset(row["text_id"] for row in lacks)
        return Trained(day, workout.timer_s, workout.load, workout.gentle, effort, sport, missing)

    def _is_known_since(self, moment: datetime) -> bool:
        """Return whether any file had come in by a moment: to whoever begins later its word is none to wait for."""
        ((first,),) = self._store.db.execute("SELECT MIN(seen_at) FROM files").fetchall()
        return first is not None and from_iso(first) <= moment

    def _known_since(self, last_day: date) -> date:
        """Return the local date of the first workout that is known."""
        (first,) = self._store.db.execute("SELECT MIN(started_at) FROM workouts WHERE has_clock").fetchone()
        return from_iso(first).astimezone(self._clock.zone()).date() if first else last_day
