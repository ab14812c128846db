"""What was learned reads with its number of answers and their range."""

from datetime import UTC
from pathlib import Path

import pytest

from hersteld.config.settings import Language
from hersteld.daemon.words.learned import lesson_json, lesson_said
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.learning.learned import Learned
from hersteld.recovery.learning.lessons import Lesson
from tests.support.command_line import settings_in

SWEAT = Lesson("sweat", "warm", Learned(1.234, 4, 1.1, 1.3), is_used=True)
RATING = Lesson("rpe", "cycling", Learned(6.5, 5, 6, 7), is_used=False)


@pytest.mark.parametrize(
    ("language", "sweat", "rating"),
    [
        (
            "en",
            "Sweat (warm): 1.23 ml/kcal",
            "Usual rating (ride): 6.5 of 10, from 5 ratings between 6 and 7. What",
        ),
        ("nl", "Zweet (warm): 1,23 ml/kcal", "Gebruikelijk cijfer (rit): 6,5 van 10, uit 5 cijfers tussen 6 en 7. In"),
    ],
)
def test_a_lesson_is_a_sentence(language: Language, sweat: str, rating: str, tmp_path: Path) -> None:
    voice = Voice(settings_in(tmp_path, notify__language=language).notify, UTC)
    assert lesson_said(SWEAT, voice).startswith(sweat)
    assert lesson_said(RATING, voice).startswith(rating)
    assert lesson_json(RATING)["used"] is False
