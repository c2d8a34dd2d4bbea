"""One way to make an index, in this process: ``python -m bench.builders NAME DOCUMENTS DATA SCRATCH``.

``bench.build`` calls it for each row of its table. DOCUMENTS is an export, DATA a data folder with the same releases in
its archive, SCRATCH an empty folder. It prints the seconds that the index and the update took, the peak of its memory
and the size of the index, in bytes, as one line of JSON.
"""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.query import Term

from bench.faceted.common import Peer
from bench.faceted.peers import PEERS
from bench.processes import Watch, peak
from bench.stock_fields import fields_of, learnt, stock_schema
from index.build import rebuild, update
from index.document import Document
from index.publisher import WhooshPublisher
from index.store import DataFolder
from search.local import LocalEngine
from search.query import Query

STOCK, REBUILD = "Whoosh's writer, the same postings as ours", "ours, rebuild from the archive"
CHANGED = 20
WORD = "qzxvbnm"
_MEMORY_MB = 256  # as our publisher gives to Whoosh's writer
_NOW = "2025-01-01T00:00:00Z"

Figures = dict[str, float]


def changed(documents: Sequence[Document]) -> list[Document]:
    """``CHANGED`` releases from all over ``documents`` with a new word in the title."""
    every = max(len(documents) // CHANGED, 1)
    chosen = documents[::every][:CHANGED]
    return [replace(d, release=replace(d.release, title=f"{d.release.title} {WORD}")) for d in chosen]


def timed(work: Callable[[], object]) -> float:
    """How many seconds ``work`` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def making(work: Callable[[], object]) -> Figures:
    """The seconds that ``work`` takes, and the most memory that this process and its descendants had until its end."""
    with Watch(os.getpid()) as watch:
        seconds = timed(work)
        most = peak(os.getpid())
    return {"seconds": seconds, "peak": max(most, watch.most)}


def size_of(folder: Path) -> int:
    """The bytes of the files in a folder; what is linked twice counts once."""
    files = {(stat.st_dev, stat.st_ino): stat.st_size for p in folder.rglob("*") if p.is_file() for stat in [p.stat()]}
    return sum(files.values())


def require(found: int, documents: Sequence[Document]) -> None:
    """Raise :class:`RuntimeError` unless a search found every changed release."""
    if found != len(changed(documents)):
        raise RuntimeError(f"after the update {found} of {len(changed(documents))} changed releases are found")


def peer(make: Callable[[Path], Peer]) -> Callable[[Path, Path, Path], Figures]:
    """A builder of a peer's index."""

    def build(exported: Path, _: Path, scratch: Path) -> Figures:
        documents = read(exported)
        engine = make(scratch)
        figures = making(lambda: engine.add(documents))
        size = size_of(scratch)

        def replacing() -> None:
            engine.replace(changed(documents))
            require(engine.ask(WORD).total, documents)

        return figures | {"disk": size, "update": timed(replacing)}

    return build


def same_postings(exported: Path, _: Path, scratch: Path) -> Figures:
    """Whoosh's writer as it comes, with our schema and analyser; parts of compounds are given to it ready-made."""
    documents = read(exported)
    index = FileStorage(str(scratch)).create_index(stock_schema())
    lexicon = learnt(documents)
    ready = {(d.release.id, d.release.title): fields_of(d, lexicon) for d in (*documents, *changed(documents))}

    def write(rows: Sequence[Document], how: str) -> None:
        writer = index.writer(limitmb=_MEMORY_MB)
        for document in rows:
            getattr(writer, how)(**ready[document.release.id, document.release.title])
        writer.commit()

    figures = making(lambda: write(documents, "add_document"))
    size = size_of(scratch)

    def replacing() -> None:
        write(changed(documents), "update_document")
        with index.searcher() as searcher:
            require(len(searcher.search(Term("title", WORD), limit=None)), documents)

    return figures | {"disk": size, "update": timed(replacing)}


def index_alone(exported: Path, _: Path, scratch: Path) -> Figures:
    """Our publisher, from annotated releases to a published generation."""
    documents = read(exported)
    folder = DataFolder(scratch)

    def publish(rows: Sequence[Document], *, afresh: bool) -> None:
        with folder.writing():
            publisher = WhooshPublisher(folder)
            publisher.begin(afresh=afresh)
            for document in rows:
                publisher.add(document, document.release.content_hash())
            publisher.publish(_NOW, {})

    figures = making(lambda: publish(documents, afresh=True))
    size = size_of(folder.current().path)
    engine = LocalEngine(scratch)
    engine.search(Query(WORD))

    def replacing() -> None:
        publish(changed(documents), afresh=False)
        require(engine.search(Query(WORD, verbatim=True)).total, documents)

    return figures | {"disk": size, "update": timed(replacing)}


def from_archive(exported: Path, data: Path, scratch: Path) -> Figures:
    """``rebuild`` of what the archive holds, and ``update`` from a file."""
    shutil.copy(data / "archive.sqlite", scratch / "archive.sqlite")
    shutil.copytree(data / "generations", scratch / "generations", copy_function=os.link)
    shutil.copy(data / "CURRENT", scratch / "CURRENT")
    folder = DataFolder(scratch)
    figures = making(lambda: rebuild(folder, []))
    size = size_of(folder.current().path)
    engine = LocalEngine(scratch)
    documents = list(engine.export(Query()))
    news = scratch / "news.jsonl"
    news.write_text("".join(d.to_json() + "\n" for d in changed(documents)), encoding="utf-8")

    def updating() -> None:
        update(folder, [news])
        require(engine.search(Query(WORD, verbatim=True)).total, documents)

    return figures | {"disk": size, "update": timed(updating)}


def read(exported: Path) -> list[Document]:
    """The documents of an export."""
    with exported.open(encoding="utf-8") as lines:
        return [Document.from_json(line) for line in lines]


BUILDERS: dict[str, Callable[[Path, Path, Path], Figures]] = {
    **{name: peer(make) for name, make in PEERS.items()},
    STOCK: same_postings,
    "ours, index alone": index_alone,
    REBUILD: from_archive,
}


def main() -> None:
    """Print the figures of the builder that is named."""
    name, *paths = sys.argv[1:]
    print(json.dumps(BUILDERS[name](*map(Path, paths))))


if __name__ == "__main__":
    main()
