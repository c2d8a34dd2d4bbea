"""Options that several commands share."""

from pathlib import Path

import click

from web.settings import Settings

data = click.option(
    "--data", type=click.Path(path_type=Path), help="The data folder (default: $PRESSOK_DATA, else data)."
)


def folder(given: Path | None) -> Path:
    """The data folder of a command: the one given, else that of the settings."""
    return given or Settings.from_env().data
