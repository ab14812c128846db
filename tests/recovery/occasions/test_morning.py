"""The morning word says whether to train hard today, and why; and it is silent where it is no news."""

from datetime import UTC, datetime, timedelta

import pytest

from hersteld.config.languages import Language
from hersteld.config.rules import load_rules
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.render import render
from hersteld.recovery.athlete.profile import Condition
from hersteld.recovery.messages.draft import ToldReadiness
from hersteld.recovery.occasions.morning import LastNight, LastTold, NightSign, RestedFrom, is_news, morning
from hersteld.recovery.occasions.verdict import LeftToRest, Verdict, verdict
from tests.recovery.occasions.test_verdict import BEGINNER, BEGINNER_HARD, HARD, LONG_RUN, NOON, WEIGHTS, H

RULES = load_rules()
RIDE = RestedFrom(NOON, "cycling", "hard")
SEVEN = NOON + 19 * H
DAY = timedelta(days=1)
NIGHT = (
    "You slept 7 h 30. Your heart rate variability was lower last night than is usual for you. If you feel it, take it"
    " easy."
)
UNADVISED = NIGHT.removesuffix(" If you feel it, take it easy.")
POOR = LastNight(7.5 * 3600, ("rmssd_low",))


def now_true(left: LeftToRest, at: datetime, *, adult: bool = True) -> Verdict:
    return verdict(left, at, RULES, UTC, (), adult=adult)


def said(
    left: LeftToRest,
    at: datetime,
    language: Language = "en",
    *,
    night: LastNight | None = None,
    adult: bool = True,
    doctor_decides: bool = False,
) -> list[str]:
    conditions: tuple[Condition, ...] = ("heart",) if doctor_decides else ()
    holds = verdict(left, at, RULES, UTC, conditions, adult=adult)
    draft = morning(holds, left, RIDE, night, at=at, until=at + 4 * H, zone=UTC, doctor_decides=doctor_decides)
    assert draft is not None
    assert draft.expires_at == at + 4 * H
    return render(draft, load_texts(language), UTC).body.splitlines()


@pytest.mark.parametrize(
    ("left", "at", "first"),
    [
        (HARD, SEVEN, "Rest until 08:00, then easily; hard again from Fri 08:00."),
        (HARD, SEVEN + DAY, "Easy until 08:00; after that you can train hard."),
        (HARD, SEVEN + 2 * DAY, "You can train hard today."),
        (
            LeftToRest(NOON + 48 * H, NOON + 72 * H),
            SEVEN,
            "Rest today: easy from Fri 12:00, hard again from Sat 12:00.",
        ),
        (LeftToRest(NOON + 10 * H, NOON + 72 * H), SEVEN, "Keep it easy today; hard again from Sat 12:00."),
        (BEGINNER, SEVEN, "Keep today free; train again on Friday."),
        (BEGINNER_HARD, SEVEN, "Keep today free; begin easily again on Friday."),
        (BEGINNER_HARD, SEVEN + DAY, "Easy training is fine today."),
        (LONG_RUN, SEVEN, "Easy training is fine from Fri 12:00; keep this week easy."),
        (WEIGHTS, SEVEN, "Legs: hard again from Fri 12:00. Swimming and upper body today."),
    ],
)
def test_the_first_line_answers_the_question(left: LeftToRest, at: datetime, first: str) -> None:
    assert said(left, at)[0] == first


def test_the_second_line_says_why_and_the_third_tells_of_the_night() -> None:
    assert said(HARD, SEVEN + DAY, night=POOR) == [
        "Easy until 08:00; after that you can train hard.",
        "You are still recovering from Wednesday's hard ride.",
        NIGHT,
    ]
    assert said(HARD, SEVEN, "nl", night=POOR) == [
        "Rust tot 08:00, daarna rustig; hard weer vanaf vr 08:00.",
        "Je herstelt nog van je zware rit van gisteren.",
        "Je hebt 7 u 30 geslapen. Je hartslagvariabiliteit was vannacht lager dan je gewend bent.",
    ]
    assert said(HARD, SEVEN + 2 * DAY) == [
        "You can train hard today.",
        "You have recovered from Wednesday's hard ride.",
    ]


def test_a_workout_of_last_week_is_not_named_by_its_weekday() -> None:
    assert said(HARD, SEVEN + 6 * DAY) == ["You can train hard today."]


def test_a_minor_and_who_has_a_doctor_to_ask_are_never_told_to_train_hard() -> None:
    for hours in range(0, 100, 3):
        for with_doctor in (True, False):
            lines = said(HARD, NOON + hours * H, adult=with_doctor, doctor_decides=with_doctor)
            assert "hard again" not in " ".join(lines)
            assert "train hard" not in " ".join(lines)
    assert said(HARD, SEVEN + 2 * DAY, doctor_decides=True) == [
        "Easy training is fine today.",
        "Your rest is over; train as you agreed with your doctor.",
    ]


