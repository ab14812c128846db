"""The log names the real reason why a workout brings no message, in the language of its reader."""

import logging
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from hersteld.config.texts.speech import speak
from tests.support.pipeline import NOON, Pipeline, a_file

EASY = a_file(minutes=25, bpm=115)
HARD = a_file(minutes=120, bpm=170, sport="cycling")
NOT_HARD = "it was not hard, and leaves nothing new to say, drink, eat or avoid"


def said(pipeline: Pipeline, name: str, content: bytes, caplog: pytest.LogCaptureFixture) -> str:
    """Return what the log says of the messages of a file that comes now."""
    caplog.clear()
    with caplog.at_level(logging.INFO, logger="hersteld.daemon.planning"):
        pipeline.put(name, content)
        pipeline.look()
    return "\n".join(record.getMessage() for record in caplog.records if "planning" in record.name)


@pytest.mark.parametrize(
    ("after_h", "quiet_hours", "content", "expected"),
    [
        (1, "", HARD, ""),
        (12, "", HARD, "it ended more than 12 hours ago, so it goes into your history without a message"),
        (33, "", HARD, "it ended more than 12 hours ago, so it goes into your history without a message"),
        (33, "", EASY, "it ended more than 12 hours ago, so it goes into your history without a message"),
        (11, "22:00-07:00", HARD, "once the quiet hours are over, it will have ended more than 12 hours ago"),
        (1, "22:00-07:00", EASY, NOT_HARD),
        (1, "", EASY, NOT_HARD),
    ],
)
def test_the_log_says_why(
    after_h: int, quiet_hours: str, content: bytes, expected: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline = Pipeline(tmp_path, now=NOON - timedelta(days=9), notify__quiet_hours=f'"{quiet_hours}"')
    pipeline.put("first.fit", a_file(NOON - timedelta(days=9, hours=1)))
    pipeline.look()
    pipeline.clock.move(NOON + timedelta(hours=after_h) - pipeline.clock.now())
    line = said(pipeline, "workout.fit", content, caplog)
    assert line.endswith(expected)
    assert bool(line) is bool(expected)


@pytest.mark.parametrize(
    ("language", "too_late", "adds_nothing"),
    [
        (
            "en",
            "workout 1: it ended more than 12 hours ago, so it goes into your history without a message",
            "workout 3 brings no message: it adds nothing to what you were told",
        ),
        (
            "nl",
            "training 1: die eindigde meer dan 12 uur geleden en gaat zonder bericht je geschiedenis in",
            "training 3 brengt geen bericht: die voegt niets toe aan wat je al weet",
        ),
    ],
)
def test_a_later_part_of_a_brick_adds_nothing_to_what_was_told(
    language: str, too_late: str, adds_nothing: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline = Pipeline(tmp_path, now=NOON, athlete__max_hr="190", athlete__lthr="168")
    speak("nl" if language == "nl" else "en", UTC)
    try:
        assert said(pipeline, "old.fit", a_file(NOON - timedelta(hours=33)), caplog) == too_late
        assert said(pipeline, "ride.fit", HARD, caplog) == ""
        pipeline.clock.move(timedelta(minutes=24))
        run = a_file(NOON + timedelta(minutes=23), minutes=15, bpm=160)
        assert said(pipeline, "run.fit", run, caplog) == adds_nothing
    finally:
        speak("en", UTC)
