"""Options that several commands share."""

from dataclasses import replace
from pathlib import Path

import click

from web.settings import Settings

data = click.option(
    "--data", type=click.Path(path_type=Path), help="The data folder (default: $PRESSOK_DATA, else data)."
)


def settings(given: Path | None) -> Settings:
    """The settings of a command: those of the environment, with the data folder that was given to it."""
    found = Settings.from_env()
    return replace(found, data=given) if given else found
