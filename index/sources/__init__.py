"""Where releases come from. :func:`read` takes a path of any kind and gives every release in it.

- ``pagetext``: page text that somebody copied, as ``.txt``
- ``g0v``: a tree of lists and Markdown pages, as a folder (``folders``) or an archive (``archives``)
- ``jsonlines``: the project's own format

Bad content never raises: it comes out as :class:`Rejected`, with its name and a reason, in the place of a
:class:`Found`. So everything read is accounted for: the units of what was found, and what was rejected.
"""

from collections.abc import Iterator
from pathlib import Path

from index.sources import folders
from index.sources.items import Found, Item, Rejected, SourceError

__all__ = ["Found", "Item", "Rejected", "SourceError", "read"]


def read(path: Path) -> Iterator[Item]:
    """Every release at ``path``, a file or a folder, and everything there that could not be read.

    The order is the same each time. Raises :class:`SourceError`, at once, when nothing is at the path.
    """
    if not path.exists():
        raise SourceError(f"There is nothing at {path}. Check the path and try again.")
    if path.is_dir():
        return folders.read(path, path, str(path))
    return folders.read_file(path, path, str(path))
