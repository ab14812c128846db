"""`hersteld config`: what may stand in hersteld.toml, and what is in force?"""

import json
from pathlib import Path

import click

from hersteld.daemon.cli.options import read_settings, settings_options


@click.group()
def config() -> None:
    """Show the configuration, or what it may hold."""


@config.command()
def schema() -> None:
    """Print the JSON Schema of hersteld.toml, for editors that complete and check."""
    from hersteld.config.file.schema import settings_schema  # noqa: PLC0415 - only this command needs it

    click.echo(json.dumps(settings_schema(), indent=2, ensure_ascii=False))


@config.command()
@settings_options
@click.option("--all", "all_rules", is_flag=True, help="Also the rules you left as they are.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of TOML.")
def show(config_file: Path | None, assignments: tuple[str, ...], *, all_rules: bool, as_json: bool) -> None:
    """Print the settings in force; addresses are masked."""
    settings = read_settings(config_file, assignments)
    from hersteld.config.file.show import settings_shown, settings_toml  # noqa: PLC0415 - only this command needs it

    if as_json:
        source = str(settings.source) if settings.source else None
        shown = {"source": source, **settings_shown(settings, all_rules=all_rules)}
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
    else:
        click.echo(settings_toml(settings, all_rules=all_rules), nl=False)
