"""What is said of a plan, which of it does a day have room for, and what of it changes when the plan does?"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo

from hersteld.config.settings import Settings
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.render import render
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import CORRECTION, Letter
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Draft, Recovery, ToldReadiness
from hersteld.recovery.messages.compose import compose
from hersteld.recovery.messages.correction import correction, is_wrong

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
        times = draft.due_at, draft.expires_at
        return Letter(draft.rule, said.title, said.body, *times, disclaims, draft.unless_sent, draft.told)

    def say(
        self,
        identity: str,
        workout_id: int,
        whole: Workout,
        plan: Recovery,
        now: datetime,
        *,
        only: Collection[str] | None = None,
    ) -> None:
        """Queue the messages of a plan.

        Args:
            only: The rules of those that later workouts leave standing; None for all.
        """
        first_ever = not self._outbox.disclaimed()
        letters = self._letters(whole, plan, now, first_ever=first_ever, with_first=only is None)
        kept = [letter for letter in letters if only is None or letter.rule in only]
        self._outbox.queue(identity, workout_id, self._within_day(kept), self._targets, now=now)

    def has_news(self, whole: Workout, plan: Recovery) -> bool:
        """Whether a workout is told, if it comes when it ends."""
        return bool(_firsts(self._letters(whole, plan, whole.ended_at, first_ever=False)))

    def is_told_of(self, identities: Sequence[str]) -> bool:
        """Whether anybody was, or is about to be, told of one of these workouts."""
        marks = ", ".join("?" * len(identities))
        said = f"workout_identity IN ({marks}) AND state IN ('pending', 'sending', 'sent') AND rule LIKE 'first%'"
        return bool(self._outbox.rows(said, identities))

    def put_right(self, identity: str, workout_id: int, plan: Recovery, now: datetime, *, because_of: int) -> None:
        """Queue what holds now for each target that was told another readiness.

        Args:
            identity, workout_id, plan: The last that says when to train again.
            because_of: The workout that came in late; it corrects once.
        """
        letter = self._correction(plan, now, correction_by(because_of))
        if letter is None:
            return
        zone = self._clock.zone()
        wrong = [
            target
            for target in self._targets
            if (told := self._last_told(identity, target)) and is_wrong(told, plan, self._rules, letter.due_at, zone)
        ]
        self._outbox.queue(identity, workout_id, [letter], wrong, now=now)

    def _last_told(self, identity: str, target: str) -> ToldReadiness | None:
        """Return what a target was told of readiness last; None if nothing, or if it is about to be told of this plan.

        Args:
            identity: Of the workout whose plan it is: what waits of it has been revised.
        """
        about = "workout_identity = ? AND target = ? AND (told_ready_at IS NOT NULL OR told_easy_from IS NOT NULL)"
        rows = self._outbox.rows(about, [identity, target])
        waits = any(row.state == "pending" and row.rule.startswith(("first", CORRECTION)) for row in rows)
        # What is on its way has the old words, whatever stands ready in its place.
        if waits and not any(row.state == "sending" for row in rows):
            return None
        sent = self._outbox.rows(
            "target = ? AND state IN ('sending', 'sent') AND (told_ready_at IS NOT NULL OR told_easy_from IS NOT NULL)"
            " ORDER BY id DESC LIMIT 1",  # not by the clock, which may have been wrong
            [target],
        )
        return ToldReadiness(sent[0].told_easy_from, sent[0].told_ready_at) if sent else None

    def _correction(self, plan: Recovery, now: datetime, rule: str) -> Letter | None:
        quiet_hours, zone = self._settings.notify.quiet_hours, self._clock.zone()
        draft = correction(plan, self._rules, quiet_hours=quiet_hours, zone=zone, now=now)
        return None if draft is None else replace(self.letter(draft), rule=rule)

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
        waiting = {row.rule for row in rows if row.state == "pending" and row.rule.startswith(CORRECTION)}
        corrections = [one for rule in sorted(waiting) if (one := self._correction(plan, now, rule))]
        self._outbox.revise(identity, [*letters, *corrections], now=now)
        if may_add:
            known = {row.rule for row in rows}
            new = [letter for letter in letters if letter.rule not in known and not (rows and letter.unless_sent)]
            self._outbox.queue(identity, workout_id, self._within_day(new), self._targets, now=now)
        if corrects:
            sent = {row.rule: (row.title, row.body) for row in rows if row.state in ("sending", "sent")}
            if any(sent.get(one.rule, (one.title, one.body)) != (one.title, one.body) for one in _firsts(letters)):
                again = _firsts(self._letters(whole, plan, now, first_ever=False))
                self._outbox.queue(identity, workout_id, map(_corrected, again), self._targets, now=now)

    def _letters(
        self, whole: Workout, plan: Recovery, arrived_at: datetime, *, first_ever: bool, with_first: bool = True
    ) -> list[Letter]:
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
            with_first=with_first,
        )
        return [self.letter(draft) for draft in drafts]

    def _within_day(self, letters: list[Letter]) -> list[Letter]:
        """Leave out what would make a local day too talkative; in coach style nothing.

        The evening message of a hard workout is never left out: it says a rule of the article, and the limit is ours.
        """
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
            said = self._outbox.count_of_workouts_between(start, end) + same_day
            if letter.rule == "evening" or said < self._rules.messages.per_day:
                kept.append(letter)
        return kept


def correction_by(workout_id: int) -> str:
    """Return the rule of what is said anew of a later workout because this one came in late."""
    return f"{CORRECTION}_{workout_id}"


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
