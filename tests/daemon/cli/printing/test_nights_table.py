"""Nights are a table, in which what nobody measured is left empty."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hersteld.config.settings import Language
from hersteld.daemon.cli.printing.nights_table import print_nights
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.nights.night import Night
from tests.support.command_line import settings_in

WOKE_AT = datetime(2026, 5, 6, 5, 0, tzinfo=UTC)
FULL = Night(date(2026, 5, 6), WOKE_AT, WOKE_AT, 47.4, 51.6, "unbalanced", 27_900.0, 81.0)
NOTHING = Night(date(2026, 5, 5), WOKE_AT, WOKE_AT)


@pytest.mark.parametrize(("language", "verdict"), [("en", "unbalanced"), ("nl", "uit balans")])
def test_a_night_is_one_line(
    language: Language, verdict: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    print_nights([FULL, NOTHING], Voice(settings_in(tmp_path, notify__language=language).notify, UTC))
    heading, *_, full, nothing = capsys.readouterr().out.splitlines()
    assert "RMSSD" in heading
    assert full.split()[:3] == ["2026-05-06", "47", "52"]
    assert verdict in full
    assert full.split()[-1] == "81"
    assert nothing.split() == ["2026-05-05"]
