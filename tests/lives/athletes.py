"""Who are the athletes, and what do they do in their two weeks?"""

from datetime import time

from hersteld.daemon.demo.curves import steady
from hersteld.parsers.workout import DeviceProfile
from tests.lives.known import OVERREACHED, RACER, SLEEPER
from tests.lives.life import Answer, Change, Life, Training
from tests.lives.workouts import Indoors, Ride, Run, easy_run, intervals, ride, walk

_WORKDAYS = (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)

BEGINNER = Life(
    "beginner",
    "A beginner of 35 walks 25 minutes to work and back, and runs three times a week. The watch has a heart rate.",
    {"athlete.experience": "beginner", "athlete.birth_year": "1991"},
    DeviceProfile(resting_hr_bpm=66, max_hr_bpm=186, mass_kg=82),
    (
        *(Training(day, time(8, 15), walk(25)) for day in _WORKDAYS),
        *(Training(day, time(17, 30), walk(25, 95)) for day in _WORKDAYS),
        Training(1, time(19, 0), easy_run(32, 148, 2.3)),
        Training(3, time(19, 0), easy_run(34, 150, 2.3)),
        Training(5, time(9, 30), easy_run(40, 152, 2.35)),
        Training(8, time(19, 0), easy_run(35, 147, 2.35)),
        # The day after: a beginner's usual mistake.
        Training(9, time(19, 10), easy_run(36, 151, 2.4)),
        Training(12, time(9, 30), easy_run(45, 153, 2.4)),
    ),
)

_RACE = Ride((steady(20, 130, 8, 160), steady(150, 167, 10.6, 246), steady(12, 120, 7, 110)), (24, 29))

CYCLIST = Life(
    "cyclist",
    "A trained cyclist with a power meter has a busy week, then an easy one with a race at its end.",
    {
        "athlete.experience": "trained",
        "athlete.birth_year": "1988",
        "athlete.ftp_w": "265",
        "athlete.max_hr": "187",
        "athlete.resting_hr": "48",
        "athlete.mass_kg": "72",
    },
    DeviceProfile(resting_hr_bpm=48, max_hr_bpm=187, lthr_bpm=168, ftp_w=265, mass_kg=72, sex="female"),
    (
        Training(1, time(18, 0), intervals(Ride, 5, 5, 174, 10.2, 285)),
        Training(2, time(17, 30), ride(105, 134, 175)),
        Training(3, time(18, 0), intervals(Ride, 3, 12, 169, 10.0, 262)),
        Training(4, time(18, 30), ride(60, 116, 130)),
        Training(5, time(9, 0), ride(250, 138, 182, (15, 24))),
        Training(6, time(9, 30), intervals(Ride, 8, 6, 168, 10.1, 255)),
        Training(8, time(18, 0), ride(75, 122, 145)),
        Training(10, time(18, 0), intervals(Ride, 4, 3, 172, 10.6, 290)),
        Training(
            13,
            time(13, 0),
            Ride((steady(20, 130, 8, 160), steady(150, 167, 10.6, 246), steady(12, 120, 7, 110)), (24, 29)),
        ),
    ),
)

MARATHON = Life(
    "marathon",
    "A trained runner tapers, runs a marathon on Sunday, and feels impatient in the week after.",
    {"athlete.experience": "trained", "athlete.birth_year": "1984", "athlete.max_hr": "184", "athlete.mass_kg": "68"},
    DeviceProfile(resting_hr_bpm=46, max_hr_bpm=184, lthr_bpm=166, mass_kg=68),
    (
        Training(1, time(18, 30), intervals(Run, 3, 6, 162, 4.1)),
        Training(3, time(7, 0), easy_run(45, 134, 3.1)),
        Training(5, time(10, 0), easy_run(22, 132, 3.1)),
        Training(6, time(10, 0), Run((steady(205, 157, 3.435), steady(4, 120, 1.4)), (11, 18))),
        Training(9, time(12, 30), walk(40)),
        Training(11, time(18, 0), easy_run(30, 130, 2.9)),
        Training(13, time(9, 0), easy_run(60, 136, 3.0)),
    ),
)

_LEGS = ("squat", "deadlift", "lunge", "calf_raise")
_UPPER_BODY = ("bench_press", "row", "shoulder_press", "pull_up")

STRENGTH = Life(
    "strength",
    "Somebody lifts weights three times a week and does yoga twice, without a heart rate strap, and one evening lifts "
    "with the watch set to yoga.",
    {"athlete.experience": "recreational", "athlete.birth_year": "1995", "athlete.mass_kg": "64"},
    DeviceProfile(mass_kg=64),
    tuple(
        training
        for week in (0, 7)
        for training in (
            Training(week, time(18, 30), Indoors(55, "strength_training", _LEGS)),
            Training(week + 1, time(20, 0), Indoors(45, "yoga")),
            Training(week + 2, time(18, 30), Indoors(50, "strength_training", _UPPER_BODY)),
            Training(week + 3, time(20, 0), Indoors(60, "yoga")),
            Training(week + 4, time(18, 30), Indoors(60, "strength_training", _LEGS)),
        )
    ),
    answers=(Answer(8, time(21, 0), 8, time(20, 0), "strength_training"),),
)

PARENT = Life(
    "parent",
    "A parent trains when the children sleep, syncs days late and twice, corrects the configuration half-way, and "
    "forgets a ride of a neighbour who had borrowed the watch.",
    {"athlete.experience": "beginner"},
    DeviceProfile(resting_hr_bpm=55, max_hr_bpm=182, mass_kg=75),
    (
        Training(1, time(21, 0), easy_run(40, 146, 2.7), sync_h=11),
        Training(3, time(6, 0), easy_run(35, 142, 2.7), sync_h=52, again_h=60),
        Training(5, time(7, 30), intervals(Run, 6, 3, 170, 3.6), sync_h=1, again_h=30),
        Training(6, time(20, 30), ride(90, 132, 150), sync_h=60),
        Training(8, time(20, 45), intervals(Run, 5, 4, 168, 3.5), sync_h=0.2),
        Training(9, time(14, 0), ride(150, 150, 190), sync_h=0.5),
        Training(10, time(6, 0), easy_run(50, 145, 2.8), sync_h=14, again_h=15),
        Training(12, time(14, 0), easy_run(95, 148, 2.8), sync_h=5),
    ),
    (Change(7, time(13, 0), {"athlete.experience": "trained", "athlete.max_hr": "190", "athlete.birth_year": "1986"}),),
    (Answer(9, time(18, 0), 9, time(14, 0)),),
)

LIVES = (BEGINNER, CYCLIST, MARATHON, STRENGTH, PARENT, OVERREACHED, SLEEPER, RACER)
