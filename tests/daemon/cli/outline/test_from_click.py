"""The outline of a command says of its arguments and options what is to be typed."""

import click

from hersteld.daemon.cli.main import cli
from hersteld.daemon.cli.outline.from_click import outline_of
from hersteld.daemon.cli.printing.spoken_click import SpokenContext


@click.command()
@click.argument("paths", nargs=-1, metavar="[FILE]...")
@click.option("-n", "--number", metavar="N", multiple=True)
@click.option("--style", type=click.Choice(["brief", "coach"]))
@click.option("--yes", is_flag=True)
def forget() -> None:
    """Be a command of this test."""


def test_what_is_typed() -> None:
    context = SpokenContext(forget, SpokenContext(cli, None, "hersteld"), "forget")
    outline = outline_of(context)
    assert outline.words == ("hersteld", "forget")
    assert outline.arguments == ("[FILE]...",)
    number, style, yes, help_ = outline.options
    assert (number.names, number.takes, number.is_repeatable) == (("-n", "--number"), "N", True)
    assert (style.takes, style.is_repeatable) == ("[brief|coach]", False)
    assert yes.takes == ""
    assert help_.names == ("--help",)


def test_an_option_has_the_text_of_its_command_where_there_is_one() -> None:
    context = SpokenContext(forget, SpokenContext(cli, None, "hersteld"), "forget")
    ids = {option.names[-1]: option.text_id for option in outline_of(context).options}
    assert ids["--yes"] == "help.option_forget_yes"
    assert ids["--help"] == "help.option_help"


def test_the_commands_below_are_only_named_where_nobody_asks_for_more() -> None:
    context = SpokenContext(cli, None, "hersteld")
    named = outline_of(context, with_below=False).commands
    whole = outline_of(context).commands
    assert [each.words for each in named] == [each.words for each in whole]
    assert all(not each.options for each in named)
    assert all(each.options for each in whole)
