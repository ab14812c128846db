"""What may happen in the life of a made-up athlete?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hersteld.daemon.demo.nights import USUAL_RESTING_BPM, USUAL_RMSSD_MS, DemoNight
from hersteld.parsers.workout import DeviceProfile
from tests.lives.workouts import Recording

ZONE = ZoneInfo("Europe/Amsterdam")
MONDAY = date(2026, 5, 4)


@dataclass(frozen=True, slots=True)
class Training:
    """A workout, and when its file comes into the folder.

    Attributes:
        day: Days since the first Monday.
        at: Local time of its start.
        sync_h: Hours from its end until the file comes.
        again_h: Hours until the same file comes a second time, under another name; None when it does not.
    """

    day: int
    at: time
    recording: Recording
    sync_h: float = 0.1
    again_h: float | None = None

    @property
    def started_at(self) -> datetime:
        """Aware UTC."""
        return moment(self.day, self.at)

    @property
    def ended_at(self) -> datetime:
        """Aware UTC."""
        return self.started_at + timedelta(seconds=self.recording.seconds)


@dataclass(frozen=True, slots=True)
class Change:
    """Other settings from a moment on, at which the service is started again."""

    day: int
    at: time
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the athlete says of a workout: `hersteld sport`, or `hersteld forget` where no sport is said.

    Attributes:
        day, at: When it is said.
        of_day, of_at: When the workout began.
        sport: Its name as the command takes it; None to forget the workout.
    """

    day: int
    at: time
    of_day: int
    of_at: time
    sport: str | None = None


@dataclass(frozen=True, slots=True)
class Sleep:
    """A night, whose file comes in after it.

    Attributes:
        day: Of waking up; days since the first Monday.
        rmssd_share, above_bpm: Heart rate variability as a share of the usual one, and resting heart rate above it.
        slept_h: Hours asleep.
        low: Whether the watch calls the variability low.
        sync_h: Hours from waking up until the file comes.
    """

    day: int
    rmssd_share: float = 1.0
    above_bpm: int = 0
    slept_h: float = 7.75
    low: bool = False
    sync_h: float = 0.2

    @property
    def night(self) -> DemoNight:
        """As a watch records it."""
        return DemoNight(
            MONDAY + timedelta(days=self.day),
            self.rmssd_share * USUAL_RMSSD_MS,
            USUAL_RESTING_BPM + self.above_bpm,
            self.slept_h,
            is_low=self.low,
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """The calendar as it is from a moment on.

    Attributes:
        sessions: Day, local time, minutes and title of each event.
    """

    day: int
    at: time
    sessions: Sequence[tuple[int, time, float, str]]


Event = Training | Change | Answer | Sleep | Plan


@dataclass(frozen=True, slots=True)
class Life:
    """Two weeks of an athlete.

    Attributes:
        name: Of the transcript.
        about: One sentence for its reader.
        settings: Dotted keys of the configuration, as `--set` takes them.
        watch: What the watch believes about its wearer.
        knows_weeks: Whether the first files that come in are those of nine weeks before.
    """

    name: str
    about: str
    settings: Mapping[str, str]
    watch: DeviceProfile
    trainings: Sequence[Training]
    changes: Sequence[Change] = field(default=())
    answers: Sequence[Answer] = field(default=())
    nights: Sequence[Sleep] = field(default=())
    plans: Sequence[Plan] = field(default=())
    knows_weeks: bool = False


def moment(day: int, at: time) -> datetime:
    """Return a local time of a day, aware UTC."""
    return datetime.combine(MONDAY + timedelta(days=day), at, tzinfo=ZONE).astimezone(UTC)
