"""Which message asks something, what does it ask, and how is it answered?

The first message of a workout does where the answer would change what the rules say of it. It asks how hard the workout
was where no better method than the length or a rating gives the load, as with weights, in a class, or without a heart
rate; else it asks for the weight where `weight_question` says so. It never asks both: a rating moves the hours of rest
and every later workout, a weight what is drunk today. At most one message of a workout asks, the first one or what goes
in its place. It does so in the moment in which it leaves, since until then the athlete may have answered; never in the
quiet hours, in which none leaves, nor in a pause. Who leaves three questions in a row unanswered is asked no more,
until they answer of their own accord.

A target with a topic for answers gets buttons for a rating, and so does the desktop; any other gets a line with the
command, as does whoever is asked for a weight. What buttons send is made here and stands nowhere else.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal

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
from hersteld.daemon.replies.weight_question import weight_question
from hersteld.daemon.store.answers.pauses import pause_at
from hersteld.daemon.store.answers.questions import ask_in, asked_at, count_unanswered
from hersteld.daemon.store.answers.rows import Kind, answers_of
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.messages.draft import MessageKind

log = logging.getLogger(__name__)

MOST_UNANSWERED: Final = 3
_EXAMPLE = 8
Rating = Literal["rating"]
RATING: Final[Rating] = "rating"


class Asking:
    """Lets a message ask, in the store of one thread.

    Args:
        tokens: Makes what buttons send; None where no target has buttons.
    """

    def __init__(self, store: Store, settings: Settings, clock: Clock, tokens: Tokens | None) -> None:
        self._store = store
        self._athlete = settings.athlete
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
        since = asked_at(self._store, row.workout_id)
        question = None if since is None and self._is_left_alone() else self._question(row.workout_id, since)
        if question is None:
            return message
        with_question = self._with_question(row, row.workout_id, message, question)
        if since is None and with_question != message:
            with self._store.write():
                ask_in(self._store, row.workout_id, row.rule, self._clock.now())
        return with_question

    def _question(self, workout_id: int, since: datetime | None) -> Line | Rating | None:
        """Return what is to be asked about a workout: the line that asks for a weight, or RATING; None for nothing.

        Args:
            since: When it was asked for the first time; None where it was not.
        """
        ratings = answers_of(self._store, Kind.RPE, workout_id)
        if since is not None and any(rating.given_at >= since for rating in ratings):
            return None  # that was the answer: another question would be the second one about this workout
        if not ratings and self._would_change(workout_id):
            return RATING
        return weight_question(self._store, self._assessor, self._athlete, workout_id, self._clock.now())

    def _with_question(self, row: OutboxRow, workout_id: int, message: Message, question: Line | Rating) -> Message:
        """Return a message with a question; the same where it has no room for it."""
        if isinstance(question, Line):
            return self._with_line(row, message, question)
        if row.target in self._desktops:
            choices = tuple((choice_of(workout_id, rpe), self._said(LABELS[rpe], rpe=rpe)) for rpe in RATINGS)
            return replace(self._with_line(row, message, _asks_to_rate("replies.ask_by_tap")), choices=choices)
        topic = self._topics.get(row.target)
        if topic is None or self._tokens is None:
            return self._with_line(row, message, _asks_to_rate("replies.ask_by_command"))
        expires_at = self._clock.now().replace(second=0, microsecond=0) + COUNTS_FOR
        buttons = [
            (self._said(LABELS[rpe], rpe=rpe), self._tokens.made(Reply(workout_id, rpe, expires_at))) for rpe in RATINGS
        ]
        return replace(
            self._with_line(row, message, _asks_to_rate("replies.ask_by_tap")),
            actions=actions_of(topic, buttons),
        )

    def _is_left_alone(self) -> bool:
        """Return whether the athlete leaves questions unanswered, or has a pause."""
        return count_unanswered(self._store) >= MOST_UNANSWERED or pause_at(self._store, self._clock.now()) is not None

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

    def _with_line(self, row: OutboxRow, message: Message, question: Line) -> Message:
        """Return a message with the line that asks, before the sentence that ends the first message ever.

        That sentence comes on top of what a message may hold. A message without room for the line is left as it is.
        """
        newest = self._workouts.newest(1)
        is_newest = bool(newest) and newest[0].id == row.workout_id
        command = f"{question.values['command']}" + ("" if is_newest else f" --workout {row.workout_id}")
        asks = self._texts.sentence(Line(question.id, {**question.values, "command": command}), self._clock.zone())
        lines = message.body.split("\n")
        last = lines[-1:] if row.disclaims and len(lines) > 1 else []
        counted = "\n".join([*lines[: len(lines) - len(last)], asks])
        return replace(message, body="\n".join([counted, *last])) if len(counted) <= MAX_BODY_CHARACTERS else message

    def _said(self, text: str, **values: str | int) -> str:
        return self._texts.sentence(Line(text, values), self._clock.zone())


def _asks_to_rate(text: str) -> Line:
    return Line(text, {"command": f"hersteld rpe {_EXAMPLE}"})


def _is_rated(workout: Workout) -> bool:
    """Return whether the athlete rated the workout on the watch."""
    return workout.vendor.rpe is not None or any(session.rpe is not None for session in workout.sessions)


def _topics(targets: Sequence[Target]) -> Mapping[str, str]:
    return {target.name: target.reply.get_secret_value() for target in targets if target.reply is not None}
