"""From outside it can be seen whether the service runs, whether it goes on, and what it says of itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.lock import RunningDaemon
from hersteld.daemon.health.outside import NO_SIGN_OF_LIFE, SILENT_S, Outside, from_outside
from hersteld.daemon.health.record import Health, HealthFile, Pinged
from hersteld.daemon.health.trouble import Trouble
from hersteld.parsers.line import Line

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
S = timedelta(seconds=1)
LINE = Line("reasons.no_memory")
TROUBLE = Trouble("no_memory", LINE)
PINGED = Pinged(NOON)
LOOKED = NOON - 9 * S
SILENT = Line("health.no_sign_of_life", {"moment": "2026-05-06 11:59"})
SET_BACK = Line("health.no_sign_of_life_set_back")
TO_COME = NOON + (SILENT_S + 1) * S
ALIVE = RunningDaemon(7, NOON - 20 * S)
WELL = Health(7, NOON - S, LOOKED, pinged=PINGED)
TROUBLED = Health(7, NOON - S, LOOKED, TROUBLE, NOON - 5 * S, LINE)
LONG_AGO = NOON - (SILENT_S + 1) * S


@pytest.mark.figures(
    "the clock is set back, and the service hangs", "{tried} states, with and without a clock that was set back"
)
@pytest.mark.parametrize(
    ("health", "daemon", "seen"),
    [
        (None, None, Outside()),
        (None, ALIVE, Outside()),
        (WELL, None, Outside(LOOKED, pinged=PINGED)),
        (TROUBLED, None, Outside(LOOKED)),
        (WELL, ALIVE, Outside(LOOKED, pinged=PINGED)),
        (WELL, RunningDaemon(None, NOON), Outside(LOOKED, pinged=PINGED)),
        (TROUBLED, ALIVE, Outside(LOOKED, "no_memory", LINE, NOON - 5 * S, LINE)),
        # Of an earlier run counts when it looked, and not what it said.
        (TROUBLED, RunningDaemon(8, NOON), Outside(LOOKED)),
        # A service that writes nothing any more hangs, whatever it said last.
        (None, RunningDaemon(7, LONG_AGO), Outside(None, NO_SIGN_OF_LIFE, SILENT, LONG_AGO)),
        (
            Health(7, LONG_AGO, LOOKED),
            RunningDaemon(7, LONG_AGO - S),
            Outside(LOOKED, NO_SIGN_OF_LIFE, SILENT, LONG_AGO),
        ),
        (WELL, RunningDaemon(7, LONG_AGO), Outside(LOOKED, pinged=PINGED)),
        (Health(7, LONG_AGO, LOOKED), ALIVE, Outside(LOOKED)),
        # The clock has been set back: what was written before that tells nothing.
        (None, RunningDaemon(7, TO_COME), Outside(None, NO_SIGN_OF_LIFE, SET_BACK)),
        (Health(7, TO_COME, LOOKED), RunningDaemon(7, TO_COME), Outside(LOOKED, NO_SIGN_OF_LIFE, SET_BACK)),
        (Health(7, TO_COME, LOOKED), RunningDaemon(7, LONG_AGO), Outside(LOOKED, NO_SIGN_OF_LIFE, SILENT, LONG_AGO)),
        (Health(7, NOON, LOOKED), RunningDaemon(7, TO_COME), Outside(LOOKED)),
        (Health(7, NOON + 30 * S, LOOKED), RunningDaemon(7, TO_COME), Outside(LOOKED)),
    ],
)
def test_the_service_looks_as_it_is(
    health: Health | None, daemon: RunningDaemon | None, seen: Outside, tmp_path: Path
) -> None:
    if health is not None:
        HealthFile(tmp_path / "a.db").write(health)
    assert from_outside(tmp_path / "a.db", daemon, NOON) == seen
