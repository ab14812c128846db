"""A reason is a sentence for people, and an id with values for programs."""

import json
from datetime import UTC, datetime

from hersteld.config.texts.speech import speak
from hersteld.daemon.views.reason_json import reason_json
from hersteld.parsers.line import Line


def test_it_has_its_sentence_its_id_and_its_values() -> None:
    reason = Line("delivery.server_answered", {"code": 401, "words": "not_allowed"})
    assert reason_json(reason) == {
        "reason": "the server answered 401 (not allowed)",
        "reason_id": "delivery.server_answered",
        "reason_values": {"code": 401, "words": "not_allowed"},
    }


def test_a_reason_within_a_reason_is_an_object_in_a_list() -> None:
    reason = Line("files.damaged", {"where": (Line("files.unreadable_beyond", {"offset": 7}),)})
    found = reason_json(reason)
    assert found["reason"] == "The file is damaged: it cannot be read beyond byte 7."
    assert found["reason_values"] == {"where": [{"id": "files.unreadable_beyond", "values": {"offset": 7}}]}
    assert json.loads(json.dumps(found)) == found


def test_the_sentence_is_in_english_whatever_the_process_speaks() -> None:
    speak("nl", UTC)
    try:
        assert reason_json(Line("files.empty"))["reason"] == "The file is empty."
    finally:
        speak("en", UTC)


def test_where_there_is_no_reason_every_key_is_null() -> None:
    assert reason_json(None) == {"reason": None, "reason_id": None, "reason_values": None}


def test_a_moment_among_the_values_is_one_that_json_knows() -> None:
    reason = Line("reasons.as_stored", {"sentence": "x", "at": datetime(2026, 5, 6, 12, tzinfo=UTC)})
    assert reason_json(reason)["reason_values"]["at"] == "2026-05-06T12:00:00Z"
