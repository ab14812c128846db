"""A kill at any moment, again and again: what is left at the end is what would be there without."""

import random
from pathlib import Path

import pytest

from tests.support.faults.fault_points import STATEMENT, FaultPoint, Nursery
from tests.support.faults.killed import a_shelf
from tests.support.measured.figures import Measured

KILLS = 40
LONGEST_LIFE_S = 1.5
MOST_STATEMENTS = 400
"""More than the first start needs until it has taken in a file; with fewer no life would ever get that far."""
NO_DIGEST = "[rules.messages]\nbacklog_count = 8\n"
"""Each workout has messages of its own, also where a slow machine brings several lives to nothing."""


@pytest.mark.figures("killed again and again", "{tried} kills of {workouts} workouts, {seeds} seeds: lost 0")
@pytest.mark.parametrize("seed", [1968, 2026])
def test_forty_lives_cut_short_lose_nothing_and_repeat_only_what_nobody_could_know(
    tmp_path: Path, measured: Measured, seed: int
) -> None:
    """Each life ends at a drawn statement of the database or after a drawn time, whichever is first."""
    print(f"seed {seed}")  # noqa: T201 - to be run again with
    draw = random.Random(seed)
    with Nursery() as nursery, a_shelf(tmp_path, nursery) as shelf:
        with (shelf.folder / "hersteld.toml").open("a") as config:
            config.write(NO_DIGEST)
        for number in range(KILLS):
            if number % 6 == 0:
                shelf.put(f"{number}.fit")
            point = FaultPoint(draw.choice(["before", "after"]), STATEMENT, nth=draw.randint(1, MOST_STATEMENTS))
            with shelf.start(point) as life:
                life.ended(draw.uniform(0.05, LONGEST_LIFE_S))
                life.kill()
                assert life.wait() == -9, shelf.log.read_text()
            shelf.take_stock()
        shelf.live_on()
        shelf.check()
        print(f"{KILLS} kills, {len(shelf.names)} workouts, lost 0, repeated {shelf.repeated}")  # noqa: T201 - as above
        assert shelf.repeated <= sum(shelf.excused.values())
        assert "Traceback" not in shelf.log.read_text()
        measured(tried=KILLS, workouts=len(shelf.names), seeds=1)
