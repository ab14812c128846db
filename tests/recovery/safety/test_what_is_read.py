"""What athletes read after a workout, in the words of a language."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.render import render
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.join import join
from hersteld.recovery.messages.compose import compose
from hersteld.recovery.messages.correction import correction
from hersteld.recovery.messages.draft import ToldReadiness
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.recover import recover
from tests.support.fit.messages import QUIET, RIDER, drafts_of, hard_ride, said
from tests.support.fit.recoveries import AMSTERDAM, BEGINNER, a_past_workout, local, recovery_of, shipped_rules
from tests.support.fit.workouts import a_workout


def test_a_hard_ride_in_the_heat_reads_as_promised() -> None:
    drafts = drafts_of(hard_ride(), weighed_loss_kg=1.0)
    first = said(drafts["first"])
    assert first.title == "Very hard ride, 2 h 04"
    assert first.body.splitlines()[0].startswith("124 min at or above threshold. Easy from Thu ")
    assert (
        "Drink 1.5 l, with something salty: 800 ml now, 200 ml at 17:15 and 17:30, 150 ml at 17:45 and 18:00."
        in first.body.splitlines()
    )
    assert "Cold bath: 11–15 °C, 11–15 min, before 20:00. Not when you are alone." in first.body.splitlines()
    assert "Eat before 19:00: a normal meal, about 72 g carbohydrate and 22 g protein." in first.body.splitlines()
    assert "No anti-inflammatories until Thu 17:00, unless prescribed." in first.body.splitlines()
    dutch = said(drafts["first"], "nl")
    assert "Koud bad: 11–15 °C, 11–15 minuten, vóór 20:00. Niet als je alleen bent." in dutch.body.splitlines()
    assert dutch.title == "Heel zware rit, 2 u 04"
    assert (
        "Drink 1,5 l, met iets zouts erbij: nu 800 ml, 200 ml om 17:15 en 17:30, 150 ml om 17:45 en 18:00."
        in dutch.body.splitlines()
    )


def test_a_run_with_something_to_drink_is_one_short_message() -> None:
    run = a_workout(40, hr=128, kcal=420, temperature_c=20, ended_at=local("13:00"))
    drafts = drafts_of(run)
    assert set(drafts) - {rule for rule, draft in drafts.items() if draft.unless_sent} == {"first"}
    lines = said(drafts["first"]).body.splitlines()
    assert lines[0].startswith("Ready for anything from 2")
    assert lines[1].startswith("Drink about 0.")
    assert lines[1].endswith(" l over the next hours, with your meal.")
    assert lines[2].startswith("Stretch at least 20 min: calves, hamstrings, quads")
    assert len(lines) == 3


def test_an_easy_run_that_leaves_nothing_to_do_is_silent_but_for_the_very_first() -> None:
    run = a_workout(40, hr=128, kcal=250, temperature_c=10, ended_at=local("13:00"))
    assert drafts_of(run) == {}
    first = said(drafts_of(run, first_ever=True)["first"])
    assert "Ready for anything from " in first.body


def test_nobody_is_told_to_train_at_night() -> None:
    run = a_workout(50, hr=125, ended_at=local("18:30"))
    assert said(drafts_of(run, first_ever=True)["first"]).body.startswith("Ready for anything from Thu 06:00.")


def test_what_quiet_hours_held_back_says_yesterday() -> None:
    drafts = drafts_of(hard_ride("22:30"))
    assert said(drafts["first"]).title == "Yesterday: very hard ride, 2 h 04"
    assert said(drafts["first"], "nl").title == "Gisteren: heel zware rit, 2 u 04"


def test_a_file_that_comes_six_hours_late_brings_rest_and_evening_lines_only() -> None:
    drafts = drafts_of(hard_ride("13:00"), now=local("19:00"))
    body = said(drafts["first"]).body
    assert "Drink" not in body
    assert "Cold bath" not in body
    assert "Eat" not in body
    assert body.splitlines()[0].startswith("124 min")
    assert "This evening, stretch at least 20 min" in body
    assert "Tonight no alcohol" in body
    assert "evening" not in drafts


def test_a_file_that_comes_late_moves_the_timetable_and_nobody_drinks_in_a_gulp() -> None:
    drafts = drafts_of(hard_ride(), now=local("17:20"), weighed_loss_kg=1.0)
    assert (
        "Drink 1.5 l, with something salty: 800 ml now, 200 ml at 17:30 and 17:45, 150 ml at 18:00 and 18:15."
        in said(drafts["first"]).body
    )
    over = drafts_of(hard_ride(), now=local("20:40"), weighed_loss_kg=1.0, quiet=None)
    assert "Drink 1 l, with something salty: 800 ml now, 200 ml at 21:00" in said(over["first"]).body
    assert "Drink" not in said(drafts_of(hard_ride(), now=local("21:00"), quiet=None)["first"]).body


def test_a_beginner_reads_of_the_rest_day_without_a_score() -> None:
    run = a_workout(45, hr=140, ended_at=local("17:00"))
    drafts = drafts_of(run, BEGINNER)
    assert "Keep tomorrow free, train again on Friday." in said(drafts["first"]).body.splitlines()[0]
    assert drafts["ready"].due_at == local("07:00", "2026-05-08")
    assert said(drafts["ready"]).body == "You have had your rest day. You can train again."


def test_a_beginner_on_two_days_running_is_told_kindly_in_the_first_line() -> None:
    run = a_workout(45, hr=140, ended_at=local("17:00"))
    yesterday = (a_past_workout(local("17:00", "2026-05-05"), ready_h=20),)
    first = said(drafts_of(run, BEGINNER, past=yesterday)["first"]).body.splitlines()[0]
    assert "You trained yesterday, too." in first
    assert "keep tomorrow free, train again on Friday" in first


def test_after_leg_day_swimming_is_fine_earlier() -> None:
    legs = a_workout(
        45, sport="training", sub_sport="strength_training", exercises=("squat", "lunge"), ended_at=local("12:00")
    )
    first = drafts_of(legs)["first"]
    assert "Legs: easy from Thu 12:00, hard again from Fri 12:00. Swimming and upper body from " in said(first).body
    assert "Benen: rustig vanaf do 12:00, hard vanaf vr 12:00. Zwemmen en bovenlichaam vanaf " in said(first, "nl").body


def test_a_marathon_in_the_heat_gets_no_volumes_and_the_red_flags_last() -> None:
    marathon = a_workout(250, hr=165, distance_m=42_195, kcal=3000, ended_at=local("14:10"))
    hot = replace(marathon, min_temperature_c=33)
    message = said(drafts_of(hot)["first"])
    assert message.title == "Marathon, 4 h 10"
    lines = message.body.splitlines()
    assert lines[0].startswith("Very hard: 42.2 km. Easy week ahead; easy running from ")
    assert "Drink to thirst, and eat something salty." in lines
    assert lines[-1].startswith("You trained in 33 °C. If you notice confusion")


@pytest.mark.parametrize(
    ("metres", "bpm", "english", "dutch"),
    [
        (42_195, 165, "Very hard: 42.2 km. ", "Heel zwaar: 42,2 km. "),
        (21_097, 165, "Very hard: 21.1 km. ", "Heel zwaar: 21,1 km. "),
        (21_097, 130, "Moderate: 21.1 km. ", "Matig zwaar: 21,1 km. "),
    ],
)
def test_a_race_whose_title_is_its_name_says_first_how_hard_it_was(
    metres: float, bpm: float, english: str, dutch: str
) -> None:
    race = a_workout(metres / 42_195 * 240, hr=bpm, distance_m=metres, ended_at=local("12:00"))
    first = drafts_of(race)["first"]
    assert said(first).body.startswith(english)
    assert said(first, "nl").body.startswith(dutch)


def test_the_very_first_message_ends_with_the_disclaimer() -> None:
    body = said(drafts_of(hard_ride(), first_ever=True)["first"]).body
    assert body.splitlines()[-1] == "Information, not medical advice. If in doubt, ask a professional."


def test_a_brick_is_one_plan_for_both_parts() -> None:
    ride = a_workout(60, hr=160, sport="cycling", kcal=700, ended_at=local("11:00"))
    run = a_workout(30, hr=165, sport="running", kcal=400, ended_at=local("11:40"))
    both = join(ride, run)
    assert both.timer_s == 5400
    apart = recovery_of(ride, RIDER).load.value + recovery_of(run, RIDER).load.value
    assert recovery_of(both, RIDER).load.value == pytest.approx(apart, rel=1e-3)
    first = said(drafts_of(both)["first"])
    assert first.title.endswith("multisport workout, 1 h 30")
    assert "quads, hip flexors, glutes, hamstrings, lower back, neck, calves" in first.body


@pytest.mark.parametrize(("minutes", "clock"), [(240, "15:11"), (600, "18:00")])
@pytest.mark.parametrize("quiet", [QUIET, None])
def test_a_beginner_is_recovered_no_sooner_than_others(minutes: int, clock: str, quiet: QuietHours | None) -> None:
    ride = a_workout(minutes, hr=165, sport="cycling", ended_at=local(clock), step_s=10)
    recreational = replace(BEGINNER, experience="recreational")
    beginner, other = (drafts_of(ride, athlete, quiet=quiet)["ready"] for athlete in (BEGINNER, recreational))
    assert beginner.due_at >= other.due_at
    assert said(beginner).body.endswith("You can train again.")


def read_in(zone: ZoneInfo, workout: Workout, athlete: Athlete, clock: str, delay_h: float) -> list[object]:
    """Return the messages of a workout that ended at this clock time there, and a correction, as they are read."""
    ended_at = datetime.fromisoformat(f"2026-05-06T{clock}").replace(tzinfo=zone).astimezone(UTC)
    workout, now = replace(workout, ended_at=ended_at), ended_at + timedelta(hours=delay_h)
    recovery = recover(workout, athlete, History(), shipped_rules(), zone=zone)
    drafts = compose(
        recovery, workout, shipped_rules(), style="coach", quiet_hours=QUIET, zone=zone, now=now, first_ever=True
    )
    because = Line("correction_settings")
    put_right = correction(recovery, shipped_rules(), because, quiet_hours=QUIET, zone=zone, now=now)
    read: list[object] = []
    for draft in (*drafts, *([put_right] if put_right else [])):
        told = draft.told or ToldReadiness()
        moments = [at for at in (draft.due_at, draft.expires_at, told.easy_from, told.ready_at) if at is not None]
        assert all(at.tzinfo is UTC for at in moments)
        clocks = [at.astimezone(zone).replace(tzinfo=None) for at in moments]
        read.append((draft.rule, clocks, render(draft, load_texts("en"), zone)))
    return read


@pytest.mark.parametrize("zone", [ZoneInfo("Pacific/Auckland"), ZoneInfo("America/Los_Angeles")])
@pytest.mark.parametrize("clock", ["00:30", "06:00", "11:00", "15:30", "20:10", "23:40"])
@pytest.mark.parametrize("delay_h", [0, 2, 9])
@pytest.mark.parametrize(
    ("workout", "athlete"),
    [
        (a_workout(124, hr=172, sport="cycling", kcal=1290, temperature_c=30, step_s=10), RIDER),
        (a_workout(45, hr=140, step_s=10), BEGINNER),
    ],
)
def test_at_the_same_hour_of_their_day_athletes_read_the_same_wherever_they_live(
    workout: Workout, athlete: Athlete, clock: str, delay_h: float, zone: ZoneInfo
) -> None:
    there = read_in(zone, workout, athlete, clock, delay_h)
    assert there
    assert there == read_in(AMSTERDAM, workout, athlete, clock, delay_h)
