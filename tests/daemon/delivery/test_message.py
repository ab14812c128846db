"""A message and its result go from process to process as they are."""

import pickle

from hersteld.daemon.delivery.message import Message, SendResult
from hersteld.parsers.line import Line


def test_both_go_through_a_pipe_unchanged() -> None:
    message = Message("Zware rit", "Rustig aan.\nDrink 1,5 l.", "workout-17")
    refused = SendResult(ok=False, reason=Line("delivery.server_answered", {"code": 401, "words": "not_allowed"}))
    assert pickle.loads(pickle.dumps((message, refused))) == (message, refused)


def test_a_message_that_arrived_has_no_reason() -> None:
    assert SendResult(ok=True).reason is None
