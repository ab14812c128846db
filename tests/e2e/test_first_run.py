"""From an empty home to a service that lacks nothing but a target: `hersteld init --yes`, then `run`, then `check`."""

import json
from pathlib import Path

from tests.support.fit.corpus import corpus_bytes
from tests.support.home import HERSTELD, Home
from tests.support.machine.process import Program

FENIX = "dtcooper__python-fitparse/tests/files/garmin-fenix-5-run.fit"


def test_after_init_and_run_check_finds_all_well_but_the_target(tmp_path: Path) -> None:
    home = Home(tmp_path / "anna", "unused://")
    (home.inbox / "a.fit").write_bytes(corpus_bytes(FENIX))
    home.call("init", "--yes")
    with Program([HERSTELD, *home.words], environment=home.environment, folder=home.folder) as service:
        service.wait_for_line("a.fit")
        findings = [json.loads(line) for line in home.call("check", "--json").splitlines()]
        added = home.call("init", "--yes", "--max-hr", "188")
    assert "The hersteld that runs was started with another configuration" in added
    assert {one["what"] for one in findings if one["state"] == "ok"} >= {"configuration", "folder", "state", "service"}
    assert {one["what"] for one in findings if one["state"] != "ok"} == {"target"}, findings
