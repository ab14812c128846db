"""What is to be written: chosen by the user, or by itself where nobody is asked?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hersteld.config.texts.speech import say, word
from hersteld.daemon.setup.document import Entry, value_at
from hersteld.daemon.setup.proposals import QUANTITIES, Candidate, Proposals, Quantity
from hersteld.daemon.setup.standing import KEYS, Standing
from hersteld.daemon.setup.typed import CHOICES, NotAllowed, Value, typed, with_value

QUIET_HOURS = "22:00-07:00"

OF_QUANTITY: Final[Mapping[str, Quantity]] = {f"athlete.{quantity}": quantity for quantity in QUANTITIES}
"""The keys of which files tell."""

_COMMENTS: Final[Mapping[str, str]] = {
    "notify.language": "setup.comment_language",
    "watch.folders": "setup.comment_folders",
    "athlete.experience": "setup.comment_experience",
    "athlete.birth_year": "setup.comment_birth_year",
    "athlete.mass_kg": "setup.comment_mass_kg",
    "athlete.max_hr": "setup.comment_max_hr",
    "athlete.resting_hr": "setup.comment_resting_hr",
    "athlete.ftp_w": "setup.comment_ftp_w",
    "athlete.conditions": "setup.comment_conditions",
    "notify.quiet_hours": "setup.comment_quiet_hours",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """One value that was chosen.

    Attributes:
        value: None where it is left out.
        candidate: The device that said it; None where a person did.
    """

    value: Value | None
    candidate: Candidate | None = None


def by_itself(there: Standing, given: Mapping[str, Value], proposals: Proposals | None) -> dict[str, Chosen]:
    """Return what is written without a question: what was given, then what is missing and the files propose.

    Args:
        given: What the command line says.
        proposals: None where no file was read. Those of several athletes propose nothing.
    """
    chosen = {key: Chosen(value) for key, value in given.items()}
    for key in there.missing:
        if key not in chosen:
            chosen[key] = _proposed(key, proposals) if key in OF_QUANTITY else Chosen(None)
    return chosen


def in_order(there: Standing, chosen: Mapping[str, Chosen], this_year: int) -> dict[str, Chosen]:
    """Return what was chosen without proposals that do not fit what a person said, as rates must be in order."""
    document = {**there.document}
    for key, one in chosen.items():
        document = with_value(document, key, one.value if one.value is not None else value_at(document, key))
    fitting = dict(chosen)
    for key, one in chosen.items():
        if one.candidate is None or one.value is None:
            continue
        try:
            typed(key, str(one.value), document, this_year)
        except NotAllowed:
            fitting[key] = Chosen(None)
            document = with_value(document, key, None)
    return fitting


def entries_of(chosen: Mapping[str, Chosen]) -> tuple[Entry, ...]:
    """Return what was chosen as it is written, in the order of the questions, with comments."""
    return tuple(Entry(key, chosen[key].value, _comment(key, chosen[key])) for key in KEYS if key in chosen)


def _proposed(key: str, proposals: Proposals | None) -> Chosen:
    if proposals is None or proposals.wearers:
        return Chosen(None)
    candidates = proposals.of[OF_QUANTITY[key]].candidates
    return Chosen(candidates[0].value, candidates[0]) if candidates else Chosen(None)


def _comment(key: str, one: Chosen) -> str:
    comment = say(_COMMENTS[key], words=", ".join(CHOICES.get(key, ())))
    return f"{comment} {said_by(one.candidate)}" if one.candidate is not None else comment


def said_by(candidate: Candidate) -> str:
    """Return a sentence on which device says a value, and when it did."""
    device = candidate.device or word("setup.device", "unknown")
    if candidate.day is None:
        return say("setup.said_by_undated", device=device)
    return say("setup.said_by", device=device, day=candidate.day, year=str(candidate.day.year))
