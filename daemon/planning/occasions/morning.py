"""What is said in the morning, by what is stored?"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import MAY_BE_TOLD_SQL
from hersteld.daemon.planning.occasions.occasion import Due, Word
from hersteld.daemon.planning.occasions.record import OccasionRecord, identity_of
from hersteld.daemon.planning.occasions.times import daily, moment_of
from hersteld.daemon.store.days import nights_between, nights_of_devices
from hersteld.daemon.store.summaries import StoredWorkout, Summaries, left_to_rest
from hersteld.daemon.system.clock import Clock, iso
from hersteld.recovery.athlete.caution import DOCTOR_DECIDES, has_any
from hersteld.recovery.athlete.sport_families import word_of
from hersteld.recovery.messages.draft import MessageKind, ToldReadiness
from hersteld.recovery.nights.compared import verdict_of
from hersteld.recovery.nights.night import HrvVerdict, Night
from hersteld.recovery.nights.verdict import NightVerdict
from hersteld.recovery.occasions.morning import LastNight, LastTold, NightSign, RestedFrom, is_news, morning
from hersteld.recovery.occasions.verdict import verdict

_LOW: frozenset[HrvVerdict] = frozenset({"poor", "low", "unbalanced"})
"""The watch's verdicts that call a variability lower than usual, or unsteady."""
_ONE_DAY, _ONE_WEEK = timedelta(days=1), timedelta(weeks=1)


class MorningWord:
    """The word of the morning.

    Args:
        at: Local time at which it is due.
        targets: Names of the receivers.
    """

    kind = MessageKind.MORNING
    on_change = False

    def __init__(self, store: Store, settings: Settings, targets: Sequence[str], clock: Clock, at: time) -> None:
        self._store = store
        self._summaries = Summaries(store)
        self._outbox = Outbox(store)
        self._record = OccasionRecord(store)
        self._settings = settings
        self._targets = tuple(targets)
        self._clock = clock
        self._at = at

    def dues(self, now: datetime) -> Iterator[Due]:
        """Yield each morning."""
        use = timedelta(hours=float(self._settings.rules.occasions.morning_use_h))
        return daily(self._at, self._clock.zone(), now, use=use)

    def compose(self, due: Due, read_at: datetime) -> Word | None:
        """Return what holds this morning; None where that is no news."""
        last = self._summaries.latest()
        if last is None:
            return None
        rules, zone, conditions = self._settings.rules, self._clock.zone(), self._settings.athlete.conditions
        left = left_to_rest(last, self._summaries.rest_day_until(last))
        adult = self._summaries.is_adult(self._settings.athlete, rules.athlete, read_at)
        now_true = verdict(left, read_at, rules, zone, conditions, adult=adult)
        today = read_at.astimezone(zone).date()
        night = self._night(today)
        draft = morning(
            now_true,
            left,
            self._rested_from(last),
            night,
            at=read_at,
            until=due.until,
            zone=zone,
            doctor_decides=has_any(conditions, DOCTOR_DECIDES),
            is_told_ready=self._is_told_ready(today, read_at),
        )
        moved_by = self._summaries.night_of(last)
        is_told = night is not None and moved_by is not None and moved_by.day == today
        told_of_night = night.statement if night is not None and is_told else self._told_of_night(due)
        is_any_news = any(
            is_news(
                now_true,
                night,
                at=read_at,
                last=self._last_told(target, due, read_at),
                told_of_night=told_of_night,
                rules=rules,
                zone=zone,
            )
            for target in self._targets
        )
        if draft is None or not is_any_news:
            return None
        return Word(draft, "" if night is None else night.statement)

    def _last_told(self, target: str, due: Due, read_at: datetime) -> LastTold | None:
        """Return what a target was told last of readiness, but for what it is told under this day.

        What waits and is due is told this very moment.
        """
        rows = self._outbox.rows(
            f"target = ? AND workout_identity <> ? AND ({MAY_BE_TOLD_SQL} OR (state = 'pending' AND unless_sent = ''"
            " AND due_at <= ?)) AND (told_ready_at IS NOT NULL OR told_easy_from IS NOT NULL) ORDER BY due_at DESC,"
            " id DESC LIMIT 1",
            [target, identity_of(self.kind, due.day), iso(read_at)],
        )
        return LastTold(rows[0].due_at, ToldReadiness(rows[0].told_easy_from, rows[0].told_ready_at)) if rows else None

    def _is_told_ready(self, today: date, read_at: datetime) -> bool:
        """Return whether the word that the rest is over, or the warning of overload, is of this morning or moment."""
        since = moment_of(today, time(), self._clock.zone())
        return bool(
            self._outbox.rows(
                f"kind IN (?, ?) AND due_at BETWEEN ? AND ? AND ({MAY_BE_TOLD_SQL} OR state = 'pending')",
                [MessageKind.READY, MessageKind.OVERLOAD, iso(since), iso(read_at)],
            )
        )

    def _told_of_night(self, due: Due) -> str:
        """Return what was said yesterday of the night before."""
        last = self._record.last_said(self.kind, without=due.day)
        yesterday = (date.fromisoformat(due.day) - _ONE_DAY).isoformat()
        return last.statement if last is not None and last.day == yesterday else ""

    def _rested_from(self, last: StoredWorkout) -> RestedFrom | None:
        """Return the workout whose rest holds; it may be an earlier one than the last."""
        holder = self._summaries.asks_for_rest(last)
        if holder is None:
            return None
        effort = "very_hard" if holder.very_hard else "hard" if holder.hard else None
        sport = "multisport" if holder.sport == "multisport" else word_of(holder.sport, holder.sub_sport)
        return RestedFrom(holder.ended_at, sport, effort)

    def _night(self, day: date) -> LastNight | None:
        """Return the night before a local date, and what it shows beside those before it."""
        rules = self._settings.rules.nights
        first = day - timedelta(days=float(max(rules.rmssd_days, rules.resting_hr_days))) - _ONE_WEEK
        nights = nights_between(self._store, day, day)
        if not nights:
            return None
        found = verdict_of(nights[-1], nights_of_devices(self._store, first, day), rules)
        return LastNight(nights[-1].sleep_s, _signs(nights[-1], found))


def _signs(night: Night, found: NightVerdict | None) -> tuple[NightSign, ...]:
    """Return what a night shows: by its numbers beside what is usual, else by the watch's own verdict."""
    if found is not None:
        return found.signs
    return ("hrv_low",) if night.hrv_status in _LOW else ()
