"""What does the athlete answer, and what follows from it?

Commands and taps on a message come here. An answer, and from which workout on everything is to be assessed anew, are
one transaction; see `hersteld.daemon.answers.follow_up` for who assesses.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from hersteld.config.settings import Settings
from hersteld.daemon.answers.follow_up import FollowUp
from hersteld.daemon.answers.meant import find_workout
from hersteld.daemon.database.connection import Store
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.planning.bad_workout import told_if_damaged
from hersteld.daemon.store.answers.pauses import OVER, Pause, pause_at
from hersteld.daemon.store.answers.rows import (
    Answer,
    Kind,
    Source,
    Value,
    add_answer,
    answers_of,
    last_answer,
    take_back,
)
from hersteld.daemon.store.dirty import Cause
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock, iso
from hersteld.daemon.system.errors import DaemonError
from hersteld.recovery.advice import Recovery
from hersteld.recovery.answers.choices import KEY_OF, WHYS

LOWEST_RPE, HIGHEST_RPE = 1, 10
LOWEST_TQR, HIGHEST_TQR = 6, 20
LONGEST_PAUSE = timedelta(days=366)
"""Who names a day that is farther away has mistyped the year, and would hear nothing for as long [H]."""


class BadAnswer(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """An answer cannot be taken like this; the message says why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer about a workout changes.

    Attributes:
        before, after: What the rules say of the workout, with all it continues, before and after the answer.
    """

    workout: StoredWorkout
    before: Recovery
    after: Recovery


class Answers:
    """Takes answers, and takes them back.

    Attributes:
        follow_up: Assesses anew what rests on an answer.
    """

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._rules = settings.rules
        self._workouts = Workouts(store)
        self._assessor = Assessor(self._workouts, settings, clock)
        self.follow_up = FollowUp(store, settings, clock)

    def find(self, which: str) -> StoredWorkout:
        """Return the workout that is meant.

        Args:
            which: An id, or "last" for the last one that is not forgotten.

        Raises:
            NoSuchWorkout: There is none, or it is forgotten.
        """
        return find_workout(self._store, which)

    def rate(self, workout: StoredWorkout, rpe: float, source: Source, *, sent_at: datetime | None = None) -> Outcome:
        """Take the athlete's rating of the effort of a workout; a later one comes before an earlier one.

        Args:
            rpe: Rating of perceived exertion, 1..10.
            sent_at: When a server took it, aware UTC; None where none did.

        Raises:
            BadAnswer: The rating is out of range.
            NoSuchWorkout: The workout was forgotten meanwhile.
            DamagedWorkout: It was damaged on disk.
        """
        if not LOWEST_RPE <= rpe <= HIGHEST_RPE:
            raise BadAnswer("answers.rpe_range", value=rpe, low=LOWEST_RPE, high=HIGHEST_RPE)
        values: dict[str, Value] = (
            {"rpe": float(rpe)} if sent_at is None else {"rpe": float(rpe), "sent_at": iso(sent_at)}
        )
        return self._change(workout, lambda current: self._add(Kind.RPE, values, source, current.id, current.ended_at))

    def unrate(self, workout: StoredWorkout) -> Outcome:
        """Take back the rating of a workout that was given last; one that was given before it holds again.

        Raises:
            BadAnswer: There is none.
            NoSuchWorkout, DamagedWorkout: As for `rate`.
        """

        def take_last_back(current: StoredWorkout) -> None:
            given = answers_of(self._store, Kind.RPE, current.id)
            if not given:
                raise BadAnswer("answers.no_rating", id=str(current.id))
            take_back(self._store, given[-1].id, now=self._clock.now())

        return self._change(workout, take_last_back)

    def done(self, workout: StoredWorkout, what: str, source: Source) -> StoredWorkout:
        """Take that the athlete has followed an advice of a workout; nothing reminds of it any more.

        Args:
            what: "drink", "stretch" or "eat".

        Raises:
            BadAnswer: It is no such word, or the workout asks for nothing of the kind.
            NoSuchWorkout: The workout was forgotten meanwhile.
        """
        if what not in KEY_OF:
            raise BadAnswer("answers.done_what", what=what, whats=", ".join(KEY_OF))
        asked = {advice.key for advice in self._workouts.recovery(workout.id).plan}
        if KEY_OF[what] not in asked:
            raise BadAnswer("answers.not_asked", id=str(workout.id), what=what)
        with self._store.write():
            current = self.find(str(workout.id))
            self._add(Kind.DONE, {"advice": what}, source, current.id, current.ended_at)
            self.follow_up.reassessment.mark_after(current.started_at, Cause.ANSWER)
        self.follow_up.run()
        return current

    def undo_done(self, workout: StoredWorkout) -> Answer:
        """Take back what was said last to be done of a workout, and return it.

        Raises:
            BadAnswer: There is none.
            NoSuchWorkout: The workout was forgotten meanwhile.
        """
        with self._store.write():
            current = self.find(str(workout.id))
            given = answers_of(self._store, Kind.DONE, current.id)
            if not given:
                raise BadAnswer("answers.none_to_take_back")
            take_back(self._store, given[-1].id, now=self._clock.now())
            self.follow_up.reassessment.mark_after(current.started_at, Cause.ANSWER)
        self.follow_up.run()
        return given[-1]

    def feel(self, tqr: int, source: Source) -> None:
        """Take how recovered the athlete feels today; a later answer of the same day comes before an earlier one.

        Args:
            tqr: Total quality recovery, 6 (not at all) to 20 (fully).

        Raises:
            BadAnswer: The answer is out of range.
        """
        if not LOWEST_TQR <= tqr <= HIGHEST_TQR:
            raise BadAnswer("answers.tqr_range", value=tqr, low=LOWEST_TQR, high=HIGHEST_TQR)
        self._say_of_today(Kind.TQR, {"tqr": tqr}, source)

    def rest_at(self, bpm: float, source: Source) -> None:
        """Take the athlete's resting heart rate of today, which comes before that of any device.

        Args:
            bpm: Beats per minute.

        Raises:
            BadAnswer: No resting heart is so slow or so fast.
        """
        rules = self._rules.athlete
        low, high = float(rules.resting_hr_low_bpm), float(rules.resting_hr_high_bpm)
        if not low <= bpm <= high:
            raise BadAnswer("answers.resting_hr_range", value=bpm, low=low, high=high)
        self._say_of_today(Kind.RESTING_HR, {"bpm": float(bpm)}, source)

    def pause(self, why: str, until: date | None, source: Source) -> Pause:
        """Take that the athlete does not train from now on, and return the pause.

        Args:
            why: "ill", "injured" or "away".
            until: The last day of it, a local date; None while nobody knows.

        Raises:
            BadAnswer: It is no such word, or the day has passed or is more than a year away.
        """
        now, zone = self._clock.now(), self._clock.zone()
        today = now.astimezone(zone).date()
        if why not in WHYS:
            raise BadAnswer("answers.pause_why", why=why, whys=", ".join(WHYS))
        if until is not None and until < today:
            raise BadAnswer("answers.pause_past", until=until.isoformat())
        if until is not None and until > today + LONGEST_PAUSE:
            raise BadAnswer("answers.pause_far", until=until.isoformat())
        midnight = None if until is None else datetime.combine(until + timedelta(days=1), time(), tzinfo=zone)
        end = None if midnight is None else midnight.astimezone(UTC)
        self._say_pause({"why": why} if end is None else {"why": why, "until": iso(end)}, source)
        return Pause(why, now, end)

    def current_pause(self) -> Pause | None:
        """Return the pause of this moment; None where there is none."""
        return pause_at(self._store, self._clock.now())

    def end_pause(self, source: Source) -> Pause:
        """Take that the athlete trains again from now on, and return the pause that is over.

        Raises:
            BadAnswer: There is no pause.
        """
        pause = self.current_pause()
        if pause is None:
            raise BadAnswer("answers.no_pause")
        self._say_pause({"why": OVER}, source)
        return replace(pause, until=self._clock.now())

    def _say_pause(self, values: Mapping[str, Value], source: Source) -> None:
        with self._store.write():
            now = self._clock.now()
            self._add(Kind.PAUSE, values, source, None, now)
            self._touch(Kind.PAUSE, now)
        self.follow_up.run()

    def take_back_last(self, kind: Kind) -> Answer:
        """Take back the answer of a kind that was given last, and return it; one that was given before it holds again.

        Raises:
            BadAnswer: There is none.
        """
        with self._store.write():
            last = last_answer(self._store, kind)
            if last is None:
                raise BadAnswer("answers.none_to_take_back")
            take_back(self._store, last.id, now=self._clock.now())
            self._touch(kind, last.at, str(last.values.get("day", "")))
        self.follow_up.run()
        return last

    def _say_of_today(self, kind: Kind, values: Mapping[str, Value], source: Source) -> None:
        now = self._clock.now()
        day = now.astimezone(self._clock.zone()).date().isoformat()
        with self._store.write():
            self._add(kind, {**values, "day": day}, source, None, now)
            self._touch(kind, now, day)
        self.follow_up.run()

    def _touch(self, kind: Kind, at: datetime, day: str = "") -> None:
        """Mark what rests on an answer that is about no single workout.

        Args:
            at: The moment it speaks of, aware UTC.
            day: The local date of an answer about a day.
        """
        if kind is Kind.RESTING_HR:
            self.follow_up.reassessment.mark_nights([date.fromisoformat(day)], Cause.ANSWER)
        elif kind is Kind.PAUSE and (last := self._workouts.latest()) is not None:
            # Each workout since begins gently after an illness, and what waits of earlier ones follows, too.
            waiting = [self._workouts.summary(one).started_at for one in self._workouts.with_waiting_messages()]
            self.follow_up.reassessment.mark_after(min([at, last.started_at, *waiting]), Cause.ANSWER)

    def rating(self, workout: StoredWorkout) -> Answer | None:
        """Return the rating of a workout that holds; None where the athlete gave none, or took all back."""
        return next(iter(answers_of(self._store, Kind.RPE, workout.id)[::-1]), None)

    def _add(
        self, kind: Kind, values: Mapping[str, Value], source: Source, workout_id: int | None, at: datetime
    ) -> None:
        add_answer(self._store, kind, values, source=source, workout_id=workout_id, at=at, now=self._clock.now())

    def _change(self, workout: StoredWorkout, change: Callable[[StoredWorkout], None]) -> Outcome:
        """Change the answers about a workout in one transaction; what rests on them is assessed anew.

        Args:
            change: Handed the workout as it is within the transaction.
        """
        with self._store.write():
            current = self.find(str(workout.id))
            with told_if_damaged(current.id):
                before = self._assessor.with_answers(current.id)
            change(current)
            after = self._assessor.with_answers(current.id)
            if current.has_clock:
                self.follow_up.reassessment.mark_after(current.started_at, Cause.ANSWER)
            else:  # nothing rests on a workout whose device did not know the date
                self._assessor.assess(current.id)
        self.follow_up.run()
        return Outcome(current, before, after)
