"""In which words is a plan said, and which of its messages does a day have room for?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo

from hersteld.config.settings import Settings
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.render import render
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import OutboxMessage
from hersteld.daemon.planning.telling.told import ToldLines
from hersteld.daemon.store.dirty import Cause
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import (
    SAID_ONCE_IDS,
    Recovery,
)
from hersteld.recovery.messages.compose import compose
from hersteld.recovery.messages.correction import correction, no_workout_left
from hersteld.recovery.messages.draft import Draft, MessageKind
from hersteld.recovery.messages.drinking import ToldPlan
from hersteld.recovery.nights.verdict import NightVerdict

_BEFORE_OTHERS = (MessageKind.FIRST, MessageKind.READY)
"""When a day has room for few messages, these come before all others."""

_BECAUSE = {
    Cause.WORKOUT: Line("correction"),
    Cause.RECORDING: Line("correction_recording"),
    Cause.HISTORY: Line("correction_history"),
    Cause.SETTINGS: Line("correction_settings"),
    Cause.ATHLETE: Line("correction_athlete"),
    Cause.FORGOTTEN: Line("correction_forgotten"),
    Cause.NIGHT: Line("correction_nights"),
    Cause.ANSWER: Line("correction_answer"),
    Cause.SEVERAL: Line("correction_several"),
}
"""Why another readiness holds than was told: the first line of a correction."""


def _because(cause: Cause, night: NightVerdict | None, heard: Line | None) -> Line:
    """Return the first line of a correction: it says what a night shows, or which rating was heard, if that is why."""
    if cause is Cause.NIGHT and night is not None:
        return Line("correction_night", {"night": (night.line,)})
    if cause is Cause.ANSWER and heard is not None:
        return heard
    return _BECAUSE[cause]


class MessageWriter:
    """Writes messages in the user's words, at hours that suit the user."""

    def __init__(self, outbox: Outbox, settings: Settings, clock: Clock) -> None:
        self._outbox = outbox
        self._notify = settings.notify
        self._conditions = settings.athlete.conditions
        self._rules = settings.rules
        self._texts = load_texts(settings.notify.language, settings.notify.texts)
        self._clock = clock

    def message(
        self, draft: Draft, told: Iterable[ToldLines] = (), has_read: Callable[[str], bool] | None = None
    ) -> OutboxMessage:
        """Return a draft in the user's language.

        Args:
            told: What other messages say; a line of the day before is not told again in the same words.
            has_read: Says whether a line stands in any other message, however long ago; None where nobody asks.
        """
        since = draft.due_at - timedelta(hours=float(self._rules.messages.remembered_h))
        known = frozenset().union(*(other.lines for other in told if since < other.at <= draft.due_at))
        if has_read is not None:
            once = (self._texts.sentence(line, self._clock.zone()) for line in draft.lines if line.id in SAID_ONCE_IDS)
            known |= set(filter(has_read, once))
        sentence = render(draft, self._texts, self._clock.zone(), known=known)
        return OutboxMessage(
            kind=draft.kind,
            rule=draft.rule,
            title=sentence.title,
            body=sentence.body,
            due_at=draft.due_at,
            expires_at=draft.expires_at,
            disclaims=any(line.id == "disclaimer" for line in draft.lines),
            unless_sent=draft.unless_sent,
            told=draft.told,
        )

    def messages(
        self,
        brick: Workout,
        plan: Recovery,
        arrived_at: datetime,
        *,
        first_ever: bool,
        with_first: bool = True,
        moves_told: bool = False,
        told_before: ToldPlan | None = None,
        told_same: ToldPlan | None = None,
        told: Sequence[ToldLines] = (),
        has_read: Callable[[str], bool] | None = None,
    ) -> list[OutboxMessage]:
        """Return the messages of a plan.

        Args:
            brick: The workout, with all it continues.
            arrived_at: When its file came in.
            first_ever: Whether nobody was ever told anything.
            with_first: Whether the first message is among them.
            moves_told: Whether the readiness is another one, by hours, than somebody was told last.
            told_before: The plan that was told of what the last part of the brick continues; None when none was.
            told_same: What was told of this same workout, where that is told again.
            told: What the messages about other workouts say.
            has_read: See `message`.
        """
        drafts = compose(
            plan,
            brick,
            self._rules,
            style=self._notify.style,
            quiet_hours=self._notify.quiet_hours,
            zone=self._clock.zone(),
            now=arrived_at,
            first_ever=first_ever,
            with_first=with_first,
            moves_told=moves_told,
            told_before=told_before,
            told_same=told_same,
        )
        return [self.message(draft, told, has_read) for draft in drafts]

    def correction(
        self,
        plan: Recovery,
        now: datetime,
        rule: str,
        cause: Cause,
        *,
        night: NightVerdict | None = None,
        heard: Line | None = None,
        told_until: datetime | None = None,
    ) -> OutboxMessage | None:
        """Return the message that says which readiness holds now; None where that would be of no use.

        Args:
            rule: Its name, unique within the workout.
            cause: Why another readiness holds than was told.
            night: The night that moved it; None where none did.
            heard: The first line where a rating of the athlete moved it.
            told_until: Until when who gets it would wait, as was told.
        """
        draft = correction(
            plan,
            self._rules,
            _because(cause, night, heard),
            quiet_hours=self._notify.quiet_hours,
            zone=self._clock.zone(),
            now=now,
            told_until=told_until,
        )
        return None if draft is None else replace(self.message(draft), rule=rule, cause=cause)

    def no_workout_left(
        self, forgotten: Recovery, now: datetime, rule: str, cause: Cause, *, told_until: datetime
    ) -> OutboxMessage | None:
        """Return the message that no workout asks for rest any more; None where that would be of no use.

        Args:
            forgotten: The plan of the workout that is forgotten.
            rule, cause, told_until: As for `correction`.
        """
        draft = no_workout_left(
            _BECAUSE[cause],
            conditions=self._conditions,
            adult=forgotten.physiology is None or forgotten.physiology.adult,
            quiet_hours=self._notify.quiet_hours,
            zone=self._clock.zone(),
            now=now,
            told_until=told_until,
        )
        return None if draft is None else replace(self.message(draft), rule=rule, cause=cause)

    def within_day(self, messages: Iterable[OutboxMessage], *, never_dropped: bool) -> list[OutboxMessage]:
        """Leave out what would make a local day too talkative; in coach style nothing.

        The limit drops the least important, never the evening message of a hard workout: it says a rule of the article,
        and the limit is ours.

        Args:
            never_dropped: Whether the first message is of a hard workout, warns of a danger, or makes worse what was
                told.
        """
        messages = list(messages)
        if self._notify.style != "brief":
            return messages
        zone = self._clock.zone()
        kept: list[OutboxMessage] = []
        for message in sorted(messages, key=lambda message: message.kind not in _BEFORE_OTHERS):
            if message.unless_sent:  # it takes the place of one that was counted, or of one left out
                if any(other.rule in message.unless_sent for other in kept):
                    kept.append(message)
                continue
            start, end = _day_of(message.due_at, zone)
            same_day = sum(start <= other.due_at < end and not other.unless_sent for other in kept)
            count = self._outbox.count_of_workouts_between(start, end) + same_day
            exempt = message.kind is MessageKind.EVENING or (message.kind is MessageKind.FIRST and never_dropped)
            if exempt or count < self._rules.messages.per_day:
                kept.append(message)
        return kept


def _day_of(moment: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the local day of a moment, from midnight to midnight."""
    day = moment.astimezone(zone).date()
    return datetime.combine(day, time(), tzinfo=zone), datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
