"""Everything that a plan can say to an athlete, whenever it is read and whichever message carries it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from hersteld.config.settings import Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.render import render
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import (
    Recovery,
)
from hersteld.recovery.messages.compose import Style, compose
from hersteld.recovery.messages.correction import correction
from hersteld.recovery.messages.draft import Draft
from hersteld.recovery.messages.drinking import ToldPlan
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.messages.readiness import readiness
from tests.support.fit.messages import QUIET
from tests.support.fit.recoveries import AMSTERDAM, shipped_rules

_ARRIVALS_H = (0, 3, 14, 30)
_READ_AFTER_H = (0, 5, 12, 20, 26, 50)
_NAMES_WHAT_WAS_DONE = frozenset({"title_workout", "title_workout_later", "title_race", "title_race_later"})
"""Titles that say how hard a workout was, which asks for nothing."""
_BECAUSE = Line("correction_settings")


def drafts_ever(
    recovery: Recovery,
    workout: Workout,
    *,
    quiet: QuietHours | None = QUIET,
    first_part: Recovery | None = None,
    hours: Sequence[int] = _ARRIVALS_H,
) -> Iterator[Draft]:
    """Yield the messages of a plan in both styles, for a file that comes at once or hours later, and corrections.

    Args:
        first_part: The plan of the first part of a brick; None to begin without.
    """
    styles: tuple[Style, ...] = ("brief", "coach")
    for after_h in hours:
        now = workout.ended_at + timedelta(hours=after_h)
        for style in styles:
            times = (workout.started_at, workout.ended_at)
            told = [] if first_part is None else [ToldPlan(first_part, at, now) for at in times]
            for told_before in (None, *told):
                yield from compose(
                    recovery,
                    workout,
                    shipped_rules(),
                    style=style,
                    quiet_hours=quiet,
                    zone=AMSTERDAM,
                    now=now,
                    first_ever=told_before is None,
                    with_first=after_h != hours[-1],
                    moves_told=True,
                    told_before=told_before,
                )
        corrected = correction(recovery, shipped_rules(), _BECAUSE, quiet_hours=quiet, zone=AMSTERDAM, now=now)
        if corrected is not None:
            yield corrected


def lines_ever(recovery: Recovery, workout: Workout) -> Iterator[tuple[Line, datetime]]:
    """Yield what `plan` and `explain` print: every advice, and readiness as it reads at several moments."""
    for advice in recovery.plan:
        yield advice.line, advice.due_at
    for after_h in _READ_AFTER_H:
        at = workout.ended_at + timedelta(hours=after_h)
        train_again = readiness(recovery, shipped_rules(), at, AMSTERDAM)
        if train_again is not None:
            yield train_again.line, at


def everything_said(
    recovery: Recovery,
    workout: Workout,
    language: Language,
    *,
    quiet: QuietHours | None = QUIET,
    first_part: Recovery | None = None,
) -> set[str]:
    """Return every title, body and line, the words for somebody who has read the same lines before among them."""
    texts = load_texts(language)
    said = {texts.sentence(line, AMSTERDAM, read_at=at) for line, at in lines_ever(recovery, workout)}
    for draft in drafts_ever(recovery, workout, quiet=quiet, first_part=first_part):
        known = {texts.sentence(line, AMSTERDAM, read_at=draft.due_at) for line in draft.lines}
        for message in (render(draft, texts, AMSTERDAM), render(draft, texts, AMSTERDAM, known=known)):
            said.add(message.body)
            if draft.title.id not in _NAMES_WHAT_WAS_DONE:
                said.add(message.title)
    return said


def ids_ever(recovery: Recovery, workout: Workout, *, first_part: Recovery | None = None) -> set[str]:
    """Return the id of every text that a plan says somewhere, those for what the reader knows among them."""
    lines = [line for line, _ in lines_ever(recovery, workout)]
    drafts = list(drafts_ever(recovery, workout, first_part=first_part))
    lines += [line for draft in drafts for line in (draft.title, *draft.lines)]
    found = {inner.id for line in lines for inner in with_inner(line)}
    known = load_texts("en").messages
    return found | {again for text_id in found if (again := f"{text_id}_again") in known}


def with_inner(line: Line) -> Iterator[Line]:
    """Yield a line and those inside of it."""
    yield line
    for value in line.values.values():
        for inner in value if isinstance(value, tuple) else ():
            if isinstance(inner, Line):
                yield from with_inner(inner)
