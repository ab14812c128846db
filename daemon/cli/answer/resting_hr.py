"""`hersteld resting-hr`: how do I say what my resting heart rate was this morning?"""

from pathlib import Path

import click

from hersteld.daemon.cli.answer.of_today import Asked, Wording, answer_today
from hersteld.daemon.cli.options import DecimalNumber, language_option, settings_options
from hersteld.daemon.store.answers.rows import Kind, Source

_WORDING = Wording(
    "help.name_a_heart_rate",
    "BPM",
    said="answers.resting_hr_said",
    undone="answers.resting_hr_undone",
    again="answers.resting_hr_again",
    value="bpm",
)
_ANY_BPM = DecimalNumber(0, 300)
"""What can be a heart rate at all; the rules say what can be one at rest."""


@click.command("resting-hr")
@click.argument("bpm", required=False, metavar="[BPM]", type=_ANY_BPM)
@click.option("--undo", is_flag=True)
@language_option
@settings_options
def resting_hr(
    bpm: float | None, language: str | None, config_file: Path | None, assignments: tuple[str, ...], *, undo: bool
) -> None:
    """Say what your resting heart rate was this morning."""
    asked = Asked(language, config_file, assignments, undo)
    answer_today(asked, Kind.RESTING_HR, bpm, _WORDING, lambda answers, value: answers.rest_at(value, Source.COMMAND))
