"""`hersteld plan` with many files, on all cores, says what it says of each alone, in the order given."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.command_line import call
from tests.support.fit.failing_reader import dying_walk, failing_environment, failing_walk, odd_file
from tests.support.pipeline import NOON, a_file


@pytest.fixture(autouse=True)
def others_help_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hersteld.daemon.cli.look.plan._ALONE", 3)


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """A zip with a file that is told alone, one that our reader fails at, and others before and behind it."""
    path = tmp_path / "week.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for day in range(8):
            archive.writestr(f"{day}.fit", a_file(NOON - timedelta(days=day), minutes=2))
        archive.writestr("odd.fit", odd_file(NOON))
        archive.writestr("last.fit", a_file(NOON, minutes=3))
    return path


def test_many_files_come_out_in_the_order_given_as_each_would_alone(tmp_path: Path) -> None:
    files = []
    for number in range(30):
        path = tmp_path / f"{number * 7 % 30:03}.fit"
        path.write_bytes(a_file(NOON - timedelta(days=number), minutes=2 + number % 5))
        files.append(path)
    files[15].write_bytes(b"no FIT file at all, whatever its name")
    files[20].unlink()
    (tmp_path / "hersteld.toml").write_text('[notify.texts]\nready = "Done resting."\n', encoding="utf-8")
    words: list[str | Path] = ["plan", "--json", "--set", "athlete.experience=trained"]
    words += ["--config", tmp_path / "hersteld.toml"]
    together = call(*words, *files, home=tmp_path)
    assert together.exit_code == 65, together.stderr
    said = together.stdout.splitlines()
    assert [json.loads(line)["path"] for line in said] == list(map(str, files))
    assert [json.loads(line)["status"] for line in said].count("workout") == 28
    for number in (0, 15, 20, 29):
        assert call(*words, files[number], home=tmp_path).stdout.splitlines() == [said[number]]


def test_as_text_too(tmp_path: Path) -> None:
    path = tmp_path / "ride.fit"
    path.write_bytes(a_file())
    alone = call("plan", path, home=tmp_path)
    assert call("plan", *[path] * 20, home=tmp_path).stdout == alone.stdout * 20


def test_a_file_that_ends_its_process_costs_no_other_of_its_archive(
    week: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in failing_environment(tmp_path / "patch", dying_walk).items():
        monkeypatch.setenv(name, value)
    result = call("plan", "--json", week, home=tmp_path)
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 65
    assert [Path(one["path"]).name for one in found] == [*(f"{day}.fit" for day in range(8)), "odd.fit", "last.fit"]
    lost = found[8]
    assert [one["path"] for one in found if one["status"] != "workout"] == [f"{week}/odd.fit"] == [lost["path"]]
    assert lost["reason"] == "The process that read it died (signal 9: the system ended it, mostly for lack of memory)."
    assert lost["sha256"]


def test_whoever_reads_it_what_our_reader_failed_at_is_named_once(
    week: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name, value in failing_environment(tmp_path / "patch").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("hersteld.parsers.columns.bulk.walk", failing_walk)
    first = tmp_path / "first.fit"
    first.write_bytes(odd_file(NOON))
    result = call("plan", "--json", first, week, home=tmp_path)
    assert result.exit_code == 0, result.stdout
    warned = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert [line.partition(": our reader failed")[0] for line in warned] == [str(first), f"{week}/odd.fit"]
    assert capfd.readouterr().err == "", "nothing passes by the log"
