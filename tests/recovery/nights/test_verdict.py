"""What a night shows is said with its numbers and what is usual, in both languages."""

from datetime import UTC, date, datetime

import pytest

from hersteld.config.languages import Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.recovery.nights.verdict import NightSign, NightVerdict

SAID: dict[tuple[NightSign, ...], tuple[str, str]] = {
    ("rmssd_low",): (
        "In the night before Wednesday your heart rate variability was low: 30 ms, usually about 50.",
        "In de nacht voor woensdag was je hartslagvariabiliteit laag: 30 ms, normaal zo'n 50.",
    ),
    ("resting_hr_high",): (
        "In the night before Wednesday your resting heart rate was high: 58 a minute, usually about 50.",
        "In de nacht voor woensdag was je rusthartslag hoog: 58 per minuut, normaal zo'n 50.",
    ),
    ("rmssd_low", "resting_hr_high"): (
        (
            "In the night before Wednesday your heart rate variability was low (30 ms, usually about 50) and your"
            " resting heart rate high (58 a minute, usually about 50)."
        ),
        (
            "In de nacht voor woensdag was je hartslagvariabiliteit laag (30 ms, normaal zo'n 50) en je rusthartslag"
            " hoog (58 per minuut, normaal zo'n 50)."
        ),
    ),
    ("recovered",): (
        (
            "The night before Wednesday did you good: heart rate variability 30 ms, usually about 50, and resting heart"
            " rate 58 a minute, usually about 50."
        ),
        (
            "De nacht voor woensdag deed je goed: hartslagvariabiliteit 30 ms, normaal zo'n 50, en rusthartslag 58"
            " per minuut, normaal zo'n 50."
        ),
    ),
}


@pytest.mark.parametrize("signs", SAID)
@pytest.mark.parametrize(("number", "language"), [(0, "en"), (1, "nl")])
def test_what_a_night_shows_is_said_in_a_sentence(
    signs: tuple[NightSign, ...], number: int, language: Language
) -> None:
    verdict = NightVerdict(date(2026, 5, 6), datetime(2026, 5, 6, 5, tzinfo=UTC), 6, signs, 30, 49.6, 58, 50.2)
    assert load_texts(language).sentence(verdict.line, UTC) == SAID[signs][number]