@pytest.mark.parametrize(
    ("signs", "words"),
    [
        ((), "You slept 8 h."),
        (("resting_hr_high",), "You slept 8 h. Your resting heart rate is higher than is usual for you."),
        (
            ("resting_hr_high", "rmssd_low"),
            "You slept 8 h. Your resting heart rate is higher and its variability lower than is usual for you.",
        ),
        (("hrv_low",), "You slept 8 h. Your watch finds your heart rate variability lower than is usual for you."),
        (("recovered",), "You slept 8 h. Your heart rate last night says that you have recovered well."),
    ],
)
def test_each_sign_of_the_night_has_its_words(signs: tuple[NightSign, ...], words: str) -> None:
    assert said(LONG_RUN, SEVEN, night=LastNight(8 * 3600, signs))[-1] == words


def test_nothing_is_said_where_nobody_knows_when_the_athlete_is_ready() -> None:
    left = LeftToRest(None, None)
    assert morning(now_true(left, SEVEN), left, None, None, at=SEVEN, until=SEVEN + H, zone=UTC) is None


def news(
    left: LeftToRest,
    at: datetime,
    told: ToldReadiness | None,
    told_at: datetime = NOON,
    night: LastNight | None = None,
    told_of_night: str = "",
    *,
    adult: bool = True,
) -> bool:
    last = None if told is None else LastTold(told_at, told)
    holds = now_true(left, at, adult=adult)
    return is_news(holds, night, at=at, last=last, told_of_night=told_of_night, rules=RULES, zone=UTC)


AS_TOLD = ToldReadiness(HARD.easy_from, HARD.ready_at)


def test_the_morning_after_a_message_that_says_the_same_it_is_silent() -> None:
    assert not news(HARD, SEVEN, AS_TOLD)


def test_what_was_told_a_while_ago_is_news_on_the_day_on_which_it_comes_true() -> None:
    assert news(HARD, SEVEN + DAY, AS_TOLD)
    assert not news(HARD, SEVEN + DAY, AS_TOLD, told_at=SEVEN + DAY - 2 * H), "or it was told just before"
    assert not news(HARD, SEVEN + 2 * DAY, AS_TOLD)
    assert not news(HARD, SEVEN + 9 * DAY, AS_TOLD)


def test_a_rest_of_which_nobody_was_told_is_news() -> None:
    assert news(HARD, SEVEN, None)
    assert news(HARD, SEVEN, ToldReadiness(ready_at=NOON - 5 * DAY), told_at=NOON - 7 * DAY)
    assert not news(LeftToRest(NOON, NOON), SEVEN, ToldReadiness(ready_at=NOON - 5 * DAY)), "ready as before"


def test_a_readiness_that_moved_by_hours_is_news() -> None:
    moved = timedelta(hours=float(RULES.messages.correct_from_h))
    assert HARD.ready_at is not None
    assert news(HARD, SEVEN, ToldReadiness(HARD.easy_from, HARD.ready_at - moved))
    assert not news(HARD, SEVEN, ToldReadiness(HARD.easy_from, HARD.ready_at - moved + H / 4))
    assert not news(HARD, SEVEN, ToldReadiness(HARD.easy_from, HARD.ready_at - moved), adult=False)


def test_a_good_night_alone_is_no_news() -> None:
    assert not news(HARD, SEVEN, AS_TOLD, night=LastNight(8 * 3600, ("recovered",)))


@pytest.mark.parametrize(("night", "lines"), [(POOR, [UNADVISED]), (None, [])])
def test_where_another_message_says_that_the_rest_is_over_only_the_night_is_left(
    night: LastNight | None, lines: list[str]
) -> None:
    over = LeftToRest(NOON, NOON)
    draft = morning(
        now_true(over, SEVEN), over, RIDE, night, at=SEVEN, until=SEVEN + 4 * H, zone=UTC, is_told_ready=True
    )
    assert ([] if draft is None else render(draft, load_texts("en"), UTC).body.splitlines()) == lines


def test_beside_another_message_that_advises_for_the_day_the_night_brings_no_advice() -> None:
    over = LeftToRest(NOON, NOON)
    for is_told, has_advice in ((True, False), (False, True)):
        draft = morning(
            now_true(over, SEVEN), over, RIDE, POOR, at=SEVEN, until=SEVEN + 4 * H, zone=UTC, is_told_ready=is_told
        )
        assert draft is not None
        assert ("take it easy" in render(draft, load_texts("en"), UTC).body) is has_advice


def test_a_sign_of_the_night_is_news_unless_yesterday_had_the_same() -> None:
    assert news(HARD, SEVEN, AS_TOLD, night=POOR)
    assert not news(HARD, SEVEN, AS_TOLD, night=POOR, told_of_night=POOR.statement)
    assert news(HARD, SEVEN, AS_TOLD, night=LastNight(None, ("resting_hr_high",)), told_of_night=POOR.statement)
    assert not news(HARD, SEVEN, AS_TOLD, night=LastNight(8 * 3600))
