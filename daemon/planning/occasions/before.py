"""Which planned session is to be spoken of next, by what is stored?

There are two times to speak of each: the evening before, and when its meal is due. Each is said under the session's
identity and start. A session that is moved is another then, and what waits for its former start is cancelled; but what
was told of it once is not told again for its new one, unless that is half a day away or more: who puts a run off to
another day eats again.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from hersteld.config.settings import Settings
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.render import says
from hersteld.daemon.database.connection import Store
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.rows import MAY_BE_TOLD_SQL
from hersteld.daemon.planning.occasions.occasion import Due, Word
from hersteld.daemon.store.planned import read_sessions
from hersteld.daemon.store.summaries import Summaries
from hersteld.daemon.system.clock import Clock, iso
from hersteld.recovery.athlete.caution import may_train_hard
from hersteld.recovery.messages.draft import MessageKind
from hersteld.recovery.messages.first_message import REFUEL_IDS
from hersteld.recovery.messages.readiness import announced_readiness
from hersteld.recovery.occasions.before_training import (
    StillToRest,
    before_evening,
    before_meal,
    evening_at,
    is_eaten_in_the_evening,
    is_spoken_of_with_another,
    meal_at,
    meal_until,
)
from hersteld.recovery.occasions.planned_session import PlannedSession

_EVENING, _MEAL = "evening", "meal"
_ANOTHER_DAY = timedelta(hours=12)


class BeforeTraining:
    """The words before a training that is planned."""

    kind = MessageKind.BEFORE
    on_change = False

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._outbox = Outbox(store)
        self._summaries = Summaries(store)
        self._texts = load_texts(settings.notify.language, settings.notify.texts)
        self._athlete = settings.athlete
        self._rules = settings.rules
        self._quiet_hours = settings.notify.quiet_hours
        self._clock = clock
        self._soon = timedelta(hours=float(settings.rules.glycogen.soon_h))

    def dues(self, now: datetime) -> Iterator[Due]:
        """Yield when each planned session is to be spoken of.

        The evening before is over at midnight, and until then a workout may still come in that changes what is to be
        said. So it is yielded only as soon as there is something.
        """
        said = [*self._said()]
        found: list[Due] = []
        for session in self._sessions(now):
            for due in (self._evening(session), self._meal(session)):
                if due is None or due.until <= now or any(_is_of_the_same(due.day, before) for before in said):
                    continue
                if due.at > now or not due.day.startswith(_EVENING) or self.compose(due, now) is not None:
                    found.append(due)
        return iter(sorted(found, key=lambda due: due.at))

    def compose(self, due: Due, read_at: datetime) -> Word | None:
        """Return what is said of a session; None where it is not planned any more at that time."""
        sessions = self._sessions(min(read_at, self._clock.now()))
        session = next((one for one in sessions if due.day in (_day(_EVENING, one), _day(_MEAL, one))), None)
        if session is None:
            return None
        others = [one for one in sessions if one is not session]
        if is_spoken_of_with_another(session, others):
            return None
        if due.day.startswith(_MEAL):
            is_refuelling = self._is_refuelling(session)
            rest = self._rest(read_at)
            draft = before_meal(
                session, others, self._athlete, self._rules, at=read_at, rest=rest, is_refuelling=is_refuelling
            )
        else:
            draft = before_evening(
                session,
                self._rest(read_at),
                self._athlete,
                self._rules,
                at=read_at,
                until=due.until,
                zone=self._clock.zone(),
                with_meal=self._is_eaten_in_the_evening(session),
            )
        return None if draft is None else Word(draft)

    def _sessions(self, now: datetime) -> tuple[PlannedSession, ...]:
        return read_sessions(self._store, now=now, today=now.astimezone(self._clock.zone()).date())

    def _evening(self, session: PlannedSession) -> Due:
        at, until = evening_at(session, self._rules, self._quiet_hours, self._clock.zone())
        return Due(_day(_EVENING, session), at, until)

    def _meal(self, session: PlannedSession) -> Due | None:
        at, until = meal_at(session, self._rules), meal_until(session, self._rules)
        if at is None or until is None or self._is_eaten_in_the_evening(session):
            return None
        return Due(_day(_MEAL, session), at, until)

    def _is_eaten_in_the_evening(self, session: PlannedSession) -> bool:
        return is_eaten_in_the_evening(session, self._rules, self._quiet_hours, self._clock.zone())

    def _is_refuelling(self, session: PlannedSession) -> bool:
        """Return whether the message of a workout says to refuel for a session, to anybody.

        A workout that was too light for that leaves the meal. So does one whose message went out before the session was
        planned: its plan has followed the calendar since, but nobody was told.
        """
        if session.starts_at is None:
            return False
        recent = "workout_id IN (SELECT id FROM workouts WHERE has_clock = 1 AND ended_at > ?)"
        rows = self._outbox.rows(
            f"kind = ? AND {recent} AND ({MAY_BE_TOLD_SQL} OR (state = 'pending' AND unless_sent = ''))",
            [MessageKind.FIRST, iso(session.starts_at - self._soon)],
        )
        return any(says(row.body, text_id, self._texts) for row in rows for text_id in REFUEL_IDS)

    def _rest(self, now: datetime) -> StillToRest | None:
        """Return what the last workout leaves of rest; None where nothing is known."""
        last = self._summaries.latest()
        if last is None or last.easy_from is None or last.ready_at is None:
            return None
        zone = self._clock.zone()
        hard_from = max(last.ready_at, last.easy_week_until or last.ready_at)
        if last.resting_muscles and last.ready_other_at is not None and last.easy_week_until is None:
            hard_from = last.ready_other_at  # nobody knows which muscles the session trains
        return StillToRest(
            announced_readiness(last.easy_from, zone, self._rules),
            announced_readiness(hard_from, zone, self._rules),
            may_train_hard(
                self._athlete.conditions, adult=self._summaries.is_adult(self._athlete, self._rules.athlete, now)
            ),
        )

    def _said(self) -> Iterator[str]:
        """Yield under which day each word was said, whenever its session was planned then."""
        for row in self._store.rows("SELECT day FROM occasions WHERE kind = ? AND said", [self.kind]):
            yield str(row["day"])


def _day(what: str, session: PlannedSession) -> str:
    """Return under which day a word is said of a session, as it is planned now."""
    start = session.day.isoformat() if session.starts_at is None else f"{session.starts_at:%Y-%m-%dT%H:%M}"
    return f"{what}:{session.identity}:{start}"


def _is_of_the_same(day: str, before: str) -> bool:
    """Return whether a word was said before of the same session, at a former start that was not of another day."""
    (*event, start), (*event_before, start_before) = day.split(":", 2), before.split(":", 2)
    if event != event_before or start == start_before:
        return False
    moments = [datetime.fromisoformat(one if "T" in one else f"{one}T12:00") for one in (start, start_before)]
    return abs(moments[0] - moments[1]) < _ANOTHER_DAY
