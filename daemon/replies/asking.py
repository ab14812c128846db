"""Which message asks how hard the workout was, and how is it answered?

The first message of a workout does where the answer would change what the rules say of it: where no better method than
the length or a rating gives the load, as with weights, in a class, or without a heart rate. At most one message of a
workout asks. It does so in the moment in which it leaves, since until then the athlete may have answered; never in the
quiet hours, in which none leaves, nor in a pause. Who leaves three questions in a row unanswered is asked no more,
until they rate a workout of their own accord.

A target with a topic for answers gets buttons, and so does the desktop; any other gets a line with the command. What
buttons send is made here and stands nowhere else.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from hersteld.config.settings import Settings, Target
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.render import MAX_BODY_CHARACTERS
from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.message import Message
from hersteld.daemon.outbox.rows import OutboxRow
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.planning.bad_workout import readable
from hersteld.daemon.replies.buttons import LABELS, RATINGS, actions_of
from hersteld.daemon.replies.desktop import choice_of, desktops_of
from hersteld.daemon.replies.tokens import COUNTS_FOR, Reply, Tokens
from hersteld.daemon.store.answers.pauses import pause_at
from hersteld.daemon.store.answers.questions import ask_in, asks_in, count_unanswered
from hersteld.daemon.store.answers.rows import Kind, answers_of
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.messages.draft import MessageKind

log = logging.getLogger(__name__)

MOST_UNANSWERED: Final = 3
_EXAMPLE = 8


class Asking:
    """Lets a message ask, in the store of one thread.

    Args:
        tokens: Makes what buttons send; None where no target has buttons.
    """

    def __init__(self, store: Store, settings: Settings, clock: Clock, tokens: Tokens | None) -> None:
        self._store = store
        self._workouts = Workouts(store)
        self._assessor = Assessor(self._workouts, settings, clock)
        self._texts = load_texts(settings.notify.language, settings.notify.texts)
        self._topics = _topics(settings.notify.targets)
        self._desktops = desktops_of(settings.notify.targets)
        self._clock = clock
        self._tokens = tokens

    def asked(self, row: OutboxRow, message: Message) -> Message:
        """Return a message that is about to leave, with the question where it asks one.

        Args:
            row: Of the message in the outbox.
        """
        if row.kind is not MessageKind.FIRST or row.cause is not None or row.workout_id is None:
            return message
        if not self._asks(row.workout_id, row.rule):
            return message
        if row.target in self._desktops:
            choices = tuple((choice_of(row.workout_id, rpe), self._said(LABELS[rpe], rpe=rpe)) for rpe in RATINGS)
            return replace(self._with_line(row, message, "replies.ask_by_tap"), choices=choices)
        topic = self._topics.get(row.target)
        if topic is None or self._tokens is None:
            return self._with_line(row, message, "replies.ask_by_command")
        expires_at = self._clock.now().replace(second=0, microsecond=0) + COUNTS_FOR
        buttons = [
            (self._said(LABELS[rpe], rpe=rpe), self._tokens.made(Reply(row.workout_id, rpe, expires_at)))
            for rpe in RATINGS
        ]
        return replace(
            self._with_line(row, message, "replies.ask_by_tap"),
            actions=actions_of(topic, buttons),
        )

    def _asks(self, workout_id: int, rule: str) -> bool:
        """Return whether a message of a workout asks about it; when it is asked for the first time, that is stored."""
        if answers_of(self._store, Kind.RPE, workout_id):
            return False
        asks = asks_in(self._store, workout_id)
        if asks is None:
            is_left_alone = (
                count_unanswered(self._store) >= MOST_UNANSWERED or pause_at(self._store, self._clock.now()) is not None
            )
            if is_left_alone or not self._would_change(workout_id):
                return False
            with self._store.write():
                ask_in(self._store, workout_id, rule, self._clock.now())
            asks = asks_in(self._store, workout_id)  # another thread may have been first
        return asks == rule

    def _would_change(self, workout_id: int) -> bool:
        """Return whether the rules would say another load if the workout was rated easy than if it was very hard."""
        workout = readable(self._workouts.workout, workout_id)
        if workout is None or not workout.has_clock or _is_rated(workout):
            return False
        easy, hard = (
            readable(lambda id_, rpe=float(rpe): self._assessor.if_rated(id_, rpe), workout_id)  # type: ignore[misc]
            for rpe in (RATINGS[0], RATINGS[-1])
        )
        return easy is not None and hard is not None and round(easy.load.value) != round(hard.load.value)

    def _with_line(self, row: OutboxRow, message: Message, text: str) -> Message:
        """Return a message with the line that asks, before the sentence that ends the first message ever.

        A message without room for it is left as it is.
        """
        newest = self._workouts.newest(1)
        is_newest = bool(newest) and newest[0].id == row.workout_id
        command = f"hersteld rpe {_EXAMPLE}" + ("" if is_newest else f" --workout {row.workout_id}")
        lines = message.body.split("\n")
        lines.insert(len(lines) - bool(row.disclaims), self._said(text, command=command))
        body = "\n".join(lines)
        return replace(message, body=body) if len(body) <= MAX_BODY_CHARACTERS else message

    def _said(self, text: str, **values: str | int) -> str:
        return self._texts.sentence(Line(text, values), self._clock.zone())


def _is_rated(workout: Workout) -> bool:
    """Return whether the athlete rated the workout on the watch."""
    return workout.vendor.rpe is not None or any(session.rpe is not None for session in workout.sessions)


def _topics(targets: Sequence[Target]) -> Mapping[str, str]:
    return {target.name: target.reply.get_secret_value() for target in targets if target.reply is not None}
