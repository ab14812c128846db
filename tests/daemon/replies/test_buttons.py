"""Buttons are JSON that every header can hold, and mean what was meant."""

import json

from hypothesis import given
from hypothesis import strategies as st

from hersteld.daemon.replies.buttons import LABELS, MOST_BUTTONS, RATINGS, actions_of

TOPIC = "https://ntfy.example.org/answers"


@given(st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), max_size=6))
def test_whatever_stands_on_them_they_are_ascii_and_read_back_as_it_was(buttons: list[tuple[str, str]]) -> None:
    written = actions_of(TOPIC, buttons)
    written.encode("latin-1")
    assert written.isascii()
    assert written.isprintable()
    read = [(action["label"], action["body"]) for action in json.loads(written)]
    assert read == buttons[:MOST_BUTTONS]


def test_a_button_posts_to_the_topic_and_leaves_the_message_for_a_second_thought() -> None:
    (action,) = json.loads(actions_of(TOPIC, [("zwaar 6", "token")]))
    assert action == {
        "action": "http",
        "label": "zwaar 6",
        "url": TOPIC,
        "method": "POST",
        "headers": {"Firebase": "no"},
        "body": "token",
        "clear": False,
    }


def test_every_rating_has_a_label_and_ntfy_takes_them_all() -> None:
    assert set(LABELS) == set(RATINGS)
    assert len(RATINGS) <= MOST_BUTTONS
