"""What would a believable training week look like, as the FIT files a watch would have made of it?

The same Monday gives the same bytes. The athlete is made up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from hersteld.daemon.demo.curves import heart_rate, on_foot, on_wheels, steady, warmth, wavering
from hersteld.daemon.demo.nights import USUAL_RESTING_BPM, USUAL_RMSSD_MS, DemoNight
from hersteld.daemon.demo.planned import calendar_of
from hersteld.parsers.workout import DeviceProfile, Pause
from hersteld.parsers.writing.encode import Recorded, encode_activity

WATCH_PROFILE = DeviceProfile(resting_hr_bpm=50, max_hr_bpm=188, lthr_bpm=168, ftp_w=250, mass_kg=70, sex="female")
_DEVICE = "Hersteld Demo"


@dataclass(frozen=True, slots=True)
class DemoFile:
    """One file as the watch would export it.

    Attributes:
        name: File name, unique within the week.
        ended_at: End of the workout, aware UTC; the file can arrive from then on.
        content: The bytes of the file.
    """

    name: str
    ended_at: datetime
    content: bytes


_EASY_RUN = (
    steady(8, 108, 1.7),
    steady(30, 134, 2.75),
    steady(7, 104, 1.6),
)
_HARD_RIDE = (
    steady(20, 128, 8.1, 160),
    *(steady(8, 174, 10.4, 262), steady(4, 132, 7.6, 120)) * 5,
    steady(28, 142, 8.8, 185),
    steady(12, 112, 6.9, 95),
)
_WALK = (steady(26, 86, 1.45),)
_INTERVAL_RUN = (
    steady(14, 132, 2.7),
    *(steady(3, 180, 4.3), steady(2, 138, 2.2)) * 7,
    steady(2, 150, 2.6),
)
_SWIM = (
    steady(6, 118, 0.75),
    *(steady(4, 146, 1.05), steady(1, 118, 0.0)) * 6,
    steady(6, 112, 0.7),
)
_BRICK_RIDE = (
    steady(12, 124, 8.0, 150),
    steady(68, 150, 9.3, 210),
    steady(10, 130, 7.8, 140),
)
_BRICK_RUN = (
    steady(22, 160, 3.3),
    steady(6, 120, 1.8),
)
_RACE = (
    steady(10, 124, 2.3),
    steady(105, 162, 2.9),
    steady(10, 116, 1.7),
)
_RACE_AT, _RACE_MINUTES = time(13, 30), 120
_PLANNED_AT = time(12)
_NIGHTS = (  # what share of the usual heart rate variability, beats above the usual resting heart rate, hours asleep
    (1.02, 0, 7.8),
    (1.04, 0, 7.6),
    (0.84, 6, 6.3),
    (1.0, 1, 7.7),
    (0.97, 1, 6.9),
    (1.02, 0, 7.8),
    (1.16, -1, 8.4),
)


def demo_week(monday: date, zone: tzinfo) -> tuple[DemoFile, ...]:
    """Return a week of training, in order of time.

    An easy run, a hard ride in the heat, strength without heart rate, a short walk and an evening of intervals on the
    same day, a swim whose heart rate comes in `hr` messages, a ride with a run twenty minutes later, and a race.

    Args:
        monday: First day of the week.
        zone: Where the athlete lives: the times of day are local.
    """

    def at(day: int, hour: int, minute: int) -> datetime:
        return datetime.combine(monday + timedelta(days=day), time(hour, minute), tzinfo=zone)

    ride = demo_workout("bike-and-run-1", at(5, 9, 30), "cycling", "road", on_wheels(_BRICK_RIDE, (14, 19)), kcal=1050)
    return (
        demo_workout("easy-run", at(0, 7, 10), "running", "generic", on_foot(_EASY_RUN, 82, (12, 14)), kcal=430),
        demo_workout("hard-ride", at(1, 15, 0), "cycling", "road", on_wheels(_HARD_RIDE, (28, 30)), kcal=1370),
        _strength(at(2, 18, 30)),
        demo_workout("walk", at(3, 12, 40), "walking", "casual_walking", on_foot(_WALK, 54, (17, 17)), kcal=105),
        demo_workout("intervals", at(3, 20, 55), "running", "track", on_foot(_INTERVAL_RUN, 86, (16, 14)), kcal=640),
        _swim(at(4, 7, 0)),
        ride,
        demo_workout(
            "bike-and-run-2",
            ride.ended_at.astimezone(zone) + timedelta(minutes=20),
            "running",
            "generic",
            on_foot(_BRICK_RUN, 85, (20, 20)),
            kcal=360,
        ),
        demo_workout(
            "race",
            at(6, 13, 20),
            "running",
            "trail",
            on_foot(_RACE, 83, (14, 17)),
            kcal=1420,
            pauses=[Pause(3900, 4020)],
        ),
    )


def demo_nights(monday: date) -> tuple[DemoNight, ...]:
    """Return the nights of the week, each of the day of waking up: one that is poor, and one that is good."""
    return tuple(
        DemoNight(monday + timedelta(days=day), share * USUAL_RMSSD_MS, USUAL_RESTING_BPM + above, slept_h)
        for day, (share, above, slept_h) in enumerate(_NIGHTS)
    )


def demo_race(monday: date, zone: tzinfo) -> tuple[datetime, str]:
    """Return when the race of Sunday is put into the calendar (aware UTC), and the calendar as it is then."""
    sunday = monday + timedelta(days=6)
    begin = datetime.combine(sunday, _RACE_AT, tzinfo=zone).astimezone(UTC)
    planned_at = datetime.combine(sunday - timedelta(days=1), _PLANNED_AT, tzinfo=zone).astimezone(UTC)
    return planned_at, calendar_of([(begin, _RACE_MINUTES, "Race")])


def demo_workout(
    name: str,
    started_at: datetime,
    sport: str,
    sub_sport: str,
    recorded: Recorded,
    *,
    kcal: float,
    pauses: Sequence[Pause] = (),
) -> DemoFile:
    """Return a workout that the watch recorded.

    Args:
        name: What its file is named after.
        started_at: Local.
        kcal: Energy of the session.
        pauses: As for `encode_activity`.
    """
    content = encode_activity(
        started_at,
        sport,
        recorded,
        sub_sport=sub_sport,
        kcal=kcal,
        pauses=pauses,
        device=_DEVICE,
        profile=WATCH_PROFILE,
    )
    elapsed_s = len(recorded.heart_rate_bpm or ()) + sum(pause.end_s - pause.start_s for pause in pauses)
    return _named(name, started_at, elapsed_s, content)


def _strength(started_at: datetime) -> DemoFile:
    seconds = 52 * 60
    content = encode_activity(
        started_at,
        "training",
        sub_sport="strength_training",
        timer_s=seconds,
        kcal=270,
        exercises=("squat", "deadlift", "row", "bench_press"),
        device=_DEVICE,
        profile=WATCH_PROFILE,
    )
    return _named("strength", started_at, seconds, content)


def _swim(started_at: datetime) -> DemoFile:
    recorded = Recorded(
        heart_rate_bpm=heart_rate(_SWIM),
        speed_mps=wavering(_SWIM, lambda block: block.speed_mps, 0.03),
        temperature_c=warmth(_SWIM, 27, 27),
    )
    content = encode_activity(
        started_at,
        "swimming",
        recorded,
        sub_sport="lap_swimming",
        kcal=350,
        device=_DEVICE,
        profile=WATCH_PROFILE,
        pool_length_m=25,
        hr_messages=True,
    )
    return _named("swim", started_at, sum(block.seconds for block in _SWIM), content)


def _named(name: str, started_at: datetime, elapsed_s: float, content: bytes) -> DemoFile:
    # In UTC: a wall clock cannot be added to across the night the clock changes.
    ended_at = started_at.astimezone(UTC) + timedelta(seconds=elapsed_s)
    return DemoFile(f"{started_at:%Y-%m-%d-%H%M}-{name}.fit", ended_at, content)
