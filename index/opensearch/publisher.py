"""Making what the cluster answers from: the publisher for OpenSearch."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import orjson

from index.document import Document, Version
from index.errors import ForeignGeneration, IndexUnavailable, NoGeneration
from index.opensearch.bulk import PATIENCE, Deletion, Sender, Writing
from index.opensearch.catalog import Catalog, Published
from index.opensearch.connection import Connection
from index.opensearch.mapping import cluster_fingerprint
from index.opensearch.sources import Averages, Counted, DocumentReader, Sources, TermBook
from index.opensearch.versions import earlier_from, earlier_json
from index.spool import Spool
from index.store import DataFolder
from index.swedish.lexicon import Lexicon

_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class OpenSearchPublisher:
    """An :class:`index.publisher.Publisher` that writes into a cluster.

    A generation made afresh is an index of its own, to which the alias moves when all of it is there. One that is built
    upon is the index that answers: each release is written with the time of the run as its version, so that whatever
    arrives late never takes the place of what is newer, and running again does no harm. ``patience`` is for how many
    seconds what the cluster does not take is sent again.
    """

    def __init__(self, connection: Connection, folder: DataFolder, patience: float = PATIENCE) -> None:
        self._catalog = Catalog(connection)
        self._sender = Sender(connection, patience)
        self._folder = folder
        self._base: Published | None = None
        self._begun = ""
        self._spool: Spool | None = None
        self._gone: dict[str, None] = {}
        self._hashes: dict[str, str] = {}

    def signature(self) -> Hashable | None:
        """Something that differs when something else has been published; None when nothing is."""
        if not self._catalog.answering:
            return None
        found = self._published()
        return found.state if found else self._catalog.answering

    def _published(self) -> Published | None:
        """What is published and this version made; None when there is no such thing."""
        try:
            return self._catalog.published()
        except ForeignGeneration:
            return None

    @property
    def is_published(self) -> bool:
        """Whether anything has been published under this name, by whatever version."""
        return bool(self._catalog.answering)

    @property
    def is_ours(self) -> bool:
        """Whether this code and these tables made what is published."""
        found = self._published()
        return found is not None and found.fingerprint == cluster_fingerprint()

    def counts(self) -> Mapping[str, Any]:
        """How many releases are published, as the cluster counts them now."""
        found = self._catalog.published()
        if found is None:
            raise NoGeneration("Nothing is published in the cluster. Run 'pressok rebuild SOURCE…'.")
        return {"releases": self._catalog.count(found.index)}

    def begin(self, *, afresh: bool) -> Mapping[str, str]:
        """Start a generation; see :meth:`index.publisher.Publisher.begin`. What an earlier run left is removed."""
        found = self._published()
        self._catalog.remove_leftovers()
        builds_upon = found and not afresh and found.fingerprint == cluster_fingerprint()
        self._base = found if builds_upon else None
        self._hashes = dict(self._catalog.digests(self._base)) if self._base else {}
        self._spool = Spool()
        # An update that was not finished may have written everything, so that nothing is due: one release has to be.
        again = next(iter(self._hashes), None) if self._base and not self._base.finished else None
        return self._hashes if again is None else self._hashes | {again: ""}

    def holds(self, release_id: str) -> bool:
        """Whether what is published has this id; see :meth:`index.publisher.Publisher.holds`."""
        found = self._published()
        return found is not None and self._catalog.holds(found, release_id)

    def add(self, document: Document, digest: str, earlier: Sequence[Version] = ()) -> None:
        """Put a document in; see :meth:`index.publisher.Publisher.add`."""
        if self._spool is None:
            raise RuntimeError("begin first")
        self._spool.add(orjson.dumps([document.to_json(), digest, earlier_json(earlier)]).decode())
        self._hashes[document.release.id] = digest

    def remove(self, release_id: str) -> None:
        """Take a document out."""
        self._gone[release_id] = None
        self._hashes.pop(release_id, None)

    def publish(self, created: str, stand_ins: Mapping[str, str]) -> str:
        """Send everything, count it and let it be seen; see :meth:`index.publisher.Publisher.publish`."""
        if self._base:
            return self._update(self._base, created, stand_ins)
        return self._rebuild(created, stand_ins)

    def _rebuild(self, created: str, stand_ins: Mapping[str, str]) -> str:
        sources, lexicon = self._learnt()
        version = version_of(created)
        told = {"created": created, "updated": created, "version": version}
        meta = {"fingerprint": cluster_fingerprint(), "averages": sources.known, **told}
        self._begun = self._catalog.create(meta, lexicon, stand_ins)
        self._sender.send(self._begun, self._writings(sources, version))
        self._catalog.require(self._begun, len(self._hashes))
        published, self._begun = self._begun, ""  # from here on it may answer, whatever we hear of that
        self._catalog.move_alias(published)
        self._end()
        return f"{self._catalog.number_of(published)}.0"

    def _update(self, base: Published, created: str, stand_ins: Mapping[str, str]) -> str:
        sources = Sources(TermBook(self._catalog.lexicon(base)), Averages(**base.averages))
        version = max(version_of(created), base.version + 1)  # whatever clock the runs before went by
        self._catalog.announce(base, version)
        self._sender.send(base.index, self._writings(sources, version))
        self._sender.send(base.index, (Deletion(release_id, version) for release_id in self._gone))
        self._catalog.require(base.index, len(self._hashes))
        name = self._catalog.renew(base, created, stand_ins)
        self._end()
        return name

    def _learnt(self) -> tuple[Sources, Lexicon]:
        """What has to be known of all documents before any can be sent."""
        reader, counted = DocumentReader(), Counted()
        for document, _, _ in self._documents():
            counted.add(reader.read(document))
        lexicon = counted.lexicon()
        book = TermBook(lexicon)
        return Sources(book, counted.averages(book)), lexicon

    def _writings(self, sources: Sources, version: int) -> Iterator[Writing]:
        reader = DocumentReader()
        for document, digest, earlier in self._documents():
            source = sources.of(reader.read(document), digest, earlier)
            yield Writing(document.release.id, version, orjson.dumps(source))

    def _documents(self) -> Iterator[tuple[Document, str, tuple[Version, ...]]]:
        for line in self._spool or ():
            text, digest, earlier = orjson.loads(line)
            yield Document.from_json(text), digest, earlier_from(earlier)

    def discard(self) -> None:
        """Remove the index that was begun, if the cluster can be reached; else the next run does."""
        begun, self._begun = self._begun, ""
        if begun:
            with suppress(IndexUnavailable):
                self._catalog.delete(begun)
        self._end()

    def _end(self) -> None:
        if self._spool is not None:  # an empty one is false
            self._spool.close()
        self._spool = None

    def note_update(self, at: str) -> None:
        """Tell that sources were read to the end at an ISO time."""
        self._catalog.note_update(at)

    def remove_old(self) -> None:
        """Remove every index but the one that answers."""
        self._catalog.remove_leftovers()


def version_of(created: str) -> int:
    """The external version of what a run writes: microseconds since 1970 at its time."""
    then = datetime.fromisoformat(created.replace("Z", "+00:00"))
    return round((then - _EPOCH).total_seconds() * 1_000_000)
