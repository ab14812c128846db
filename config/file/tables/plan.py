"""Which calendar is meant in [plan], and may the user's own words about it be shown?"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from hersteld.config.file.models import PlanTable
from hersteld.config.places import expand
from hersteld.config.problems import Problem
from hersteld.config.settings import Planned
from hersteld.config.showable import holds_address
from hersteld.config.token_shapes import has_token, may_be_token
from hersteld.parsers.line import Line

_OWN_WORDS = ("training_words", "training_categories", "hard_words", "attendee")
_MAIL = re.compile(r"[^\s@:/]+@[^\s@:/]+")


def read_calendar(plan: object, environ: Mapping[str, str]) -> tuple[Path | None, list[Problem]]:
    """Return where the calendar is, None where there is none or it cannot be there, and what is wrong with [plan].

    Args:
        plan: The table as read, not checked: what has the wrong type is somebody else's problem.
    """
    problems = list(_words(plan))
    named = plan.get("calendar") if isinstance(plan, dict) else None
    if not isinstance(named, str) or not named:
        return None, problems
    path = expand(named, environ)
    if path.is_absolute() and "://" not in named and "\0" not in named:
        return path, problems
    # Of an address in its place nothing is shown: whoever knows it may read the calendar.
    return None, [Problem("", "plan.calendar", None, Line("problems.must_be_calendar")), *problems]


def planned(table: PlanTable, calendar: Path | None) -> Planned:
    """Return what [plan] says.

    Args:
        calendar: Where it is, absolute; None where there is none.
    """
    return Planned(
        calendar=calendar,
        training_words=tuple(table.training_words),
        training_categories=tuple(table.training_categories),
        hard_words=tuple(table.hard_words),
        attendee=table.attendee,
        recovery=table.recovery,
    )


def _words(plan: object) -> Iterator[Problem]:
    """Yield what is wrong with the user's own words about a calendar; none of them is shown, as it may be a secret."""
    for key in _OWN_WORDS:
        value = plan.get(key) if isinstance(plan, dict) else None
        texts = [word for word in (value if isinstance(value, list) else [value]) if isinstance(word, str)]
        if key == "attendee" and not all(map(_MAIL.fullmatch, texts)):
            yield Problem("", f"plan.{key}", None, Line("problems.must_be_mail"))
        elif any(holds_address(text) or has_token(text) for text in texts) or (
            key != "attendee" and any(map(may_be_token, texts))
        ):
            yield Problem("", f"plan.{key}", None, Line("problems.secret_in_word"))
