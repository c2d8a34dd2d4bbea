"""The Whoosh index of a generation: made anew, or with a segment more than that of the generation before it."""

from collections.abc import Iterable, Iterator, Sized
from pathlib import Path
from typing import Any, Protocol

from whoosh.filedb.filestore import FileStorage

from index.arrays.made import Arrays
from index.segments.derived import columns_from, postings_from
from index.segments.schema import make_schema
from index.segments.writing import write_segment
from index.store import link_tree

MOST_SEGMENTS = 8
"""With so many the next update writes all of them anew as one: a reader goes through each."""
_LOCK = "MAIN_WRITELOCK"  # the one file that Whoosh writes in place


class Stored(Sized, Iterable[str], Protocol):
    """The JSON of the documents that are new, in their order."""


def write_index(folder: Path, base: Path | None, arrays: Arrays, stored: Stored, gone: Iterable[str]) -> None:
    """Write the index of ``arrays`` into ``folder``.

    The last of its documents are those of ``stored``; the others are in the index in ``base``, which also has those
    that are ``gone``. Segments are shared with ``base`` by hard links.
    """
    older = _opened(base) if base else None
    if older is not None and len(older._segments()) < MOST_SEGMENTS:
        link_tree(base, folder)  # type: ignore[arg-type]
        (folder / _LOCK).unlink(missing_ok=True)
        first, rows, deleted = len(arrays.documents) - len(stored), iter(stored), [("id", one) for one in gone]
    else:
        folder.mkdir()
        FileStorage(str(folder)).create_index(make_schema())
        first, rows, deleted = 0, _all_rows(older, arrays, stored), []
    index = _opened(folder)
    fields = postings_from(arrays, first, dict(index.schema.items()))
    documents = ({"document": row} for row in rows)
    write_segment(index, len(arrays.documents) - first, fields, columns_from(arrays, first), documents, deleted=deleted)
    (folder / _LOCK).unlink(missing_ok=True)


def _opened(folder: Path) -> Any:
    return FileStorage(str(folder)).open_index()


def _all_rows(older: Any, arrays: Arrays, stored: Stored) -> Iterator[str]:
    """The JSON of every document: those of the older index, and then the new ones."""
    if older is not None:
        with older.searcher() as searcher:
            for number in range(len(arrays.documents) - len(stored)):
                yield searcher.document(id=arrays.documents.ids[number])["document"]
    yield from stored
