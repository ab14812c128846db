"""Three of the athletes of whom hersteld knows what is usual: the weeks before come in at first, nights included."""

from datetime import time

from hersteld.daemon.demo.curves import steady
from hersteld.parsers.workout import DeviceProfile
from tests.lives.life import Life, Plan, Sleep, Training
from tests.lives.workouts import Run, easy_run, intervals

_RUNNER = {"athlete.experience": "trained", "athlete.birth_year": "1989", "athlete.max_hr": "188"}
_WATCH = DeviceProfile(resting_hr_bpm=50, max_hr_bpm=188, lthr_bpm=168, mass_kg=66)

OVERREACHED = Life(
    "overreached",
    "A trained runner has nine quiet weeks behind him and runs hard on seven mornings in a row; the nights get worse. "
    "Then he rests.",
    _RUNNER,
    _WATCH,
    (
        *(Training(day, time(11, 0), intervals(Run, 5, 4, 168, 3.9)) for day in range(7)),
        Training(10, time(10, 0), easy_run(40, 136, 2.9)),
    ),
    nights=tuple(
        Sleep(day, 1 - 0.03 * max(0, min(day, 15 - day)), max(0, min(day, 15 - day)) // 2) for day in range(14)
    ),
    knows_weeks=True,
)

SLEEPER = Life(
    "sleeper",
    "A trained runner asks for a word in the morning. She sleeps badly, well and little, and once the watch is synced "
    "after noon only.",
    {**_RUNNER, "notify.morning": "07:00"},
    _WATCH,
    (
        Training(1, time(18, 0), intervals(Run, 5, 5, 172, 4.0)),
        Training(5, time(9, 30), intervals(Run, 4, 8, 168, 3.8)),
        Training(8, time(18, 0), intervals(Run, 5, 5, 172, 4.0)),
        Training(10, time(18, 30), easy_run(45, 134, 2.9)),
    ),
    nights=(
        Sleep(1),
        Sleep(2, 0.85, 6, 6.2),
        Sleep(3, 0.9, slept_h=7.0),
        Sleep(4),
        Sleep(5),
        Sleep(6, 1.12, -2, 8.6),
        Sleep(7, 1.1, -1, 8.2),
        Sleep(8),
        Sleep(9, 0.85, 7, 5.8, sync_h=7),
        Sleep(10, 0.8, 2, 5.5),
        Sleep(11, 0.98, low=True),
        Sleep(12),
        Sleep(13, 0.8, 6, 6.4),
    ),
    knows_weeks=True,
)

_RACE = (13, time(13, 0), 110, "Race: half marathon")

RACER = Life(
    "racer",
    "A trained runner keeps a calendar: intervals on two days running, a long run early on Sunday, and a race at the "
    "end of the second week, before which she cannot keep still.",
    {**_RUNNER, "notify.morning": "07:00"},
    _WATCH,
    (
        Training(1, time(18, 0), intervals(Run, 5, 5, 172, 4.0)),
        Training(2, time(18, 30), easy_run(45, 134, 2.9)),
        Training(6, time(9, 0), easy_run(100, 142, 3.0)),
        Training(9, time(18, 0), intervals(Run, 4, 3, 170, 4.0)),
        # The day before: what the calendar is to keep her from.
        Training(12, time(15, 0), intervals(Run, 5, 6, 170, 3.9)),
        Training(13, time(12, 40), Run((steady(15, 128, 2.6), steady(96, 169, 3.66), steady(10, 120, 2.0)))),
    ),
    plans=(
        Plan(1, time(12, 0), ((2, time(18, 30), 60, "Interval training"), (1, time(18, 0), 60, "Intervals"))),
        Plan(4, time(20, 0), ((6, time(9, 0), 100, "Long run"),)),
        Plan(12, time(9, 0), (_RACE,)),
    ),
    knows_weeks=True,
)
