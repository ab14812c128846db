"""The plan of one file is printed as text or as one line of JSON, in the language of the settings."""

import json
from pathlib import Path

import pytest

from hersteld.daemon.cli.printing.plan_print import Printing
from hersteld.daemon.views.plan_file import FitFile, PlannedFile
from hersteld.parsers.line import Line
from tests.support.command_line import settings_in
from tests.support.pipeline import NOON, a_file

RIDE = FitFile("ride.fit", a_file(sport="cycling", minutes=90), has_grown=False)


def test_as_text_it_is_in_the_language_of_the_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for language, title in (("en", "ride, 1 h 30"), ("nl", "rit, 1 u 30")):
        printing = Printing(settings_in(tmp_path, notify__language=language), None, as_json=False, samples=False)
        assert printing.print_plan(RIDE).status == "workout"
        assert title in capsys.readouterr().out


def test_as_json_it_is_one_line_with_samples_only_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for samples in (True, False):
        Printing(settings_in(tmp_path), NOON, as_json=True, samples=samples).print_plan(RIDE)
        (line,) = capsys.readouterr().out.splitlines()
        assert ("samples" in json.loads(line)["workout"]) is samples


def test_what_is_known_without_a_plan_is_printed_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    planned = PlannedFile("none.fit", None, "rejected", Line("files.none_inside"))
    printing = Printing(settings_in(tmp_path), None, as_json=False, samples=False)
    assert printing.print_plan(planned) is planned
    assert capsys.readouterr().out.startswith("none.fit: ")
