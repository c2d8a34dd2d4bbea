"""The command line, where sources, index, engine and server are put together.

Exit status: 0 done; 1 done, but something was rejected; 2 not done, with the reason on standard error.
"""

import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click
from werkzeug.datastructures import MultiDict

from index.build import Summary, forget, rebuild, update, verify
from index.errors import PressokError
from index.facets import FACETS
from index.sources import Item, name_of
from index.store import DataFolder
from search.evaluation import evaluate, ranking, read_judgements
from search.query import Filters, Scope, Sort
from web import params
from web.app import create_app
from web.cli import failures, options, report, terminal
from web.cli.collecting import fetch_command, watch_command
from web.cli.progress import tell_rejected, with_progress
from web.engines import engine_for, publishing_for
from web.settings import Settings

_TAKEN_OVER = {"GUNICORN_FD", "LISTEN_FDS"}  # the listening socket comes from an older master or from systemd
_ITEMS_BETWEEN = 2000  # releases between two lines while a source is read
_LINES_BETWEEN = 1000  # documents between two lines of progress where there is no terminal


@click.group(cls=failures.Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pressok")
def main() -> None:
    """Search in the Swedish Government's press releases."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


main.add_command(fetch_command)
main.add_command(watch_command)

_data = options.data
_progress = partial(with_progress, "Indexing", "indexed", _LINES_BETWEEN)
_sources = click.argument("sources", nargs=-1, type=click.Path(path_type=Path))


@main.command("rebuild")
@_sources
@_data
def rebuild_command(sources: tuple[Path, ...], data: Path | None) -> None:
    """Take SOURCES into the archive, if any, and make a whole new index from it."""
    _finish(_run(rebuild, sources, options.settings(data)))


@main.command("update")
@_sources
@_data
def update_command(sources: tuple[Path, ...], data: Path | None) -> None:
    """Take SOURCES into the archive, if any, and put what is new or changed into the index."""
    _finish(_run(update, sources, options.settings(data)))


def _run(make: Callable[..., Summary], sources: tuple[Path, ...], settings: Settings) -> Summary:
    folder, publishing = DataFolder(settings.data), publishing_for(settings)
    with failures.interruptible(publishing(folder)):
        return make(folder, sources, _progress, _reading, settings.processes, settings.keep_removed, publishing)


def _finish(summary: Summary) -> None:
    tell_rejected(summary.rejected, ", all in rejects.jsonl")
    for row in summary.unused_corrections:
        click.echo(f"corrections.csv, line {row.line}: there is no release {row.release_id!r}", err=True)
    click.echo(report.summary(summary))
    if not (summary.indexed or summary.generation):
        raise PressokError("nothing was published: the archive is empty. Name a SOURCE with releases.")
    sys.exit(1 if summary.rejected or summary.unused_corrections else 0)


def _reading(source: Path, items: Iterable[Item]) -> Iterator[Item]:
    click.echo(f"reading {name_of(source)}", err=True)
    for number, item in enumerate(items, start=1):
        yield item
        if number % _ITEMS_BETWEEN == 0:
            click.echo(f"read {number}", err=True)


@main.command("search")
@click.argument("text", nargs=-1)
@_data
@click.option("--json", "as_json", is_flag=True, help="Print the API's response.")
@click.option("--from", "first", help="The first day: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--to", "last", help="The last day: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option(
    "--sort", type=click.Choice([s.value for s in Sort]), default=Sort.RELEVANCE.value, help="The order of the hits."
)
@click.option("--in", "scope", type=click.Choice([Scope.QUOTES.value]), help="Look for the words in quotations alone.")
@click.option("--verbatim", is_flag=True, help="Look for exactly what is typed, without correcting its spelling.")
@click.option("--page", default="1", help="The page of the result, from 1.")
@click.option("--size", default="10", help="Hits on a page.")
def search_command(text: tuple[str, ...], data: Path | None, as_json: bool, **given: Any) -> None:
    """Search for TEXT and print the hits. Put a query that begins with - after --."""
    args = MultiDict({"q": " ".join(text), **_named(given)})
    engine = engine_for(options.settings(data))
    query = params.parse(args)
    if as_json:
        client = create_app(engine).test_client()
        answer = client.get("/api/v1/search", query_string=args).get_json()
        if "error" in answer:
            raise PressokError(answer["error"]["message"])
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    terminal.show(engine.search(query), terminal.Screen.now())


def _named(given: dict[str, Any]) -> dict[str, Any]:
    names = {"first": "from", "last": "to", "scope": "in"}
    return {names.get(key, key): "1" if value is True else value for key, value in given.items() if value}


for _facet in FACETS:
    click.option(f"--{_facet.key}", multiple=True, help=f"Only this {_facet.label_en.lower()}; repeatable.")(
        search_command
    )


@main.command("export")
@_data
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="A file (default: standard output).")
def export_command(data: Path | None, output: Path | None) -> None:
    """Write every release with its annotations as JSON Lines, which rebuild reads."""
    query = replace(params.parse(MultiDict()), sort=Sort.OLDEST)
    documents = engine_for(options.settings(data)).export(query)
    with failures.output(output) as file:
        for document in documents:
            file.write(document.to_json() + "\n")


@main.command("forget")
@click.argument("release_id", metavar="ID")
@_data
def forget_command(release_id: str, data: Path | None) -> None:
    """Erase a release for good, every version of it, from archive and index."""
    settings = options.settings(data)
    folder = DataFolder(settings.data)
    publishing = publishing_for(settings)
    with failures.interruptible(publishing(folder)):
        erased = forget(folder, release_id, keep_removed=settings.keep_removed, publishing=publishing)
    if not erased:
        raise PressokError(f"there is no release with the id {release_id!r}; nothing was erased.")
    click.echo(f"erased {release_id}")


@main.command("status")
@_data
@click.option(
    "--verify",
    "thorough",
    is_flag=True,
    help="Compare every file of the index with its checksum, and check the archive.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def status_command(data: Path | None, thorough: bool, as_json: bool) -> None:
    """Say what is published."""
    settings = options.settings(data)
    folder = DataFolder(settings.data)
    publishing = publishing_for(settings)
    status = engine_for(settings).status()  # opening a generation compares its checksums
    if thorough:
        verify(folder, keep_removed=settings.keep_removed, publishing=publishing)
    ours = publishing(folder).is_ours
    click.echo(report.status_json(status, up_to_date=ours) if as_json else report.status(status, up_to_date=ours))
    if thorough and not as_json:
        what = "every file is as it was written" if settings.engine == "local" else "it holds what the archive gives"
        click.echo(f"verified: {what}")


@main.command("evaluate")
@click.argument("judged", metavar="QRELS", type=click.Path(path_type=Path, dir_okay=False))
@_data
@click.option(
    "--type",
    "types",
    multiple=True,
    default=("pressmeddelande",),
    show_default=True,
    help="Search only this type of release, because only it was judged; repeatable.",
)
@click.option("--per-query", is_flag=True, help="Print a row for each query too.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, with every query.")
def evaluate_command(judged: Path, data: Path | None, types: tuple[str, ...], per_query: bool, as_json: bool) -> None:
    """Measure the order of the hits by the judged releases of QRELS.

    QRELS is a tab-separated file with the columns query, path (or id) and grade (0 to 9, the higher the better).
    """
    judgements = read_judgements(judged)
    found = evaluate(ranking(engine_for(options.settings(data)), Filters.of(type=types)), judgements)
    click.echo(report.evaluation_json(found) if as_json else report.evaluation(found, per_query=per_query))


@main.command("serve")
@_data
@click.option("--bind", metavar="HOST:PORT", help="Where to listen (default: $PRESSOK_BIND, else 127.0.0.1:8000).")
def serve_command(data: Path | None, bind: str | None) -> None:
    """Serve the page and the API under gunicorn."""
    from web.server import serve  # gunicorn is imported by the one command that needs it

    given = {name: str(value) for name, value in (("PRESSOK_DATA", data), ("PRESSOK_BIND", bind)) if value}
    settings = Settings.from_env({**os.environ, **given})
    if not _TAKEN_OVER & os.environ.keys():
        failures.require_free(settings.bind)  # gunicorn would try for seconds and then end without a word of advice
    serve(settings)


if __name__ == "__main__":
    main()
