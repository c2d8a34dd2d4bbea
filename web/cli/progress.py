"""How long work and what was rejected are told: a bar on a terminal, plain lines elsewhere, on standard error."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import click

from index.sources import Rejected

_SHOWN_REJECTS = 20
_Item = TypeVar("_Item")


def with_progress(label: str, done: str, every: int, total: int, items: Iterable[_Item]) -> Iterator[_Item]:
    """``items`` unchanged, with a bar called ``label``, or a line "``done`` 100 of 200" after so many of them."""
    if sys.stderr.isatty():
        with click.progressbar(items, length=total, label=label, file=sys.stderr) as bar:
            yield from bar
        return
    for number, item in enumerate(items, start=1):
        yield item
        if number % every == 0 or number == total:
            click.echo(f"{done} {number} of {total}", err=True)


def tell_rejected(rejected: Sequence[Rejected], rest: str = "") -> None:
    """The first of what was rejected, a line each; ``rest`` says where the others are."""
    for one in rejected[:_SHOWN_REJECTS]:
        click.echo(f"rejected: {one.name}: {one.reason}", err=True)
    if len(rejected) > _SHOWN_REJECTS:
        click.echo(f"… and {len(rejected) - _SHOWN_REJECTS} more{rest}", err=True)
