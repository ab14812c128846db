"""What is said of the evening in the message after a workout is not said again when all is assessed anew."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.config.settings import LANGUAGES
from hersteld.daemon.store.dirty import Cause
from tests.support.pipeline import NOON, Pipeline, a_file

ENDED_AT = NOON + timedelta(hours=7)


RUN = a_file(ENDED_AT, minutes=90, bpm=172)
LONG_RIDE = a_file(ENDED_AT, minutes=150, bpm=172, sport="cycling")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("workout", [RUN, LONG_RIDE], ids=["room for all", "no room for the fish"])
@pytest.mark.parametrize("told_before", [True, False], ids=["told before", "still to be told"])
def test_an_evening_line_of_the_first_message_comes_once_after_all_is_assessed_anew(
    tmp_path: Path, language: str, told_before: bool, workout: bytes
) -> None:
    pipeline = Pipeline(tmp_path, now=ENDED_AT + timedelta(minutes=5), notify__language=language)
    pipeline.ingest.take(pipeline.put("hard.fit", workout))
    if told_before:
        pipeline.look()
    with pipeline.store.write():
        pipeline.ingest.reassessment.mark(NOON - timedelta(days=1), Cause.HISTORY)
    pipeline.look()
    pipeline.pass_time(hours=3)
    said = Counter(line for _, message in pipeline.notifier.received for line in message.body.splitlines())
    assert said[{"en": "Tonight no alcohol.", "nl": "Vanavond geen alcohol."}[language]] == 1
    assert max(said.values()) == 1
    assert len(pipeline.notifier.received) == 1, "no second message for what the first had no room for"
