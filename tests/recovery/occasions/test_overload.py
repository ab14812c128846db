"""The warning names each sign with its number and its limit, kindly, and contradicts no condition."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from hersteld.config.settings import LANGUAGES, Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.render import render
from hersteld.parsers.line import Line
from hersteld.recovery.athlete.profile import Condition
from hersteld.recovery.messages.draft import Draft, MessageKind
from hersteld.recovery.occasions.overload import overload_warning
from hersteld.recovery.overload.signal import Signal, SignalId
from hersteld.recovery.overload.signals import agreeing, overload_signals
from tests.recovery.overload.weeks import RULES, answers_of, nights_of, trained
from tests.support.fit.recoveries import AMSTERDAM, local
from tests.support.safety.forbidden import Flag, contradictions

READ_AT = local("18:30", "2026-05-31")
UNTIL = READ_AT + timedelta(hours=24)
CONDITIONS = get_args(Condition)


def everything() -> tuple[Signal, ...]:
    """Return all seven signals, each over its limit."""
    nights = nights_of(resting_hr_bpm=[*[50] * 28, *[57.3] * 7], rmssd_ms=[*[50, 60] * 30, *[40.2] * 7])
    answers = answers_of([*[15] * 60, *[11.4] * 7])
    return agreeing(
        overload_signals(trained([300.0] * 7, hard=7, nights=nights, qualities=answers), RULES), RULES.overload
    )


def warning(conditions: Collection[Condition] = (), *, adult: bool = True) -> Draft:
    return overload_warning(everything(), conditions, adult=adult, read_at=READ_AT, until=UNTIL)


def said(language: Language, conditions: Collection[Condition] = (), *, adult: bool = True) -> tuple[str, str]:
    """Return title and body of the longest warning."""
    until = READ_AT + timedelta(hours=24)
    draft = overload_warning(everything(), conditions, adult=adult, read_at=READ_AT, until=until)
    assert (draft.rule, draft.kind, draft.due_at, draft.expires_at) == (
        "overload",
        MessageKind.OVERLOAD,
        READ_AT,
        until,
    )
    message = render(draft, load_texts(language), AMSTERDAM)
    return message.title, message.body


def test_it_is_due_when_it_is_read_and_of_use_until_its_end() -> None:
    draft = warning()
    assert (draft.rule, draft.kind, draft.due_at, draft.expires_at) == (
        "overload",
        MessageKind.OVERLOAD,
        READ_AT,
        UNTIL,
    )


def test_it_names_each_sign_with_its_number_and_its_limit_and_what_to_do() -> None:
    assert [signal.id for signal in everything()] == list(SignalId)
    title, body = said("en")
    assert title == "Time for an easier day or two"
    assert body.splitlines() == [
        "Several signs point the same way: it has been a lot for your body lately.",
        "Days much alike: monotony 10.0 (limit 2)",
        "Strain of the week: 21000 (your limit 277)",
        "Form, fitness minus fatigue: -104.0 (limit -30)",
        "Hard days in a row: 7 (limit 3)",
        "Resting heart rate, 7 days: 57.3 (your limit 55.0)",
        "Heart rate variability, 7 days: 40.2 ms (your limit 52.3 ms)",
        "How recovered you felt, 7 days: 11.4 (your limit 13.0)",
        "Take it easier for a day or two and sleep enough; you lose no fitness by it.",
    ]


def test_it_says_the_same_in_dutch() -> None:
    title, body = said("nl")
    assert title == "Tijd voor een rustige dag of twee"
    assert "Rusthartslag, 7 dagen: 57,3 (jouw grens 55,0)" in body
    assert body.endswith("je conditie lijdt er niet onder.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("conditions", "adult"), [((), True), ((), False), (("heart",), True)])
def test_the_longest_has_room_for_every_sign_and_blames_nobody(
    language: Language, conditions: tuple[Condition, ...], *, adult: bool
) -> None:
    draft = warning(conditions, adult=adult)
    longest = replace(draft, lines=(*draft.lines, Line("disclaimer")))
    texts = load_texts(language)
    body = render(longest, texts, AMSTERDAM).body
    assert len(body.removesuffix("\n" + texts.messages["disclaimer"])) <= 600
    assert body.splitlines()[-9:] == [texts.sentence(line, AMSTERDAM) for line in longest.lines[1:]]
    words = r"injur|blessur|risk|risico|too much|te veel|!|fault|schuld|should have"
    assert not re.search(words, draft.title.id + "\n".join(said(language, conditions, adult=adult)), re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("flag", [*CONDITIONS, "minor"])
def test_it_contradicts_no_condition_and_no_age(flag: Flag, language: Language) -> None:
    conditions: set[Condition] = set() if flag == "minor" else {flag}  # type: ignore[arg-type]
    text = "\n".join(said(language, conditions, adult=flag != "minor"))
    assert contradictions(text, [flag]) == []


def test_with_a_condition_a_doctor_is_named_and_a_minor_tells_somebody_near() -> None:
    for condition in CONDITIONS:
        for adult in (True, False):
            assert said("en", {condition}, adult=adult)[1].endswith("ask your doctor.")
    assert said("en", adult=False)[1].endswith("tell your coach or your parents how you feel.")
    assert said("nl", {"pregnancy"})[1].endswith("vraag je arts.")
