"""How does it read what was learned of the athlete?"""

from typing import TYPE_CHECKING

from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line, Value

if TYPE_CHECKING:  # imports numpy, for which `hersteld status` must not wait
    from hersteld.recovery.learning.lessons import Lesson


def lesson_said(lesson: "Lesson", voice: Voice) -> str:
    """Return one thing that was learned: its value, from how many answers, and their range."""
    own = lesson.own
    values: dict[str, Value] = {
        "of": lesson.of,
        "value": round(own.value, 2),
        "number": own.number,
        "low": round(own.low, 2),
        "high": round(own.high, 2),
    }
    said = voice.line(Line("learned.sweat" if lesson.what == "sweat" else "learned.rpe", values))
    return said if lesson.is_used else f"{said} {voice.line(Line('learned.not_used'))}"


def lesson_json(lesson: "Lesson") -> dict[str, str | float | bool]:
    """Return one thing that was learned, for scripts."""
    own = lesson.own
    return {
        "what": lesson.what,
        "of": lesson.of,
        "value": own.value,
        "number": own.number,
        "low": own.low,
        "high": own.high,
        "used": lesson.is_used,
    }
