"""The process of an update that the service started: it runs the commands and writes down how they ended.

Run as ``python -m web.updates.updater ID LOCK``: the update's id, and the number of the open file by which it has the
lock that :mod:`web.updates.runs` tells of. Settings come from the environment.
"""

import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

from web.cli import main as cli
from web.settings import Settings
from web.updates.runs import Updates

Ended = tuple[int, list[str]]
"""A command's exit status and the lines that are worth keeping: what it printed or, when it failed, why."""


def main() -> None:
    """Update, and write down how that ended."""
    update_id, lock = sys.argv[1], int(sys.argv[2])
    os.set_inheritable(lock, False)  # processes that help with the update must not keep the lock when this one is gone
    settings = Settings.from_env()
    updates = Updates(settings.data)
    try:
        status, lines = run(commands(settings))
    except BaseException as error:
        updates.finish(
            update_id, None, [f"It ended by a fault of Pressök's own ({type(error).__name__}): see the log."]
        )
        raise
    updates.finish(update_id, status, lines)


def commands(settings: Settings) -> list[list[str]]:
    """What an update does: the arguments of each ``pressok`` command, in their order."""
    first = [settings.fetch] if settings.fetch else []
    fetching = [["fetch", "--", str(folder)] for folder in first]
    return [*fetching, ["update", "--data", str(settings.data), "--", *map(str, (*first, *settings.sources))]]


def run(rows: list[list[str]]) -> Ended:
    """Run commands one after the other until one is not done (exit status 2); the worst exit status and all lines."""
    worst = 0
    lines: list[str] = []
    for arguments in rows:
        status, said = _run(arguments)
        worst, lines = max(worst, status), lines + said
        if status > 1:
            break
    return worst, lines


def _run(arguments: list[str]) -> Ended:
    told, errors = StringIO(), StringIO()
    status = 0
    with redirect_stdout(told), redirect_stderr(errors):
        try:
            cli.main(arguments, prog_name="pressok")
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 2
    # Of what was rejected the summary has the number: names and reasons are in rejects.jsonl, which forgets in time.
    return status, told.getvalue().splitlines() if status in (0, 1) else errors.getvalue().splitlines()[-1:]


if __name__ == "__main__":
    main()
