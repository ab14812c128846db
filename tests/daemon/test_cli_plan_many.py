"""`hersteld plan` with a hundred files says what it says of each alone, in the order given."""

import json
from datetime import timedelta
from pathlib import Path

from tests.daemon.cli import call
from tests.daemon.pipeline import NOON, a_file


def test_many_files_come_out_in_the_order_given_as_each_would_alone(tmp_path: Path) -> None:
    files = []
    for number in range(100):
        path = tmp_path / f"{number * 37 % 100:03}.fit"
        path.write_bytes(a_file(NOON - timedelta(days=number), minutes=2 + number % 5))
        files.append(path)
    files[50].write_bytes(b"no FIT file at all, whatever its name")
    (tmp_path / "hersteld.toml").write_text('[notify.texts]\nready = "Done resting."\n', encoding="utf-8")
    words: list[str | Path] = ["plan", "--json", "--set", "athlete.experience=trained"]
    words += ["--config", tmp_path / "hersteld.toml"]
    together = call(*words, *files, home=tmp_path)
    assert together.exit_code == 65, together.stderr
    said = together.stdout.splitlines()
    assert [json.loads(line)["path"] for line in said] == list(map(str, files))
    assert [json.loads(line)["status"] for line in said].count("workout") == 99
    for number in (0, 50, 99):
        assert call(*words, files[number], home=tmp_path).stdout.splitlines() == [said[number]]


def test_as_text_too(tmp_path: Path) -> None:
    path = tmp_path / "ride.fit"
    path.write_bytes(a_file())
    alone = call("plan", path, home=tmp_path)
    assert call("plan", *[path] * 100, home=tmp_path).stdout == alone.stdout * 100
