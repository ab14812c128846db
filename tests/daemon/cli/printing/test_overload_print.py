"""Signs of overload are printed with their numbers and limits, in the user's language."""

from datetime import UTC
from pathlib import Path

import pytest

from hersteld.config.settings import Language
from hersteld.daemon.cli.printing.overload_print import overload_json, print_over, print_signals
from hersteld.daemon.planning.overload import SignalsOfDay
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.overload.last_weeks import LastWeeks
from hersteld.recovery.overload.signal import SignalId
from hersteld.recovery.overload.signals import overload_signals
from tests.recovery.overload.weeks import RULES, TODAY, nights_of, trained
from tests.support.command_line import settings_in

OWN = RULES.overload


def over(weeks: LastWeeks, language: Language, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    print_over(overload_signals(weeks, RULES), OWN, voice(language, tmp_path))
    return capsys.readouterr().out.splitlines()


def voice(language: Language, tmp_path: Path) -> Voice:
    return Voice(settings_in(tmp_path, notify__language=language).notify, UTC)


def test_the_signals_over_their_limits_are_named_one_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = trained([150.0] * 7, hard=2, nights=nights_of(resting_hr_bpm=[*[50] * 28, *[57.3] * 7]))
    assert over(both, "en", tmp_path, capsys) == [
        "Over their limits, and they agree:",
        "  Days much alike: monotony 10.0 (limit 2)",
        "  Strain of the week: 10500 (your limit 277)",
        "  Form, fitness minus fatigue: -45.3 (limit -30)",
        "  Resting heart rate, 7 days: 57.3 (your limit 55.0)",
    ]
    assert "  Rusthartslag, 7 dagen: 57,3 (jouw grens 55,0)" in over(both, "nl", tmp_path, capsys)


def test_one_alone_is_said_to_be_too_little(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert over(trained(hard=3), "en", tmp_path, capsys) == [
        "Over their limits, though too few agree for a warning:",
        "  Hard days in a row: 3 (limit 3)",
    ]
    assert over(trained(hard=3), "nl", tmp_path, capsys)[1:] == ["  Zware dagen achter elkaar: 3 (grens 3)"]


def test_where_nothing_is_over_its_limit_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert over(trained(), "en", tmp_path, capsys) == ["No sign of overload is over its limit."]
    assert over(trained(), "nl", tmp_path, capsys) == ["Geen enkel signaal van overbelasting is over de grens."]


def test_before_28_days_nothing_is_said_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert over(trained(quiet_weeks=3, hard=9), "en", tmp_path, capsys) == []


def test_all_signals_are_printed_with_where_their_numbers_come_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    print_signals(overload_signals(trained(hard=3), RULES), OWN, voice("en", tmp_path))
    rows = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "Hard days in a row: 3 (limit 3): over its limit" in rows
    assert "hard days in a row 3 d input your earlier workouts" in rows
    assert "overload.hard_days 3 d H so many days with a hard workout, one after the other" in rows
    assert any(row.startswith("Form, fitness minus fatigue: ") and row.endswith("within its limit") for row in rows)
    assert "Heart rate variability: cannot be told yet: what is usual for you is not known" in rows
    assert rows[-1] == "Too few signs of different kinds agree for a warning."


def test_json_has_all_signals_each_with_number_limit_kind_and_source() -> None:
    found = overload_json(SignalsOfDay(TODAY, overload_signals(trained(hard=3), RULES)), OWN)
    assert (found["day"], found["agree"]) == ("2026-05-31", False)
    assert [signal["id"] for signal in found["signals"]] == [id_.value for id_ in SignalId]
    hard_days = found["signals"][3]
    assert hard_days.pop("reasons")[1]["name"] == "overload.hard_days"
    assert hard_days == {
        "id": "hard_days",
        "value": 3,
        "limit": 3,
        "unit": "day",
        "side": "from",
        "kind": "H",
        "source": "so many days with a hard workout, one after the other",
        "is_over": True,
    }
    untold = found["signals"][5]
    assert (untold["value"], untold["limit"], untold["is_over"], untold["reasons"]) == (None, None, None, [])
