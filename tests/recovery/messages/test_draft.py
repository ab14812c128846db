"""The kinds of messages are stored, so their names stay."""

from hersteld.recovery.messages.draft import MessageKind


def test_the_kinds_of_a_message_are_stored_by_these_names() -> None:
    assert {str(kind) for kind in MessageKind} == {
        "first",
        "evening",
        "ready",
        "portion",
        "stretched",
        "meal",
        "digest",
        "correction",
        "morning",
        "weekly",
        "overload",
        "silence",
        "before",
    }
