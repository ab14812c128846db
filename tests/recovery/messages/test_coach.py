"""Which reminders the coach style adds."""

import re
from datetime import datetime, time

import pytest

from hersteld.config.texts.catalogue import load_texts
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.messages.coach import reminders
from hersteld.recovery.messages.draft import Draft, MessageKind
from hersteld.recovery.messages.drinking import Drunk
from hersteld.recovery.messages.quiet_hours import QuietHours
from tests.support.fit.messages import said
from tests.support.fit.recoveries import (
    AMSTERDAM,
    local,
    recovery_of,
    shipped_rules,
)
from tests.support.fit.workouts import a_workout

QUIET = QuietHours(time(22), time(7))
RULES = shipped_rules()


RIDE = a_workout(124, hr=172, sport="cycling", kcal=1290, temperature_c=30, ended_at=local("17:00"))


def drafts_at(starts_at: datetime, workout: Workout = RIDE, quiet_from: datetime | None = None) -> dict[str, Draft]:
    recovery = recovery_of(workout, weighed_loss_kg=1.0)
    return {draft.rule: draft for draft in reminders(recovery, workout, RULES, starts_at, quiet_from)}


def test_each_portion_after_the_first_the_end_of_stretching_and_the_meal_are_reminded_of() -> None:
    drafts = drafts_at(RIDE.ended_at)
    assert [drafts[f"portion_{n}"].due_at for n in (2, 3, 4, 5)] == [
        local(clock) for clock in ("17:15", "17:30", "17:45", "18:00")
    ]
    assert drafts["portion_5"].title == Line("title_drink", {"volume_ml": 150})
    assert drafts["stretched"].due_at == local("17:20")
    assert drafts["meal"].due_at == local("18:00")
    assert len(drafts) == 6


def test_what_the_first_message_says_already_is_not_reminded_of() -> None:
    drafts = drafts_at(local("17:50"))
    assert set(drafts) == {"portion_2", "portion_3", "portion_4", "portion_5", "stretched", "meal"}
    assert drafts["portion_2"].due_at == local("18:00"), "nobody was told the first one before 17:50"
    assert drafts["stretched"].due_at == local("18:10"), "stretching begins with the first message"
    assert drafts_at(local("21:30")) == {}


def test_reminders_come_after_the_first_message_and_expire_later_still() -> None:
    starts_at = local("17:10")
    for draft in drafts_at(starts_at).values():
        assert starts_at < draft.due_at < draft.expires_at


def test_an_easy_run_has_no_portions_and_no_meal_to_be_reminded_of() -> None:
    run = a_workout(40, hr=128, kcal=200, ended_at=local("17:00"))
    drafts = reminders(recovery_of(run), run, RULES, run.ended_at, None)
    assert [draft.kind for draft in drafts] == [MessageKind.STRETCHED]


def test_a_reminder_of_the_meal_late_in_the_evening_leaves_it_to_breakfast() -> None:
    early, late = (drafts_at(RIDE.ended_at, quiet_from=local(clock))["meal"] for clock in ("19:31", "19:30"))
    assert early.lines[0].id == "eat_meal"
    assert late.lines[0].id == "eat_meal_night", "it is 18:00, and the quiet hours begin in 90 minutes"


def test_the_portions_of_an_estimate_are_about() -> None:
    weighed = drafts_at(RIDE.ended_at)["portion_2"]
    estimated = reminders(recovery_of(RIDE), RIDE, RULES, RIDE.ended_at, None)[-1]
    assert weighed.lines[0].id == "coach_portion"
    assert estimated.lines[0].id == "coach_portion_about"


def test_nobody_is_reminded_to_drink_in_the_quiet_hours() -> None:
    drafts = drafts_at(RIDE.ended_at, quiet_from=local("17:40"))
    assert {rule for rule in drafts if rule.startswith("portion")} == set(), "the first one is in the first message"
    later = drafts_at(RIDE.ended_at, quiet_from=local("18:20"))
    assert [later[rule].title.values["volume_ml"] for rule in ("portion_3", "portion_4")] == [200, 150]
    assert "portion_5" not in later, "no more than 400 ml in the last hour, and no sip"


def test_each_reminder_says_what_it_is_about_and_what_to_do() -> None:
    """In the title, which stands on a lock screen, and in the one line below."""
    drafts = {rule: said(draft) for rule, draft in drafts_at(RIDE.ended_at).items()}
    assert {rule: (message.title, message.body) for rule, message in drafts.items() if rule in SAID} == SAID


SAID = {
    "portion_5": ("Drink 150 ml", "Portion 5 of 5; 1.5 l in all, with something salty."),
    "meal": ("Time to eat", "Eat before 19:00: a normal meal, about 70 g carbohydrate and 21 g protein."),
    "stretched": ("Enough stretching", "That was 20 min of stretching."),
}


@pytest.mark.parametrize(
    ("rule", "reminded", "not_any_more"), [("meal", "17:59", "18:00"), ("stretched", "20:59", "21:00")]
)
def test_nobody_is_reminded_of_what_the_first_message_says_at_that_moment(
    rule: str, reminded: str, not_any_more: str
) -> None:
    assert rule in drafts_at(local(reminded))
    assert rule not in drafts_at(local(not_any_more))


@pytest.mark.parametrize("most", range(7))
def test_where_there_is_no_room_for_every_portion_the_last_one_names_the_others(most: int) -> None:
    recovery = recovery_of(RIDE, weighed_loss_kg=1.0)
    drafts = reminders(recovery, RIDE, RULES, RIDE.ended_at, None, most=most)
    assert len(drafts) == min(most, 6)
    portions = [draft for draft in drafts if draft.kind is MessageKind.PORTION]
    texts = load_texts("en")
    bodies = [texts.sentence(draft.lines[0], AMSTERDAM, read_at=draft.due_at) for draft in portions]
    if most == 6:
        assert [body.split(";")[0] for body in bodies] == [f"Portion {number} of 5" for number in (2, 3, 4, 5)]
    elif portions:
        assert not any("of 5" in body for body in bodies), "these do not all come"
        due = [draft.due_at.astimezone(AMSTERDAM).strftime("%H:%M") for draft in portions]
        named = re.findall(r"\d\d:\d\d", bodies[-1])
        assert [*due, *named] == ["17:15", "17:30", "17:45", "18:00"]


def test_nobody_is_reminded_of_portions_where_the_athlete_alone_knows_which_are_left() -> None:
    recovery = recovery_of(RIDE, weighed_loss_kg=1.0)
    kinds = {
        told: {
            draft.kind for draft in reminders(recovery, RIDE, RULES, RIDE.ended_at, None, Drunk(volume_ml, told=told))
        }
        for told, volume_ml in ((False, 0), (True, 0))
    }
    assert MessageKind.PORTION in kinds[False]
    assert kinds[True] == kinds[False] - {MessageKind.PORTION}
    after_some = reminders(recovery, RIDE, RULES, RIDE.ended_at, None, Drunk(800, told=True))
    assert MessageKind.PORTION in {draft.kind for draft in after_some}
