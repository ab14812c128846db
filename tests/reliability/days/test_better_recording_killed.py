"""A better recording of a workout that said nothing is told once, wherever the program dies on its way.

A message that was leaving at that moment may have arrived, so it is sent once more: twice is better than never.
"""

from collections import Counter

import pytest

from tests.reliability.days.test_days import Days, Killed

EASY = {"minutes": 35, "bpm": 98, "sport": "cycling"}
BEFORE = {"minutes": 62, "bpm": 128, "sport": "cycling"}


@pytest.mark.figures(
    "a better recording comes in of a workout that was told",
    "{tried} cases: 0 wrong at the end, 0 repeated, 0 missed",
)
@pytest.mark.parametrize("after", range(0, 48, 3))
def test_it_is_told_once_wherever_the_program_dies(after: int) -> None:
    days = Days()
    days.trains(workout=BEFORE)
    days.time_passes(hours=30)
    days.trains(workout=EASY)
    said = len(days.pipeline.notifier.received)
    days.clock.dies_after = after
    leaving: list[str] = []
    try:
        days.second_watch(bpm=165, minutes=40)
    except Killed:
        leaving = [row.target for row in days.pipeline.outbox.rows("state = 'sending'")]
        days.pipeline.restart()
    days.clock.dies_after = None
    days._settle()
    days.time_passes(hours=1)
    days.nobody_is_left_without_a_word_of_a_hard_workout()
    days.nothing_is_said_twice()
    told = Counter((target, message.title) for target, message in days.pipeline.notifier.received[said:])
    once = Counter({("desktop", "Hard ride, 40 min"): 1, ("phone", "Hard ride, 40 min"): 1})
    assert told.keys() == once.keys()
    assert told - once <= Counter((target, "Hard ride, 40 min") for target in leaving)
    days.teardown()
