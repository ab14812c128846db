"""`hersteld tqr`: how do I say how recovered I feel?"""

from pathlib import Path

import click

from hersteld.daemon.answers.answers import HIGHEST_TQR, LOWEST_TQR
from hersteld.daemon.cli.answer.of_today import Asked, Wording, answer_today
from hersteld.daemon.cli.options import WholeNumber, language_option, settings_options
from hersteld.daemon.store.answers.rows import Kind, Source

_WORDING = Wording(
    "help.name_a_score",
    "SCORE",
    said="answers.tqr_said",
    undone="answers.tqr_undone",
    again="answers.tqr_again",
    value="tqr",
)


@click.command()
@click.argument("score", required=False, metavar="[SCORE]", type=WholeNumber(LOWEST_TQR, HIGHEST_TQR))
@click.option("--undo", is_flag=True)
@language_option
@settings_options
def tqr(
    score: int | None, language: str | None, config_file: Path | None, assignments: tuple[str, ...], *, undo: bool
) -> None:
    """Say how recovered you feel today, from 6 to 20."""
    asked = Asked(language, config_file, assignments, undo)
    answer_today(asked, Kind.TQR, score, _WORDING, lambda answers, value: answers.feel(int(value), Source.COMMAND))
