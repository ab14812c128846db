"""What does an athlete read in two weeks? The pipeline is the real one; only the clock is set by hand."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from hersteld.daemon.answers.changes import Changes
from hersteld.daemon.calendar.keeper import CalendarKeeper
from hersteld.daemon.card.facts import CardFacts
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.demo.before import weeks_before
from hersteld.daemon.demo.nights import nights_file
from hersteld.daemon.demo.planned import calendar_of
from hersteld.daemon.picture.stored import Pictures
from hersteld.parsers.workout import DeviceProfile
from hersteld.recovery.athlete.sport_families import known_sports
from hersteld.recovery.messages.draft import MessageKind
from tests.lives.life import MONDAY, ZONE, Answer, Change, Event, Life, Plan, Sleep, moment
from tests.lives.workouts import Recording
from tests.support.pipeline import Pipeline

DAYS = 18
"""Two weeks, and the days in which the last workout wears off."""
QUIET_HOURS = "22:00-07:00"
_PHONE = "phone"
_LOOKS = 4
_BETWEEN_LOOKS = timedelta(seconds=15)
"""After something has happened the service looks so often: files settle, and what follows is assessed anew."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing in a life.

    Attributes:
        at: Aware UTC.
        what: A file came, the settings were changed, a command was given, or a message was read.
        title: The name of the file, the settings, the command, or the title of the message.
        body: Of the message; "" of anything else.
        told_ready_at: The readiness that the message names, aware UTC; None when it names none.
        told_easy_from: When easy training is fine by the message, aware UTC; None when it does not say.
        stored_ready_at: The readiness of the newest plan in the store then, aware UTC; None before the first.
        kind: Of the message; None of anything else.
        is_of_hard: Whether the message is about a hard workout.
        picture: What the picture beside the message shows; None where there is none.
    """

    at: datetime
    what: Literal["file", "settings", "command", "message"]
    title: str
    body: str = ""
    told_ready_at: datetime | None = None
    told_easy_from: datetime | None = None
    stored_ready_at: datetime | None = None
    kind: MessageKind | None = None
    is_of_hard: bool = False
    picture: CardFacts | None = None


class _InAmsterdam(Pipeline):
    zone = ZONE


def play(life: Life, language: str) -> Iterator[Happened]:
    """Yield what happens in the two weeks of a life, in order of time.

    Args:
        language: "en" or "nl".
    """
    with tempfile.TemporaryDirectory(prefix="hersteld-life-") as scratch:
        settings = {key.replace(".", "__"): value for key, value in life.settings.items()}
        begin = moment(0, time(5, 0))
        pipeline = _InAmsterdam(
            Path(scratch),
            _PHONE,
            now=begin,
            **{**settings, "notify__language": language, "notify__quiet_hours": QUIET_HOURS},
            **({"plan__calendar": str(Path(scratch, "training.ics"))} if life.plans else {}),
        )
        pipeline.leave_to_default("notify.weekly")
        if life.knows_weeks:
            yield _let_weeks_come(pipeline)
            yield from _look(pipeline)
        coming = sorted(_coming(life), key=lambda event: event[0])
        while (at := _next(pipeline, coming)) is not None and at < begin + timedelta(days=DAYS):
            pipeline.clock.move(max(timedelta(), at - pipeline.clock.now()))
            while coming and coming[0][0] <= pipeline.clock.now():
                _, event, again = coming.pop(0)
                yield _let_happen(pipeline, life, event, again=again)
            yield from _look(pipeline)
        pipeline.store.close()


def _look(pipeline: Pipeline) -> Iterator[Happened]:
    for _ in range(_LOOKS):
        pipeline.look()
        yield from _read(pipeline)
        pipeline.clock.move(_BETWEEN_LOOKS)


def _let_weeks_come(pipeline: Pipeline) -> Happened:
    count = 0
    for name, content in weeks_before(MONDAY, ZONE):
        pipeline.put(f"before/{name}", content)
        count += 1
    return Happened(pipeline.clock.now(), "file", f"before/: {count} files")


def _coming(life: Life) -> Iterator[tuple[datetime, Event, bool]]:
    for training in life.trainings:
        yield training.ended_at + timedelta(hours=training.sync_h), training, False
        if training.again_h is not None:
            yield training.ended_at + timedelta(hours=training.again_h), training, True
    for change in life.changes:
        yield moment(change.day, change.at), change, False
    for answer in life.answers:
        yield moment(answer.day, answer.at), answer, False
    for sleep in life.nights:
        yield sleep.night.woke_at(ZONE) + timedelta(hours=sleep.sync_h), sleep, False
    for plan in life.plans:
        yield moment(plan.day, plan.at), plan, False


def _next(pipeline: Pipeline, coming: list[tuple[datetime, Event, bool]]) -> datetime | None:
    """Return when something happens next; None when nothing comes any more."""
    moments = [coming[0][0]] if coming else []
    if (due_at := pipeline.outbox.next_try_at(_PHONE)) is not None:
        moments.append(due_at)
    if (wait_s := pipeline.told_at_times.wait_s()) is not None:
        moments.append(pipeline.clock.now() + timedelta(seconds=wait_s))
    return min(moments, default=None)


def _let_happen(pipeline: Pipeline, life: Life, event: Event, *, again: bool) -> Happened:
    now = pipeline.clock.now()
    if isinstance(event, Change):
        pipeline.configure(**{key.replace(".", "__"): value for key, value in event.settings.items()})
        return Happened(now, "settings", ", ".join(f"{key} = {value}" for key, value in event.settings.items()))
    if isinstance(event, Answer):
        return Happened(now, "command", _say(pipeline, event))
    if isinstance(event, Sleep):
        name = f"{event.night.day}-night.fit"
        pipeline.put(name, nights_file([event.night], ZONE))
        return Happened(now, "file", name)
    if isinstance(event, Plan):
        return Happened(now, "file", _plan(pipeline, event))
    local = event.started_at.astimezone(ZONE)
    name = f"{local:%Y-%m-%d-%H%M}{'-copy' if again else ''}.fit"
    pipeline.put(name, _content(event.recording, local, life.watch))
    return Happened(now, "file", name)


@cache
def _content(recording: Recording, started_at: datetime, watch: DeviceProfile) -> bytes:
    """Return the bytes of a file, which are the same in each language."""
    return recording.content(started_at, watch)


def _plan(pipeline: Pipeline, plan: Plan) -> str:
    """Let the calendar hold what is planned, and be read; return its name."""
    path = pipeline.settings.planned.calendar
    assert path is not None
    events = [(moment(day, at), minutes, title) for day, at, minutes, title in plan.sessions]
    path.write_text(calendar_of(events), encoding="utf-8")
    replan = pipeline.ingest.reassessment.plan_recent_anew
    CalendarKeeper(pipeline.store, pipeline.settings.planned, pipeline.clock, on_change=replan).look()
    return path.name


def _say(pipeline: Pipeline, answer: Answer) -> str:
    """Say something of a workout, beside the service that runs; return the command."""
    started_at = moment(answer.of_day, answer.of_at)
    (of,) = [workout for workout in pipeline.stored() if workout.started_at == started_at]
    with DatabaseLock(pipeline.database):
        changes = Changes(pipeline.store, pipeline.settings, pipeline.clock)
        if answer.sport is None:
            changes.forget(of)
            return f"hersteld forget {of.id}"
        changes.tell_sport(of, *known_sports()[answer.sport])
        return f"hersteld sport {of.id} {answer.sport}"


def _read(pipeline: Pipeline) -> Iterator[Happened]:
    """Yield the messages that have arrived since the last look."""
    newest = pipeline.workouts.latest_planned()
    rows = [row for row in pipeline.outbox.rows() if row.state == "sent"]
    for _, message in pipeline.notifier.received:
        row = next(row for row in reversed(rows) if (row.title, row.body) == (message.title, message.body))
        yield Happened(
            pipeline.clock.now(),
            "message",
            message.title,
            message.body,
            row.told_ready_at,
            row.told_easy_from,
            newest.ready_at if newest is not None else None,
            row.kind,
            row.workout_id is not None and pipeline.workouts.summary(row.workout_id).hard,
            Pictures(pipeline.store, pipeline.settings, pipeline.clock).of(row),
        )
    pipeline.notifier.received.clear()
