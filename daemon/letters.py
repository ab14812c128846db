"""What is said of a plan, which of it does a day have room for, and what of it changes when the plan does?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo

from hersteld.config.render import render
from hersteld.config.settings import Settings
from hersteld.config.texts import load_texts
from hersteld.daemon.clock import Clock
from hersteld.daemon.outbox import Letter, Outbox
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Draft, Recovery
from hersteld.recovery.messages import compose

_MESSAGE_ORDER = ("first", "ready")
"""When a day has room for few messages, these come before all others."""


class Letters:
    """Puts what is to be said of workouts in the outbox, in the user's words.

    Args:
        targets: Names of the receivers; each message gets a row for each.
    """

    def __init__(self, outbox: Outbox, settings: Settings, targets: Sequence[str], clock: Clock) -> None:
        self._outbox = outbox
        self._settings = settings
        self._rules = settings.rules
        self._targets = tuple(targets)
        self._texts = load_texts(settings.notify.language, settings.notify.texts)
        self._clock = clock

    def letter(self, draft: Draft) -> Letter:
        """Say a draft in the user's language."""
        said = render(draft, self._texts, self._clock.zone())
        disclaims = any(line.id == "disclaimer" for line in draft.lines)
        return Letter(draft.rule, said.title, said.body, draft.due_at, draft.expires_at, disclaims, draft.unless_sent)

    def say(self, identity: str, workout_id: int, whole: Workout, plan: Recovery, now: datetime) -> None:
        """Queue the messages of a plan."""
        letters = self._letters(whole, plan, now, first_ever=not self._outbox.disclaimed())
        self._outbox.queue(identity, workout_id, self._within_day(letters), self._targets, now=now)

    def say_anew(
        self,
        identity: str,
        workout_id: int,
        whole: Workout,
        plan: Recovery,
        now: datetime,
        *,
        may_add: bool,
        corrects: bool,
    ) -> None:
        """Change what is not sent yet of a workout whose plan has changed.

        Args:
            may_add: Whether there may be something to say for the first time.
            corrects: Whether to say the first message again when it would now be another one than was sent.
        """
        rows = self._outbox.rows("workout_identity = ?", [identity])
        if not rows and not may_add:
            return
        # As if it had been known from the start: what was queued then may still be due.
        arrived_at = min((row.created_at for row in rows), default=now)
        first_ever = any(row.disclaims for row in rows) or not self._outbox.disclaimed()
        letters = self._letters(whole, plan, arrived_at, first_ever=first_ever)
        self._outbox.revise(identity, letters, now=now)
        if may_add:
            known = {row.rule for row in rows}
            new = [letter for letter in letters if letter.rule not in known and not (rows and letter.unless_sent)]
            self._outbox.queue(identity, workout_id, self._within_day(new), self._targets, now=now)
        if corrects:
            sent = {row.rule: (row.title, row.body) for row in rows if row.state in ("sending", "sent")}
            if any(sent.get(one.rule, (one.title, one.body)) != (one.title, one.body) for one in _firsts(letters)):
                again = _firsts(self._letters(whole, plan, now, first_ever=False))
                self._outbox.queue(identity, workout_id, map(_corrected, again), self._targets, now=now)

    def _letters(self, whole: Workout, plan: Recovery, arrived_at: datetime, *, first_ever: bool) -> list[Letter]:
        notify = self._settings.notify
        drafts = compose(
            plan,
            whole,
            self._rules,
            style=notify.style,
            quiet_hours=notify.quiet_hours,
            zone=self._clock.zone(),
            now=arrived_at,
            first_ever=first_ever,
        )
        return [self.letter(draft) for draft in drafts]

    def _within_day(self, letters: list[Letter]) -> list[Letter]:
        """Leave out what would make a local day too talkative; in coach style nothing."""
        if self._settings.notify.style != "brief":
            return letters
        zone = self._clock.zone()
        kept: list[Letter] = []
        for letter in sorted(letters, key=lambda one: one.rule not in _MESSAGE_ORDER):
            if letter.unless_sent:  # it takes the place of one that was counted, or of one left out
                if any(other.rule in letter.unless_sent for other in kept):
                    kept.append(letter)
                continue
            start, end = _day_of(letter.due_at, zone)
            same_day = sum(start <= other.due_at < end and not other.unless_sent for other in kept)
            if self._outbox.count_between(start, end) + same_day < self._rules.messages.per_day:
                kept.append(letter)
        return kept


def _firsts(letters: Sequence[Letter]) -> list[Letter]:
    """Return the first message and what stands in for it."""
    return [letter for letter in letters if letter.rule.startswith("first")]


def _corrected(letter: Letter) -> Letter:
    """Return a message that may follow the one of the same rule."""
    spared = tuple(f"{rule}_corrected" for rule in letter.unless_sent)
    return replace(letter, rule=f"{letter.rule}_corrected", unless_sent=spared)


def still_true(plan: Recovery) -> tuple[str, ...]:
    """Return which messages of older workouts this plan leaves standing.

    No alcohol tonight holds after an easy walk, too; and where a plan does not say when the athlete is ready, what was
    said before holds.
    """
    ready = any(advice.id.startswith("ready") for advice in plan.plan)
    return (*(() if plan.assessment.hard else ("evening",)), *(() if ready else ("ready",)))


def _day_of(moment: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the local day of a moment, from midnight to midnight."""
    day = moment.astimezone(zone).date()
    return datetime.combine(day, time(), tzinfo=zone), datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
