"""An everyday word means a sport that there is."""

from hersteld.daemon.words.everyday_sports import EVERYDAY
from hersteld.recovery.athlete.sport_families import known_sports


def test_every_everyday_word_means_a_sport_that_is_known_and_is_none_itself() -> None:
    assert set(EVERYDAY.values()) <= set(known_sports())
    assert not set(EVERYDAY) & set(known_sports())
