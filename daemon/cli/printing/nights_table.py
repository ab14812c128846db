"""How do nights read on a terminal?"""

from collections.abc import Iterable

from hersteld.daemon.cli.printing.terminal import print_table
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.nights.night import Night

_COLUMNS = ("day", "resting", "rmssd", "verdict", "sleep", "score")
_NUMBERS = tuple(_COLUMNS.index(name) for name in ("resting", "rmssd", "sleep", "score"))


def print_nights(nights: Iterable[Night], voice: Voice) -> None:
    """Print a table with one line for each night, in the order given."""
    headings = [voice.say(f"history_{name}") for name in _COLUMNS]
    print_table([_row(night, voice) for night in nights], headings, right=_NUMBERS)


def _row(night: Night, voice: Voice) -> tuple[str, ...]:
    return (
        night.day.isoformat(),
        _number(night.resting_hr_bpm),
        _number(night.rmssd_ms),
        "" if night.hrv_status is None else voice.word("commands.hrv", night.hrv_status),
        "" if night.sleep_s is None else voice.say("duration", seconds=night.sleep_s),
        _number(night.sleep_score),
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"
