"""`hersteld config`: what may stand in hersteld.toml, and what is in force?"""

import json
from pathlib import Path

import click

from hersteld.daemon.cli.options import in_language, language_option, read_settings, settings_options
from hersteld.daemon.cli.printing.spoken_click import SpokenGroup


@click.group(cls=SpokenGroup)
def config() -> None:
    """Show the configuration, or what it may hold."""


@config.command()
def schema() -> None:
    """Print the JSON Schema of hersteld.toml, for editors that complete and check."""
    from hersteld.config.file.schema import settings_schema  # noqa: PLC0415 - only this command needs it

    click.echo(json.dumps(settings_schema(), indent=2, ensure_ascii=False))


@config.command()
@settings_options
@language_option
@click.option("--all", "all_rules", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def show(
    language: str | None, config_file: Path | None, assignments: tuple[str, ...], *, all_rules: bool, as_json: bool
) -> None:
    """Print the settings in force; addresses are masked. --language is for what is written around them."""
    settings = read_settings(config_file, assignments)
    in_language(settings, language)
    from hersteld.config.file.show import settings_shown, settings_toml  # noqa: PLC0415 - only this command needs it

    if as_json:
        source = str(settings.source) if settings.source else None
        shown = {"source": source, **settings_shown(settings, all_rules=all_rules)}
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
    else:
        click.echo(settings_toml(settings, all_rules=all_rules), nl=False)
