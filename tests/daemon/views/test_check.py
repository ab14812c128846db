"""What check finds of folders, the state, the service and the clock."""

import os
from datetime import UTC, datetime
from pathlib import Path

from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.check import Finding, check_machine
from hersteld.parsers.line import Line
from tests.support.command_line import AMSTERDAM, environment_in


def test_check_tells_whether_hersteld_runs_on_this_database(tmp_path: Path) -> None:
    no_systemd = environment_in(tmp_path) | {"PATH": str(tmp_path)}

    def service() -> Finding:
        (found,) = (one for one in check_machine(no_systemd, datetime.now(AMSTERDAM)) if one.what == "service")
        return found

    assert service().line.id == "check.service_stopped"
    with DatabaseLock(database_path(no_systemd)) as lock:
        lock.looked(datetime(2026, 5, 6, 7, 3, tzinfo=UTC))
        running = {"process": str(os.getpid()), "moment": "2026-05-06 09:03"}
        assert service() == Finding("service", "ok", Line("check.service_runs_as", running))
    assert service().state == "warn"
