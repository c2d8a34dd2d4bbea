"""Where every error of the command line becomes one line on standard error and exit status 2."""

import errno
import os
import socket
import sys
from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import click

from index.errors import IndexUnavailable, PressokError
from index.publisher import Publisher
from index.sources import name_of

_ADVICE = {
    errno.ENOSPC: "Make room there and run it again.",
    errno.EDQUOT: "Make room there and run it again.",
    errno.EACCES: "See who may read and write there.",
    errno.EPERM: "See who may read and write there.",
    errno.EROFS: "Name another place.",
    errno.ENOENT: "Check the path and make the folder first.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
}


class Commands(click.Group):
    """Every command, with errors told in one line and exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command."""
        try:
            return super().invoke(ctx)
        except PressokError as error:
            _end(str(error))
        except (KeyboardInterrupt, click.Abort):
            _end("interrupted")
        except BrokenPipeError:  # whoever read our output has enough of it
            _abandon_output()
            sys.exit(0)
        except OSError as error:
            _abandon_output()
            _end(_said(error))


def _end(message: str) -> None:
    click.echo(f"pressok: {message}", err=True)
    sys.exit(2)


def _said(error: OSError) -> str:
    where = f"{name_of(Path(os.fsdecode(error.filename)))}: " if isinstance(error.filename, str | bytes) else ""
    advice = _ADVICE.get(error.errno or 0, "Mend that and run it again.")
    return f"{where}{error.strerror or error}. {advice}"


def _abandon_output() -> None:
    """Let what is left in standard output go nowhere, so that Python does not stumble over it once more at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def interruptible(publisher: Publisher) -> Iterator[None]:
    """Ctrl-C inside is told with what it left behind."""
    before = publisher.signature()
    try:
        yield
    except KeyboardInterrupt:
        raise PressokError(f"interrupted; {_left(publisher, before)}. Run it again to finish.") from None


def _left(publisher: Publisher, before: Hashable) -> str:
    try:
        is_same = publisher.signature() == before
    except IndexUnavailable:
        return "the cluster does not say what is published"
    return "nothing was published" if is_same else "the index had been published already"


@contextmanager
def output(path: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that is complete at ``path`` when the block ends without error, else unchanged."""
    if path is None:
        yield sys.stdout
        sys.stdout.flush()
    elif path.exists() and not path.is_file():  # a pipe or a device
        with path.open("w", encoding="utf-8") as file:
            yield file
    else:
        new = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with new.open("w", encoding="utf-8") as file:
                yield file
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)


def require_free(bind: str) -> None:
    """Raise :class:`PressokError` unless ``HOST:PORT`` can be listened on."""
    host, _, port = bind.rpartition(":")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]"), int(port), type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as error:
        raise PressokError(
            f"can't listen on {bind}: {error.strerror or error}. Stop what is there, or choose another with --bind."
        ) from None
