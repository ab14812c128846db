"""Who reads Dutch is told the same as who reads English, in words that do not contradict themselves."""

import json
from pathlib import Path

import pytest

from hersteld.parsers.writing.fit_writer import FitWriter
from tests.support.command_line import call, take_in
from tests.support.pipeline import NOON, a_file


def test_the_week_of_the_demonstration_has_the_same_lines_in_both_languages(tmp_path: Path) -> None:
    def lines_in(language: str) -> list[int]:
        events = map(json.loads, call("demo", "--json", "--language", language, home=tmp_path).stdout.splitlines())
        return [len(event["body"].splitlines()) for event in events if event["event"] == "message"]

    assert lines_in("nl") == lines_in("en") != []


def test_a_planned_workout_is_not_called_a_workout_and_none_in_one_sentence(tmp_path: Path) -> None:
    writer = FitWriter()
    writer.message("file_id", {"type": "workout", "manufacturer": "development"})
    (tmp_path / "a.fit").write_bytes(writer.finish())
    said = call("plan", "--language", "nl", tmp_path / "a.fit", home=tmp_path).stdout
    assert said.strip().endswith("overgeslagen. Dit is een geplande training, geen opname van een training.")


def test_what_cannot_be_read_is_called_so_in_dutch(tmp_path: Path) -> None:
    (tmp_path / "a.fit").write_bytes(b"no FIT file at all, really")
    said = call("plan", "--language", "nl", tmp_path / "a.fit", home=tmp_path).stdout
    assert "a.fit: niet te lezen. Dit is een tekstbestand, geen FIT-bestand" in said


@pytest.mark.parametrize(("language", "mark"), [("en", "."), ("nl", ",")])
def test_the_size_of_a_backup_has_the_decimal_mark_of_the_language(language: str, mark: str, tmp_path: Path) -> None:
    take_in(tmp_path, [("a.fit", a_file())], now=NOON)
    said = call("backup", "--language", language, tmp_path / "copy.db", home=tmp_path).stdout
    size = said.partition(" MiB")[0].rpartition(" ")[2]
    assert size.replace(mark, "").isdecimal(), said
    assert mark in size


def test_the_front_and_the_back_of_the_thigh_have_names_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "run.fit").write_bytes(a_file())
    said = call("plan", "--language", "nl", tmp_path / "run.fit", home=tmp_path).stdout
    assert "kuiten, hamstrings, voorkant bovenbenen, heupbuigers, bilspieren" in said
