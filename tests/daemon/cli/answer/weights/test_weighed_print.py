"""What the scales said reads as one would say it, in either language."""

from datetime import UTC
from pathlib import Path

import pytest

from hersteld.config.settings import Language
from hersteld.daemon.cli.printing.answered_print import print_loss, said_lines
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.answers.said import NOTHING, Said
from tests.support.command_line import settings_in


@pytest.mark.parametrize(
    ("language", "said", "loss"),
    [
        ("en", Said(before_kg=72.4, after_kg=71.9), "Lost by the scales: 0.5 kg. Nobody said what was drunk"),
        ("nl", Said(before_kg=72.4, after_kg=71.9, drunk_ml=750), "0,5 kg; met wat er gedronken is, 1,25 l zweet"),
        ("en", Said(before_kg=72.0, after_kg=72.3, drunk_ml=500), "Gained by the scales: 0.3 kg."),
        ("en", Said(after_kg=72.3, drunk_ml=500), ""),
    ],
)
def test_the_loss_is_said_as_far_as_it_is_known(
    language: Language, said: Said, loss: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    print_loss(said, Voice(settings_in(tmp_path, notify__language=language).notify, UTC))
    printed = capsys.readouterr().out
    assert loss in printed
    assert bool(printed) is bool(loss)


def test_each_thing_that_was_said_is_a_line() -> None:
    assert [line.id for line in said_lines(Said(before_kg=72, drunk_ml=0))] == ["weighing.before", "weighing.drunk"]
    assert [line.id for line in said_lines(NOTHING, 72.0)] == ["weighing.measured"]
