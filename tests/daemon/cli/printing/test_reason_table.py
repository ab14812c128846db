"""Numbers are printed with the unit, kind and source that they have, in the user's language."""

from datetime import UTC
from pathlib import Path

import pytest

from hersteld.config.settings import Language
from hersteld.daemon.cli.printing.reason_table import print_reasons, reason_rows, with_unit
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.numbers import Source, because, given
from tests.support.command_line import settings_in
from tests.support.fit.recoveries import shipped_rules

REASONS = (
    given("kcal", 612.5, "kcal", Source.FILE),
    because(shipped_rules().rest.carry_share),
    given("muscles", "calves, glutes", "", Source.SPORT),
    given("kcal", 612.5, "kcal", Source.FILE),
)


def voice(language: Language, tmp_path: Path) -> Voice:
    return Voice(settings_in(tmp_path, notify__language=language).notify, UTC)


def test_each_number_has_a_row_once_in_the_language_of_the_reader(tmp_path: Path) -> None:
    assert reason_rows(REASONS, voice("en", tmp_path)) == [
        ("energy", "612.5 kcal", "input", "the workout's file"),
        ("rest.carry_share", "0.5", "H", "share of the hours still open from before that is added"),
        ("muscles", "calves, glutes", "input", "your sport"),
    ]
    assert reason_rows(REASONS[:1], voice("nl", tmp_path)) == [
        ("energie", "612,5 kcal", "invoer", "het bestand van de training")
    ]


def test_a_table_has_headings_and_nothing_is_no_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_reasons(REASONS, voice("en", tmp_path))
    assert capsys.readouterr().out.split()[:4] == ["number", "value", "kind", "source"]
    print_reasons((), voice("en", tmp_path))
    assert capsys.readouterr().out == ""


def test_a_pure_number_has_no_unit(tmp_path: Path) -> None:
    assert [with_unit("5", unit, voice("en", tmp_path)) for unit in ("1", "ms")] == ["5", "5 ms"]
