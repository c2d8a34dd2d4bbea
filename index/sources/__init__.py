"""Where releases come from. :func:`read` takes a path of any kind and gives every release in it.

- ``pagetext``: page text that somebody copied, as ``.txt``
- ``html``: a page of regeringen.se that somebody saved, as ``.html``
- ``g0v``: a tree of lists and Markdown pages, as a folder (``folders``) or an archive (``archives``)
- ``jsonlines``: the project's own format

Bad content never raises: it comes out as :class:`Rejected`, with its name and a reason, in the place of a
:class:`Found`. So everything read is accounted for: the units of what was found, and what was rejected.
"""

from collections.abc import Iterator
from pathlib import Path

from index.sources import folders
from index.sources.files import printable
from index.sources.items import Found, Item, Rejected, SourceError

__all__ = ["Found", "Item", "Rejected", "SourceError", "is_there", "name_of", "read", "require"]


def read(path: Path) -> Iterator[Item]:
    """Every release at ``path``, a file or a folder, and everything there that could not be read.

    The order is the same each time. Raises :class:`SourceError`, at once, when nothing is at the path.
    """
    require(path)
    if path.is_dir():
        return folders.read(path, path, name_of(path))
    return folders.read_file(path, path, name_of(path))


def require(path: Path) -> None:
    """Raise :class:`SourceError` when there is nothing at ``path``, or no way to it."""
    try:
        path.stat()
    except FileNotFoundError:
        raise SourceError(f"There is nothing at {name_of(path)}. Check the path and try again.") from None
    except OSError as error:
        raise SourceError(f"{name_of(path)} can't be read: {error.strerror}. Check the path and try again.") from None


def is_there(path: Path) -> bool:
    """Whether there may be something at ``path``; only what is known to be missing is not."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def name_of(path: Path) -> str:
    """The path as text that can be stored and shown, also when its bytes are not UTF-8."""
    return printable(str(path))
