"""When may the athlete train again, as steps: rest, then easy, then hard training?"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from hersteld.config.texts.catalogue import Texts
from hersteld.daemon.card.facts import Label, Staircase
from hersteld.parsers.line import Line, Value
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.messages.readiness import NAMES_AN_EASY_WEEK, SPEAKS_OF_NO_HARD_TRAINING, Readiness
from hersteld.recovery.rules import MessageRules

_DATED_FROM = timedelta(days=5)
"""Over so many days an hour says nothing, and the nights stand as close as the stakes of a fence."""
_LEAST_S = 60.0
"""Even who is ready at once has a step to stand on."""
_SHORT = timedelta(hours=1)
"""So short a rest is not drawn when it is over: "now" behind it would look like something to wait for."""
_REACH = 3
_OF_ONE_REGION = frozenset({"rest_muscles", "rest_muscles_now", "rest_muscles_ready", "rest_muscles_now_ready"})
_EASY_ONLY = frozenset({"rest_day_easy", "rest_day_easy_today", "rest_days"})
"""Texts for a beginner who is to begin easily."""


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Words the steps of one athlete.

    Attributes:
        quiet_hours: None for an athlete who has none: then the hours in which nobody is told to train are drawn.
        zone: The athlete's time zone.
    """

    texts: Texts
    rules: MessageRules
    quiet_hours: QuietHours | None
    zone: tzinfo

    def after(self, ended_at: datetime, told: Readiness, read_at: datetime) -> Staircase:
        """Return what the athlete may do after a workout.

        Args:
            ended_at: The end of the workout, aware UTC.
            told: When to train again, as the message says it.
            read_at: When the message is read, aware UTC.
        """
        on = told.line.values.get("next_training_on")
        if isinstance(on, date):
            return self._after_days_off(ended_at, told, on)
        is_dated = told.line.id in NAMES_AN_EASY_WEEK or told.ready_at - ended_at > _DATED_FROM
        hard_at = None if told.line.id in SPEAKS_OF_NO_HARD_TRAINING else told.ready_at
        # A message that names one moment, for all training, says nothing of easy training before it.
        easy_from = told.ready_at if told.told.easy_from is None else told.easy_from
        labels = self._labels(told, easy_from, hard_at, read_at, is_dated=is_dated)
        if labels[-1][0] <= min(read_at, ended_at + _SHORT):
            easy_from, hard_at = ended_at, None if hard_at is None else ended_at
        return self._staircase(ended_at, easy_from, hard_at, labels, is_dated=is_dated)

    def _labels(
        self, told: Readiness, easy_from: datetime, hard_at: datetime | None, read_at: datetime, *, is_dated: bool
    ) -> list[tuple[datetime, str, str]]:
        """Return what begins, and when, in words."""

        def label(at: datetime, from_then: str, now: str) -> tuple[datetime, str, str]:
            if at <= read_at:
                return at, self._said(now), self._said("card.now")
            when = self._said("card.date", at=at) if is_dated else self._said("card.moment", read_at, at=at)
            return at, self._said(from_then, region=told.line.values.get("region")), when

        of_part = told.line.id in _OF_ONE_REGION
        if hard_at is None:
            return [label(easy_from, "card.easy", "card.easy_now")]
        if easy_from >= hard_at:
            return [label(hard_at, "card.part_all" if of_part else "card.all", "card.all_now")]
        return [
            label(easy_from, "card.part_easy" if of_part else "card.easy", "card.easy_now"),
            label(hard_at, "card.part_hard" if of_part else "card.hard", "card.all_now"),
        ]

    def _after_days_off(self, ended_at: datetime, told: Readiness, on: date) -> Staircase:
        """Return the days that a beginner keeps free, and the day of the next training."""
        first_off = ended_at.astimezone(self.zone).date() + timedelta(days=1)
        last_off = on - timedelta(days=1)
        again_at = max(told.easy_from, self._at(on, time(int(self.rules.night_until_hour))))
        labels = []
        if first_off == last_off:
            labels.append((self._at(first_off, time()), self._said("card.day_off"), self._weekday(first_off)))
        elif first_off < last_off:
            span = self._said("card.several_days", first=first_off, last=last_off)
            labels.append((self._at(first_off, time()), self._said("card.days_off"), span))
        is_easy = told.line.id in _EASY_ONLY
        labels.append((again_at, self._said("card.again_easily" if is_easy else "card.again"), self._weekday(on)))
        return self._staircase(ended_at, again_at, None if is_easy else again_at, labels, is_dated=False, rest="")

    def _staircase(
        self,
        ended_at: datetime,
        easy_from: datetime,
        hard_at: datetime | None,
        labels: list[tuple[datetime, str, str]],
        *,
        is_dated: bool,
        rest: str | None = None,
    ) -> Staircase:
        def after_s(moment: datetime) -> float:
            return (moment - ended_at).total_seconds()

        easy_s = max(0.0, after_s(easy_from))
        hard_s = None if hard_at is None else max(_LEAST_S, easy_s, after_s(hard_at))
        at_steps = [Label(max(0.0, after_s(at)), what, when) for at, what, when in labels]
        last_s = hard_s if hard_s is not None else max(_LEAST_S, easy_s)
        at_steps[-1] = Label(last_s, at_steps[-1].what, at_steps[-1].when)
        until = ended_at + timedelta(seconds=_REACH * last_s, days=1)
        days = self._days(ended_at, until)
        nights = [] if is_dated else self._nights(days)
        name = "card.day_number" if is_dated else "card.day_name"
        return Staircase(
            easy_s,
            hard_s,
            tuple(at_steps),
            self._said("card.rest") if rest is None else rest,
            tuple((after_s(self._at(day, time())), self._said(name, day=day)) for day in days),
            tuple((max(0.0, after_s(begin)), after_s(end)) for begin, end in nights if end > ended_at),
            self._said("card.moment", at=ended_at),
            has_ticks=is_dated,
        )

    def _days(self, since: datetime, until: datetime) -> list[date]:
        day, last = since.astimezone(self.zone).date(), until.astimezone(self.zone).date()
        return [day + timedelta(days=number) for number in range((last - day).days + 1)]

    def _nights(self, days: list[date]) -> list[tuple[datetime, datetime]]:
        """Return the quiet hours that begin on these days, or on the day before, in order."""
        quiet = self.quiet_hours or QuietHours(
            time(int(self.rules.night_from_hour)), time(int(self.rules.night_until_hour))
        )
        if quiet.start == quiet.end:
            return []
        over_midnight = timedelta(days=int(quiet.start > quiet.end))
        starts = [days[0] - timedelta(days=1), *days]
        return [(self._at(day, quiet.start), self._at(day + over_midnight, quiet.end)) for day in starts]

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=self.zone)

    def _weekday(self, day: date) -> str:
        return self._said("card.weekday", day=day)

    def _said(self, text_id: str, read_at: datetime | None = None, **values: Value) -> str:
        return self.texts.sentence(Line(text_id, values), self.zone, read_at=read_at)
