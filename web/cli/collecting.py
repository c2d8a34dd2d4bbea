"""The commands that wait for others: ``fetch`` brings releases from the archive, ``watch`` takes in what appears."""

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from types import FrameType

import click

from index.build import Summary, update
from index.errors import FetchError, PressokError, WriterBusy
from index.mirror import TYPES, Client, Manners, fetch
from index.sources import Rejected
from index.store import DataFolder
from index.watch import Watcher
from web.cli import options, report
from web.cli.progress import tell_rejected, with_progress
from web.engines import publishing_for
from web.readers import archive_url
from web.settings import Settings

_PAGES_BETWEEN = 100  # pages between two lines of progress where there is no terminal
_NO_CONTACT = "no contact given"


@click.command("fetch")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--from", "base", metavar="URL", help="The archive's address (default: $PRESSOK_ARCHIVE_URL).")
@click.option(
    "--type",
    "types",
    multiple=True,
    default=TYPES,
    show_default=True,
    help="Only this list, by the first folder of its addresses; repeatable.",
)
@click.option(
    "--delay", type=click.FloatRange(0, 3600), default=1.0, show_default=True, help="Seconds between two requests."
)
@click.option("--may-shrink", is_flag=True, help="Take a list also when much of what it had is gone.")
def fetch_command(folder: Path, base: str | None, types: tuple[str, ...], delay: float, may_shrink: bool) -> None:
    """Bring DIR up to date with the public g0v.se archive.

    Only what is new or changed is fetched. It may be interrupted at any time, and goes on where it was. Afterwards
    DIR is a source: pressok update DIR.
    """
    settings = Settings.from_env()
    client = Client(_address(base) or settings.archive_url, agent(settings.contact), replace(Manners(), delay=delay))
    if not settings.contact:
        click.echo("set PRESSOK_CONTACT to an address where the archive's keeper can reach you", err=True)
    try:
        with _terminable():
            fetched = fetch(
                folder,
                client,
                types=_checked(types),
                may_shrink=may_shrink,
                progress=partial(with_progress, "Fetching", "fetched", _PAGES_BETWEEN),
            )
    except KeyboardInterrupt:
        raise FetchError("interrupted; what was fetched is kept. Run it again to go on.") from None
    tell_rejected(fetched.rejected)
    click.echo(report.fetched(fetched))
    if fetched.stopped:
        raise FetchError(fetched.stopped)
    sys.exit(1 if fetched.rejected else 0)


def agent(contact: str) -> str:
    """What the requests call themselves: the program, its version, and whom to turn to."""
    return f"Pressok/{version('pressok')} (+{contact or _NO_CONTACT})"


def _address(base: str | None) -> str | None:
    try:
        return base and archive_url(base)
    except ValueError as error:
        raise PressokError(f"--from can't be {base!r}: {error}.") from None


def _checked(types: tuple[str, ...]) -> tuple[str, ...]:
    for name in types:
        if not name.replace("-", "").isalnum() or not name.isascii():
            raise PressokError(f"--type can't be {name!r}: name the first folder of an address, as in {TYPES[0]}.")
    return tuple(dict.fromkeys(types))


@contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM inside, as a service manager sends it, ends the block as Ctrl-C does."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@click.command("watch")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@options.data
@click.option(
    "--interval",
    type=click.FloatRange(0.01, 86400),
    default=10.0,
    show_default=True,
    help="Seconds between two looks at DIR.",
)
@click.option(
    "--settled",
    type=click.FloatRange(0, 86400),
    default=5.0,
    show_default=True,
    help="Seconds that nothing in DIR may have changed before it is read.",
)
@click.option("--once", is_flag=True, help="Update once, when everything in DIR is at rest, and end.")
def watch_command(folder: Path, data: Path | None, interval: float, settled: float, once: bool) -> None:
    """Index what appears in DIR, until it is told to stop (Ctrl-C, SIGTERM)."""
    settings = options.settings(data)
    renew = partial(
        update,
        processes=settings.processes,
        keep_removed=settings.keep_removed,
        publishing=publishing_for(settings),
    )
    watcher = Watcher(folder, DataFolder(settings.data), settled, renew=renew)
    told = _Told()
    try:
        with _terminable():
            while True:
                summary = _step(watcher, told, once=once)
                if summary and once:
                    sys.exit(1 if summary.rejected or summary.unused_corrections else 0)
                time.sleep(min(interval, settled or interval) if once else interval)
    except KeyboardInterrupt:
        click.echo("stopped", err=True)


@dataclass(slots=True)
class _Told:
    """What was said already: the last trouble, and what the last update rejected."""

    trouble: str = ""
    rejected: frozenset[Rejected] = frozenset()


def _step(watcher: Watcher, told: _Told, *, once: bool) -> Summary | None:
    """Let the watcher look, and say what came of it; trouble, and a file that was rejected, only once in a row."""
    try:
        summary = watcher.step()
        trouble = ""
    except WriterBusy as error:
        summary, trouble = None, f"{error} Waiting for it."
    except (PressokError, OSError) as error:
        if once:
            raise
        summary, trouble = None, f"{error} Trying again until that is mended."
    if trouble and trouble != told.trouble:
        click.echo(f"pressok: {trouble}", err=True)
    told.trouble = trouble
    if summary:
        tell_rejected([rejected for rejected in summary.rejected if rejected not in told.rejected])
        click.echo(report.summary(summary))
        told.rejected = frozenset(summary.rejected)
    return summary
