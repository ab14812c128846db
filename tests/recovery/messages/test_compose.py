"""Which messages a plan becomes, when they come, and what they say."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.config.settings import LANGUAGES, Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.render import Rendered, render
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Draft, MessageKind
from hersteld.recovery.athlete.history import PastWorkout
from hersteld.recovery.athlete.profile import Athlete, Experience
from hersteld.recovery.join import join
from hersteld.recovery.messages.compose import compose
from hersteld.recovery.messages.digest import digest
from hersteld.recovery.messages.quiet_hours import QuietHours
from tests.support.fit.recoveries import AMSTERDAM, BEGINNER, TRAINED, a_past_workout, local, recovery_of, shipped_rules
from tests.support.fit.workouts import a_workout

QUIET = QuietHours(time(22), time(7))
RIDER = replace(TRAINED, mass_kg=72)


def hard_ride(clock: str = "17:00") -> Workout:
    return a_workout(124, hr=172, sport="cycling", kcal=1290, temperature_c=30, ended_at=local(clock))


def drafts_of(
    workout: Workout,
    athlete: Athlete = RIDER,
    *,
    now: datetime | None = None,
    style: Literal["brief", "coach"] = "brief",
    past: tuple[PastWorkout, ...] = (),
    quiet: QuietHours | None = QUIET,
    first_ever: bool = False,
    weighed_loss_kg: float | None = None,
) -> dict[str, Draft]:
    recovery = recovery_of(workout, athlete, past=past, weighed_loss_kg=weighed_loss_kg)
    drafts = compose(
        recovery,
        workout,
        shipped_rules(),
        style=style,
        quiet_hours=quiet,
        zone=AMSTERDAM,
        now=now or workout.ended_at,
        first_ever=first_ever,
    )
    return {draft.rule: draft for draft in drafts}


def said(draft: Draft, language: Language = "en") -> Rendered:
    return render(draft, load_texts(language), AMSTERDAM)


def test_a_hard_ride_in_the_heat_reads_as_promised() -> None:
    drafts = drafts_of(hard_ride(), weighed_loss_kg=1.0)
    first = said(drafts["first"])
    assert first.title == "Hard ride, 2 h 04"
    assert first.body.splitlines()[0].startswith("Hard: 124 min above threshold. Easy from ")
    assert (
        "Drink 1.5 l, with something salty: 800 ml now, 200 ml at 17:15, 17:30 and 17:45, 100 ml at 18:00."
        in first.body.splitlines()
    )
    assert "Cold bath, 11–15 °C for 11–15 min, before 20:00; not alone." in first.body.splitlines()
    assert "Eat before 19:00: a normal meal, about 72 g carbohydrate and 22 g protein." in first.body.splitlines()
    dutch = said(drafts["first"], "nl")
    assert dutch.title == "Zware rit, 2 u 04"
    assert (
        "Drink 1,5 l, met iets zouts erbij: nu 800 ml, 200 ml om 17:15, 17:30 en 17:45, 100 ml om 18:00."
        in dutch.body.splitlines()
    )


def test_a_hard_day_has_an_evening_and_a_ready_message() -> None:
    drafts = drafts_of(hard_ride())
    assert drafts["evening"].due_at == local("18:00")
    assert said(drafts["evening"]).body.splitlines() == [
        "Tonight no alcohol, and no anti-inflammatories unless prescribed.",
        "Some oily fish or walnuts, and blueberries, help against sore muscles.",
    ]
    ready_at = recovery_of(hard_ride(), RIDER).assessment.ready_at
    assert ready_at is not None
    assert ready_at == local("04:19", "2026-05-08").replace(second=26, microsecond=ready_at.microsecond)
    assert drafts["ready"].due_at == local("07:00", "2026-05-08")
    assert drafts_of(hard_ride(), quiet=None)["ready"].due_at == local("06:00", "2026-05-08"), "as the first one named"
    assert said(drafts["ready"]).body == "From now on you can train hard again."


def test_an_evening_ride_says_the_evening_lines_at_once() -> None:
    drafts = drafts_of(hard_ride("20:00"))
    assert "evening" not in drafts
    assert "Tonight no alcohol" in said(drafts["first"]).body


def test_an_easy_run_is_one_short_message() -> None:
    run = a_workout(40, hr=100, kcal=300, ended_at=local("18:30"))
    drafts = drafts_of(run)
    assert set(drafts) - {rule for rule, draft in drafts.items() if draft.unless_sent} == {"first"}
    lines = said(drafts["first"]).body.splitlines()
    assert lines[0].startswith("Light. Ready for anything from 2")
    assert lines[1] == "Drink when you are thirsty."
    assert lines[2].startswith("Stretch 20 min: calves, hamstrings, quads")
    assert len(lines) == 3


def test_nobody_is_told_to_train_at_night() -> None:
    run = a_workout(50, hr=115, ended_at=local("18:30"))
    assert said(drafts_of(run)["first"]).body.startswith("Moderate. Ready for anything tomorrow.")


def test_a_short_stroll_sends_nothing() -> None:
    assert drafts_of(a_workout(12, hr=85, sport="walking")) == {}


def test_quiet_hours_hold_a_message_and_drop_what_is_over_by_then() -> None:
    drafts = drafts_of(hard_ride("22:30"))
    first = drafts["first"]
    assert first.due_at == local("07:00", "2026-05-07")
    body = said(first).body
    assert "Drink" not in body
    assert "Tonight" not in body
    assert "Until Thu 22:30 no alcohol" in body
    assert drafts_of(hard_ride("22:30"), quiet=None)["first"].due_at == local("22:30")


def test_a_file_that_comes_six_hours_late_brings_rest_and_evening_lines_only() -> None:
    drafts = drafts_of(hard_ride("13:00"), now=local("19:00"))
    body = said(drafts["first"]).body
    assert "Drink" not in body
    assert "Cold bath" not in body
    assert "Eat" not in body
    assert body.splitlines()[0].startswith("Hard: 124 min")
    assert "This evening, stretch 20 min" in body
    assert "Tonight no alcohol" in body
    assert "evening" not in drafts


def test_portions_missed_before_the_file_came_are_not_made_up_for_in_a_gulp() -> None:
    drafts = drafts_of(hard_ride(), now=local("17:20"), weighed_loss_kg=1.0)
    assert (
        "Drink 1.5 l in all, with something salty: 200 ml now, 200 ml at 17:30 and 17:45, 100 ml at 18:00"
        in said(drafts["first"]).body
    )
    over = drafts_of(hard_ride(), now=local("19:30"), weighed_loss_kg=1.0)
    assert "Drink 1.5 l in all after this workout, spread out" in said(over["first"]).body


def test_a_workout_that_ended_twelve_hours_ago_sends_nothing() -> None:
    assert drafts_of(hard_ride("09:00"), now=local("21:01")) == {}
    assert drafts_of(hard_ride("09:00"), now=local("20:59")) != {}


def test_a_first_message_that_cannot_be_delivered_is_followed_by_what_is_still_true() -> None:
    drafts = drafts_of(hard_ride(), weighed_loss_kg=1.0)
    chain = [draft for rule, draft in drafts.items() if rule.startswith("first")]
    assert [draft.due_at for draft in chain] == [
        local(clock) for clock in ("17:00", "17:15", "17:30", "18:15", "19:00", "20:00", "21:00", "22:00")
    ]
    assert all(before.expires_at == after.due_at for before, after in pairwise(chain))
    assert all(set(after.unless_sent) > set(before.unless_sent) for before, after in pairwise(chain))
    assert chain[-1].expires_at == local("05:00", "2026-05-07")
    assert "800 ml now" in said(chain[0]).body
    assert not any("800 ml" in said(draft).body for draft in chain[1:])
    assert not any("before you sit down" in said(draft).body for draft in chain[2:])
    assert "Drink" not in said(chain[-1]).body


def test_every_message_says_what_it_is_about() -> None:
    kinds = {rule: draft.kind for rule, draft in drafts_of(hard_ride(), style="coach", weighed_loss_kg=1.0).items()}
    assert {rule for rule, kind in kinds.items() if kind is MessageKind.FIRST} >= {"first", "first_later_1"}
    portions = {"portion_2", "portion_3", "portion_4", "portion_5"}
    assert {rule for rule, kind in kinds.items() if kind is MessageKind.PORTION} == portions
    others = {rule: kind for rule, kind in kinds.items() if kind not in (MessageKind.FIRST, MessageKind.PORTION)}
    assert others == {
        "evening": MessageKind.EVENING,
        "stretched": MessageKind.STRETCHED,
        "meal": MessageKind.MEAL,
        "ready": MessageKind.READY,
    }


def test_a_beginner_reads_of_the_rest_day_without_a_score() -> None:
    run = a_workout(45, hr=140, ended_at=local("17:00"))
    drafts = drafts_of(run, BEGINNER)
    assert "Keep tomorrow free, train again on Friday." in said(drafts["first"]).body.splitlines()[0]
    assert drafts["ready"].due_at == local("07:00", "2026-05-08")
    assert said(drafts["ready"]).body == "You have had your rest day. You can train again."


@pytest.mark.parametrize(("minutes", "clock"), [(240, "15:11"), (600, "18:00")])
@pytest.mark.parametrize("quiet", [QUIET, None])
def test_a_beginner_is_recovered_no_sooner_than_others(minutes: int, clock: str, quiet: QuietHours | None) -> None:
    ride = a_workout(minutes, hr=165, sport="cycling", ended_at=local(clock), step_s=10)
    recreational = replace(BEGINNER, experience="recreational")
    beginner, other = (drafts_of(ride, athlete, quiet=quiet)["ready"] for athlete in (BEGINNER, recreational))
    assert beginner.due_at == other.due_at
    assert said(beginner).body.endswith("You can train again.")


def test_a_beginner_on_two_days_running_is_told_kindly_in_the_first_line() -> None:
    run = a_workout(45, hr=140, ended_at=local("17:00"))
    yesterday = (a_past_workout(local("17:00", "2026-05-05"), ready_h=20),)
    first = said(drafts_of(run, BEGINNER, past=yesterday)["first"]).body.splitlines()[0]
    assert "You trained yesterday, too." in first
    assert "keep tomorrow free, train again on Friday" in first


def test_the_coach_adds_each_portion_the_end_of_stretching_and_the_meal() -> None:
    drafts = drafts_of(hard_ride(), style="coach", weighed_loss_kg=1.0)
    assert [drafts[f"portion_{n}"].due_at for n in (2, 3, 4, 5)] == [
        local(clock) for clock in ("17:15", "17:30", "17:45", "18:00")
    ]
    assert said(drafts["portion_5"]).title == "Drink 100 ml"
    assert drafts["stretched"].due_at == local("17:20")
    assert drafts["meal"].due_at == local("18:00")
    assert "portion_2" not in drafts_of(hard_ride(), weighed_loss_kg=1.0)


def test_a_marathon_in_the_heat_gets_no_volumes_and_the_red_flags_last() -> None:
    marathon = a_workout(250, hr=165, distance_m=42_195, kcal=3000, ended_at=local("14:10"))
    hot = replace(marathon, min_temperature_c=33)
    lines = said(drafts_of(hot)["first"]).body.splitlines()
    assert lines[0].startswith("Very hard: 42.2 km. Easy week ahead; easy running from ")
    assert "Drink to thirst, and eat something salty." in lines
    assert lines[-1].startswith("Chest pain, fainting")


def test_the_very_first_message_ends_with_the_disclaimer() -> None:
    body = said(drafts_of(hard_ride(), first_ever=True)["first"]).body
    assert body.splitlines()[-1] == "Information, not medical advice: in doubt, ask a professional."


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


def test_a_device_without_a_clock_sends_nothing() -> None:
    assert drafts_of(replace(hard_ride(), has_clock=False)) == {}


def test_one_digest_stands_for_many_workouts() -> None:
    draft = digest(
        count=500,
        first_at=local("12:00", "2019-01-02"),
        last_at=local("12:00"),
        duplicates=12,
        unreadable=3,
        now=local("12:00"),
        first_ever=False,
        rules=shipped_rules(),
    )
    assert said(draft).body.splitlines() == [
        "500 workouts read, 2019 to 2026.",
        "Your baseline is ready.",
        "12 were duplicates.",
        "3 could not be read; hersteld status says why.",
    ]
    assert said(draft, "nl").body.splitlines()[0] == ("500 trainingen ingelezen, van 2019 tot 2026.")


@given(
    minutes=st.integers(1, 400),
    bpm=st.integers(60, 200),
    sport=st.sampled_from(["running", "cycling", "swimming", "walking", "training"]),
    kcal=st.none() | st.floats(50, 4000),
    hour=st.integers(0, 23),
    delay_h=st.floats(0, 13),
    experience=st.sampled_from(["beginner", "recreational", "trained", "elite"]),
    language=st.sampled_from(LANGUAGES),
    style=st.sampled_from(["brief", "coach"]),
)
def test_every_message_is_short_in_time_out_of_quiet_hours_and_expires_after_it_is_due(
    minutes: int,
    bpm: int,
    sport: str,
    kcal: float | None,
    hour: int,
    delay_h: float,
    experience: Experience,
    language: Language,
    style: Literal["brief", "coach"],
) -> None:
    workout = a_workout(minutes, hr=bpm, sport=sport, kcal=kcal, ended_at=local(f"{hour:02}:17"), step_s=10)
    now = workout.ended_at + timedelta(hours=delay_h)
    drafts = drafts_of(workout, replace(RIDER, experience=experience), now=now, style=style, first_ever=True)
    for draft in drafts.values():
        message = said(draft, language)
        assert 0 < len(message.body) <= 600
        assert 0 < len(message.title) <= 50
        assert now <= draft.due_at < draft.expires_at
        assert draft.unless_sent or not QUIET.holds(draft.due_at, AMSTERDAM)
    if "ready" in drafts:
        ready_at = recovery_of(workout, replace(RIDER, experience=experience)).assessment.ready_at
        assert ready_at is not None
        assert drafts["ready"].due_at >= ready_at
