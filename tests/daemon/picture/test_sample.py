"""The picture of a test message can be drawn, and says that it is one."""

from hersteld.daemon.delivery.pictures.attached import drawn
from hersteld.daemon.picture.sample import sample
from tests.support.pictures.recording import SIGN


def test_it_is_a_picture() -> None:
    facts = sample("hersteld: test", "This is a test.")
    assert (facts.title, facts.alternative) == ("hersteld: test", "This is a test.")
    assert (drawn(facts) or b"").startswith(SIGN)
