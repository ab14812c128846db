"""Which messages a plan becomes, when they come, and what they say."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.config.rules import load_rules
from hersteld.config.settings import LANGUAGES, Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.profile import Athlete, Experience
from hersteld.recovery.messages.draft import MessageKind, ToldReadiness
from hersteld.recovery.messages.quiet_hours import QuietHours
from tests.support.fit.messages import QUIET, RIDER, drafts_of, hard_ride, said
from tests.support.fit.recoveries import AMSTERDAM, a_past_workout, local, recovery_of, with_condition
from tests.support.fit.workouts import a_workout, seconds


def test_a_hard_day_has_an_evening_and_a_ready_message() -> None:
    drafts = drafts_of(hard_ride())
    assert drafts["evening"].due_at == local("18:00")
    assert said(drafts["evening"]).body.splitlines() == [
        "Tonight no alcohol.",
        "Some oily fish or walnuts, and blueberries, may help against sore muscles.",
    ]
    ready_at = recovery_of(hard_ride(), RIDER).assessment.ready_at
    assert ready_at == local("17:00", "2026-05-08")
    assert drafts["ready"].due_at == local("17:00", "2026-05-08")
    night = drafts_of(hard_ride("04:00"), quiet=None)["ready"]
    assert night.due_at == local("06:00", "2026-05-08"), "as the first one named"
    assert drafts_of(hard_ride("04:00"))["ready"].due_at == local("07:00", "2026-05-08"), "quiet hours hold it"
    assert said(drafts["ready"]).body == "From now on you can train hard again."


def test_a_readiness_late_in_the_evening_is_told_the_next_morning_and_stays_news_as_long() -> None:
    drafts = drafts_of(hard_ride("20:30"))
    first, ready = drafts["first"], drafts["ready"]
    assert first.told is not None
    assert first.told.ready_at == local("20:30", "2026-05-08")
    assert ready.due_at == local("07:00", "2026-05-09")
    assert ready.expires_at == local("19:00", "2026-05-09")


def test_an_evening_ride_says_the_evening_lines_at_once() -> None:
    drafts = drafts_of(hard_ride("20:00"))
    assert "evening" not in drafts
    assert "Tonight no alcohol" in said(drafts["first"]).body


def test_a_short_stroll_sends_nothing() -> None:
    assert drafts_of(a_workout(12, hr=85, sport="walking")) == {}


@pytest.mark.parametrize("clock", ["18:30", "19:00", "20:10"])
def test_what_is_delivered_late_names_no_bath_or_large_volume_shortly_before_the_quiet_hours(clock: str) -> None:
    drafts = [draft for draft in drafts_of(hard_ride(clock)).values() if draft.due_at < local("22:00")]
    for draft in drafts:
        body = said(draft).body
        if "Cold bath" in body:
            assert "before 21:00" in body
            assert draft.expires_at <= local("21:00")
        if "1.4 l" in body:
            assert draft.expires_at <= local("21:00")
    assert any("Cold bath" in said(draft).body for draft in drafts)
    assert any("0.4 l over" in said(draft).body for draft in drafts), "the last hour has room for so much"


def test_quiet_hours_hold_a_message_and_drop_what_is_over_by_then() -> None:
    drafts = drafts_of(hard_ride("22:30"))
    first = drafts["first"]
    assert first.due_at == local("07:00", "2026-05-07")
    body = said(first).body
    assert "Drink" not in body
    assert "Tonight" not in body
    assert "Until tonight no alcohol" in body
    assert drafts_of(hard_ride("22:30"), quiet=None)["first"].due_at == local("22:30")


def test_a_workout_that_ended_twelve_hours_ago_sends_nothing() -> None:
    assert drafts_of(hard_ride("09:00"), now=local("21:01")) == {}
    assert drafts_of(hard_ride("09:00"), now=local("21:00")) == {}
    assert drafts_of(hard_ride("09:00"), now=local("20:59")) != {}


def test_a_first_message_that_cannot_be_delivered_is_followed_by_what_is_still_true() -> None:
    drafts = drafts_of(hard_ride(), weighed_loss_kg=1.0)
    chain = [draft for rule, draft in drafts.items() if rule.startswith("first")]
    assert [draft.due_at for draft in chain] == [
        local(clock) for clock in ("17:00", "17:15", "17:30", "19:00", "20:00", "21:00")
    ]
    assert all(before.expires_at == after.due_at for before, after in pairwise(chain))
    assert all(set(after.unless_sent) > set(before.unless_sent) for before, after in pairwise(chain))
    assert chain[-1].expires_at == local("22:00"), "at 05:00 it is no news any more, and nothing is sent until then"
    assert "800 ml now" in said(chain[0]).body
    assert not any("800 ml" in said(draft).body for draft in chain[1:])
    assert not any("before you sit down" in said(draft).body for draft in chain[2:])
    assert "Drink" not in said(chain[-1]).body


@pytest.mark.parametrize(
    ("now", "stand_ins"),
    [
        ("17:15", ("17:15", "17:30", "19:00", "20:00", "21:00")),
        ("17:20", ("17:20", "17:30", "19:00", "20:00", "21:00")),
        ("17:30", ("17:30", "17:45", "19:00", "20:00", "21:00")),
    ],
)
def test_of_the_timetable_the_portion_to_drink_now_alone_has_a_stand_in(now: str, stand_ins: tuple[str, ...]) -> None:
    drafts = drafts_of(hard_ride(), now=local(now), weighed_loss_kg=1.0)
    chain = [draft.due_at for rule, draft in drafts.items() if rule.startswith("first")]
    assert chain[:5] == [local(clock) for clock in stand_ins]


@pytest.mark.parametrize("clock", ["12:00", "19:00"])
@pytest.mark.parametrize("quiet", [QUIET, None])
@pytest.mark.parametrize("athlete", [RIDER, with_condition("injury"), with_condition("diabetes")])
def test_no_line_outlives_its_advice_and_no_large_volume_reaches_the_last_hour(
    clock: str, quiet: QuietHours | None, athlete: Athlete
) -> None:
    run = a_workout(60, hr=138, kcal=700, temperature_c=20, ended_at=local(clock))
    plan = recovery_of(run, athlete).plan
    chain = [draft for rule, draft in drafts_of(run, athlete, quiet=quiet).items() if rule.startswith("first")]
    assert any(line.id == "drink_total" for draft in chain for line in draft.lines)
    for draft in chain:
        for line in draft.lines:
            expiries = [advice.expires_at for advice in plan if advice.id == line.id]
            assert max(expiries, default=draft.expires_at) >= draft.expires_at, line.id
            if quiet is not None and float(str(line.values.get("total_ml", 0))) > 400:
                assert draft.expires_at <= local("21:00")


def test_every_message_says_what_it_is_about() -> None:
    kinds = {rule: draft.kind for rule, draft in drafts_of(hard_ride(), style="coach", weighed_loss_kg=1.0).items()}
    assert {rule for rule, kind in kinds.items() if kind is MessageKind.FIRST} >= {"first", "first_later_1"}
    portions = {"portion_2"}
    assert len([rule for rule in kinds if not rule.startswith("first_later")]) == 6, "no more about one workout"
    assert {rule for rule, kind in kinds.items() if kind is MessageKind.PORTION} == portions
    others = {rule: kind for rule, kind in kinds.items() if kind not in (MessageKind.FIRST, MessageKind.PORTION)}
    assert others == {
        "evening": MessageKind.EVENING,
        "stretched": MessageKind.STRETCHED,
        "meal": MessageKind.MEAL,
        "ready": MessageKind.READY,
    }


def test_a_device_without_a_clock_sends_nothing() -> None:
    assert drafts_of(replace(hard_ride(), has_clock=False)) == {}


def test_a_light_workout_with_something_to_know_is_told_and_without_is_not() -> None:
    stroll = a_workout(14, hr=95, sport="walking", ended_at=local("17:00"))
    assert drafts_of(stroll) == {}
    earlier = (a_past_workout(local("10:00"), ready_h=40),)
    run = a_workout(14, hr=seconds(14, lambda at: np.where((at > 180) & (at < 520), 150, 105)), ended_at=local("17:00"))
    assert "first" not in drafts_of(run)
    assert "first" in drafts_of(run, past=earlier), "it was begun too soon"


def test_without_a_first_message_the_evening_and_readiness_are_still_sent() -> None:
    later = drafts_of(hard_ride("20:00"), first_ever=True, with_first=False)
    assert set(later) == {"evening", "ready"}
    assert later["evening"].lines[-1].id == "disclaimer", "the first message ever, whichever it is"
    assert all(line.id != "disclaimer" for line in later["ready"].lines)
    assert "stretched" in drafts_of(hard_ride("20:00"), style="coach", with_first=False)


@pytest.mark.parametrize(
    ("now", "due_at"),
    [
        (local("17:00"), local("18:00")),
        (local("20:00"), local("20:00")),
        (local("23:59"), local("23:59")),
        (local("00:00", "2026-05-07"), None),
    ],
)
def test_an_evening_message_comes_in_the_evening_or_at_once_and_never_after_midnight(
    now: datetime, due_at: datetime | None
) -> None:
    evening = drafts_of(hard_ride(), now=now, quiet=None, with_first=False).get("evening")
    assert (evening and evening.due_at) == due_at


@pytest.mark.parametrize(("most", "reminders"), [(3, 0), (4, 1), (6, 3), (8, 5)])
def test_the_coach_adds_reminders_up_to_a_number_and_never_leaves_out_the_rest(most: int, reminders: int) -> None:
    rules = load_rules({"messages": {"coach_most": most}})
    drafts = drafts_of(hard_ride(), style="coach", weighed_loss_kg=1.0, rules=rules)
    sent = {rule for rule, draft in drafts.items() if not draft.unless_sent}
    assert sent >= {"first", "evening", "ready"}
    assert len(sent) == 3 + reminders


def test_the_coach_says_nothing_of_a_workout_that_has_no_message() -> None:
    assert drafts_of(a_workout(40, hr=128, temperature_c=10), style="coach") == {}


def test_the_coach_asks_for_little_and_leaves_the_meal_to_breakfast_before_the_quiet_hours() -> None:
    drafts = drafts_of(hard_ride("20:30"), style="coach", weighed_loss_kg=1.0)
    assert drafts["meal"].lines[0].id == "eat_meal_night"
    (portion,) = drafts["portion_2"].lines
    assert (portion.id, portion.values["total_ml"]) == ("coach_portion_then", 1350)


def test_a_first_message_tells_what_its_headline_says() -> None:
    first, ready = (drafts_of(hard_ride())[rule] for rule in ("first", "ready"))
    assert first.told is not None
    assert ready.told is not None
    assert first.told.ready_at == ready.told.ready_at == local("17:00", "2026-05-08")
    assert ready.told.easy_from is None
    assert drafts_of(hard_ride())["evening"].told is None


@pytest.mark.parametrize(
    ("workout", "athlete", "text_id"),
    [
        (hard_ride(), with_condition("heart"), "ready_careful"),
        (hard_ride(), replace(RIDER, birth_year=2010), "ready_minor"),
    ],
)
def test_a_readiness_for_easy_training_tells_nothing_of_hard_training(
    workout: Workout, athlete: Athlete, text_id: str
) -> None:
    ready = drafts_of(workout, athlete)["ready"]
    assert [line.id for line in ready.lines] == [text_id]
    assert ready.told == ToldReadiness(easy_from=ready.due_at)


def test_a_moved_readiness_is_told_of_a_workout_that_would_be_silent() -> None:
    run = a_workout(40, hr=128, kcal=250, temperature_c=10, ended_at=local("13:00"))
    assert "first" not in drafts_of(run)
    assert "first" in drafts_of(run, moves_told=True)


def test_what_goes_first_from_a_message_that_is_too_long_is_the_least_important() -> None:
    first = drafts_of(hard_ride(), first_ever=True, weighed_loss_kg=1.0)["first"]
    kept = {line.id for index, line in enumerate(first.lines) if index not in first.optional}
    assert kept == {"headline", "disclaimer"}
    assert first.lines[first.optional[0]].id == "cold_bath"
    assert first.lines[first.optional[-1]].id == "no_cooldown", "it helps only within half an hour"
    evening = drafts_of(hard_ride())["evening"]
    assert [evening.lines[index].id for index in evening.optional] == ["omega3", "avoid_tonight"]


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
        disclaimer = load_texts(language).messages["disclaimer"]
        assert 0 < len(message.body.removesuffix(f"\n{disclaimer}")) <= 600
        assert 0 < len(message.title) <= 50
        assert now <= draft.due_at < draft.expires_at
        assert draft.unless_sent or not QUIET.holds(draft.due_at, AMSTERDAM)
    if "ready" in drafts:
        ready_at = recovery_of(workout, replace(RIDER, experience=experience)).assessment.ready_at
        assert ready_at is not None
        assert drafts["ready"].due_at >= ready_at
