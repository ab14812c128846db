"""A unit may stand behind a space, and belongs to the number before it."""

import click
import pytest
from click.testing import CliRunner

from hersteld.daemon.cli.answer.weights.quantities_asked import WithUnits


@click.command(cls=WithUnits)
@click.argument("mass", required=False)
@click.option("--after")
@click.option("--workout")
def command(mass: str | None, after: str | None, workout: str | None) -> None:
    """Print the words as they were taken."""
    click.echo(f"{mass}|{after}|{workout}")


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        (["72,4", "kg"], "72,4 kg|None|None"),
        (["--after", "71.6", "kg", "72.4", "KG"], "72.4 KG|71.6 kg|None"),
        (["--after=71.6", "kg"], "None|71.6 kg|None"),
        (["72.4", "--workout", "12"], "72.4|None|12"),
        (["kg"], "kg|None|None"),
    ],
)
def test_a_unit_belongs_to_the_number_before_it(words: list[str], taken: str) -> None:
    assert CliRunner().invoke(command, words).output == taken + "\n"
