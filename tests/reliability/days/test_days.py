"""Whatever happens over days, nobody is told to be ready too early, in the night, late, or twice.

Workouts and nights come on time, late, twice or recorded by a second watch; the athlete says which sport a workout
was, forgets one and takes it back; settings change; a receiver refuses; the program is killed and started again. The
clock is set by hand, and everything else is real.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hersteld.config.file.models import parse_quiet_hours
from hersteld.daemon.answers.changes import Changes
from hersteld.daemon.answers.meant import NoSuchWorkout
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.delivery.notifiers import Message, SendResult
from hersteld.daemon.store.changes import forgotten_times
from hersteld.daemon.store.dirty import DirtyRow
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.system.clock import ManualClock
from hersteld.parsers.line import Line
from hersteld.recovery.athlete.sport_families import known_sports
from tests.support.nights.stored import knows_what_is_usual, nights_come
from tests.support.nights.usual import a_night
from tests.support.pipeline import Pipeline, a_file

BEGIN = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)
QUIET_HOURS = parse_quiet_hours("22:00-07:00")
TARGETS = ("phone", "desktop")
TOLERANCE = timedelta(hours=2, minutes=15)
"""Two hours are not corrected, and times are told to the quarter."""
IN_TIME = timedelta(hours=11)
"""A workout that ended twelve hours ago is stored without a message."""
REFUSED = SendResult(ok=False, reason=Line("delivery.without_reason"))
_LOOK = timedelta(seconds=15)
NIGHTS = ((30.0, 58.0), (30.0, None), (None, 58.0), (70.0, 46.0), (50.0, 50.0))
"""RMSSD and resting heart rate of nights of whom 50 and 50 are usual: poor ones, a good one, and one as usual."""

workouts = st.fixed_dictionaries(
    {
        "minutes": st.sampled_from((12, 35, 62, 130)),
        "bpm": st.sampled_from((98, 128, 150, 172)),
        "sport": st.sampled_from(("running", "cycling", "walking")),
    }
)


class Killed(BaseException):
    """Ends the program wherever it is, as a power cut does."""


class KillingClock(ManualClock):
    """A clock at which the program dies: asking for the time is what it does everywhere."""

    dies_after: int | None = None

    def now(self) -> datetime:
        if self.dies_after is not None:
            self.dies_after -= 1
            if self.dies_after < 0:
                self.dies_after = None
                raise Killed
        return super().now()


class DaysPipeline(Pipeline):
    """A pipeline whose program can be killed."""

    def restart(self) -> None:
        """Start again after a kill: nothing is closed in order, and what was not committed is gone."""
        self.store.db.conn.close()
        self.store = Store(self.database)
        self.start()


class Days(RuleBasedStateMachine):
    """Days in the life of the program."""

    def __init__(self) -> None:
        super().__init__()
        self._scratch = tempfile.TemporaryDirectory(prefix="hersteld-days-")
        self.pipeline = DaysPipeline(Path(self._scratch.name), *TARGETS, now=BEGIN, notify__quiet_hours="22:00-07:00")
        self.clock = KillingClock(BEGIN)
        self.pipeline.clock = self.clock
        self.pipeline.start()
        knows_what_is_usual(self.pipeline)
        self.refusing: set[str] = set()
        self.pipeline.notifier.answer = self._answer
        self.files = 0
        self.last: tuple[bytes, datetime] | None = None
        self.seen: list[tuple[str, datetime]] = []

    def teardown(self) -> None:
        self.pipeline.store.close()
        self._scratch.cleanup()

    def _answer(self, target: str, message: Message) -> SendResult:
        if target in self.refusing:
            return REFUSED
        self.seen.append((target, self.clock._now))
        del message
        return SendResult(ok=True)

    def _settle(self) -> None:
        for _ in range(4):
            self.pipeline.look()
            self.clock.move(_LOOK)

    def _arrives(self, content: bytes, *, name: str = "") -> None:
        self.files += 1
        self.pipeline.put(name or f"{self.files}.fit", content)
        self._settle()

    def _last_workouts(self) -> list[StoredWorkout]:
        return [workout for workout in self.pipeline.workouts.newest(3) if workout.has_clock]

    def _one_of_the_last(self, which: int) -> StoredWorkout:
        found = self._last_workouts()
        return found[which % len(found)]

    @contextmanager
    def _answering(self) -> Iterator[Changes]:
        """What the athlete says, beside a service that runs."""
        with DatabaseLock(self.pipeline.database):
            yield Changes(self.pipeline.store, self.pipeline.settings, self.clock)

    # --- what happens

    @rule(workout=workouts)
    def trains(self, workout: dict[str, object]) -> None:
        """A workout ends now and comes in at once."""
        self._comes(workout, hours_ago=0.0)

    @rule(workout=workouts, hours_ago=st.sampled_from((3.0, 9.0, 26.0, 75.0)))
    def syncs_late(self, workout: dict[str, object], hours_ago: float) -> None:
        """A workout of before comes in."""
        self._comes(workout, hours_ago=hours_ago)

    def _comes(self, workout: dict[str, object], *, hours_ago: float) -> None:
        ended_at = (self.clock._now - timedelta(hours=hours_ago)).replace(microsecond=0)
        content = a_file(ended_at, **workout)  # type: ignore[arg-type]
        self.last = (content, ended_at)
        self._arrives(content)

    @precondition(lambda self: self.last is not None)
    @rule()
    def comes_twice(self) -> None:
        """The last file comes again under another name."""
        assert self.last is not None
        self._arrives(self.last[0])

    @precondition(lambda self: self.last is not None)
    @rule(bpm=st.sampled_from((120, 165)), minutes=st.sampled_from((40, 90)))
    def second_watch(self, bpm: int, minutes: int) -> None:
        """Another device recorded the last workout, too, differently."""
        assert self.last is not None
        self._arrives(a_file(self.last[1], minutes=minutes, bpm=bpm, sport="cycling", power=180))

    @precondition(lambda self: bool(self._last_workouts()))
    @rule(which=st.integers(0, 2), sport=st.sampled_from(("running", "cycling", "walking", "strength_training", None)))
    def sport_is_told(self, which: int, sport: str | None) -> None:
        """The athlete says which sport one of the last workouts was, or that its device was right."""
        workout = self._one_of_the_last(which)
        with self._answering() as changes, suppress(NoSuchWorkout):  # nobody had said otherwise
            if sport is None:
                changes.untell_sport(workout)
            else:
                changes.tell_sport(workout, *known_sports()[sport])
        self._settle()

    @precondition(lambda self: bool(self._last_workouts()))
    @rule(which=st.integers(0, 2))
    def forgotten(self, which: int) -> None:
        """The athlete says that one of the last workouts is to be forgotten."""
        workout = self._one_of_the_last(which)
        with self._answering() as changes:
            changes.forget(workout)
        self._settle()

    @precondition(lambda self: bool(forgotten_times(self.pipeline.store)))
    @rule()
    def taken_back(self) -> None:
        """The workout that was forgotten first counts after all."""
        first = forgotten_times(self.pipeline.store)[0][0]
        with self._answering() as changes:
            changes.bring_back(changes.find(str(first), forgotten=True))
        self._settle()

    @rule(hours=st.sampled_from((1, 5, 14, 30)))
    def time_passes(self, hours: int) -> None:
        """Nothing comes for hours; messages are delivered when they are due."""
        self.pipeline.pass_time(hours=hours, step=timedelta(minutes=30))

    @rule(experience=st.sampled_from(("beginner", "recreational", "trained", "elite")))
    def athlete_changes(self, experience: str) -> None:
        """The athlete is another one, from a start of the service on."""
        self.pipeline.configure(athlete__experience=experience)
        self._settle()

    @rule(language=st.sampled_from(("en", "nl")))
    def language_changes(self, language: str) -> None:
        """The words are other ones."""
        self.pipeline.configure(notify__language=language)
        self._settle()

    @rule(receiver=st.sampled_from(TARGETS))
    def receiver_fails_and_recovers(self, receiver: str) -> None:
        """A receiver refuses from now on, or accepts again."""
        self.refusing ^= {receiver}

    @rule(workout=workouts, after=st.integers(0, 40))
    def killed_while_a_workout_comes(self, workout: dict[str, object], after: int) -> None:
        """The program dies somewhere on the way of a file, and is started again."""
        self.clock.dies_after = after
        try:
            self._comes(workout, hours_ago=0.0)
        except Killed:
            self.pipeline.restart()
        self.clock.dies_after = None
        self._settle()

    @rule(measured=st.sampled_from(NIGHTS), days_ago=st.sampled_from((0, 0, 0, 1, 4)), device=st.sampled_from("ab"))
    def wakes(self, measured: tuple[float | None, float | None], days_ago: int, device: str) -> None:
        """What a watch measured of a night comes in, in whatever hour."""
        night = a_night(self.clock._now.date() - timedelta(days=days_ago), *measured)
        nights_come(self.pipeline, night, device=device, minutes=300 if device == "a" else 400)
        self._settle()

    # --- what always holds

    @invariant()
    def nothing_is_said_in_the_night(self) -> None:
        assert QUIET_HOURS is not None
        assert [moment for _, moment in self.seen if QUIET_HOURS.holds(moment, UTC)] == []

    @invariant()
    def nothing_is_said_twice(self) -> None:
        sent = [row for row in self.pipeline.outbox.rows() if row.state == "sent"]
        assert max(Counter((row.workout_identity, row.rule, row.target) for row in sent).values(), default=1) == 1

    @invariant()
    def nothing_is_said_late(self) -> None:
        sent = [row for row in self.pipeline.outbox.rows() if row.state == "sent"]
        assert [row for row in sent if row.changed_at > row.expires_at + timedelta(minutes=1)] == []

    @invariant()
    def nobody_believes_to_be_ready_too_early(self) -> None:
        now = self.clock._now
        assert QUIET_HOURS is not None
        newest = self.pipeline.workouts.latest_planned()
        if QUIET_HOURS.holds(now, UTC) or newest is None or newest.ready_at is None or newest.ready_at <= now:
            return
        assert DirtyRow(self.pipeline.store).read().since is None
        for target in TARGETS:
            waits = [row for row in self.pipeline.outbox.waiting() if row.target == target]
            told = self.pipeline.outbox.last_told(target)
            if target in self.refusing or waits or told is None or told.told_ready_at is None:
                continue  # what waits for it says what holds, as soon as it accepts
            if told.told_ready_at > now:
                assert told.told_ready_at >= newest.ready_at - TOLERANCE, (told, newest)

    @invariant()
    def no_night_moves_readiness_far(self) -> None:
        for workout in self._last_workouts():
            assessment = self.pipeline.workouts.recovery(workout.id).assessment
            if assessment.night is None or assessment.rested_at is None or assessment.next_training_on is not None:
                continue
            assert assessment.ready_at is not None
            assert assessment.ready_at >= assessment.rested_at - timedelta(hours=6)
            if assessment.ready_before_at is None:
                assert assessment.ready_at <= assessment.rested_at + timedelta(hours=12)

    @invariant()
    def nobody_is_left_without_a_word_of_a_hard_workout(self) -> None:
        now = self.clock._now
        assert QUIET_HOURS is not None
        newest = self.pipeline.workouts.latest_planned()
        if QUIET_HOURS.holds(now, UTC) or newest is None or newest.ready_at is None:
            return
        hard = [workout for workout in self._last_workouts() if workout.hard and workout.ready_at == newest.ready_at]
        if not any(now < workout.ended_at + IN_TIME for workout in hard):
            return
        for target in set(TARGETS) - self.refusing:
            told = self.pipeline.outbox.last_told(target)
            if not any(row.target == target for row in self.pipeline.outbox.waiting() if row.told_ready_at is not None):
                assert told is not None, newest
                assert told.told_ready_at is None or told.told_ready_at >= newest.ready_at - TOLERANCE, (told, newest)


TestDays = Days.TestCase
TestDays.settings = settings(
    max_examples=25, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)
)
