"""What an index is to hold: each release of the archive once, annotated and corrected."""

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from index.archive import Archive
from index.corrections import Correction, Corrections
from index.document import Document, Provenance, Version
from index.duplicates import groups, stand_ins
from index.recognising import FEW, recognised
from index.release import Release


class Stock:
    """The documents that the archive gives now.

    ``digests`` has, for each, what changes when its entry in the index has to; ``stand_ins`` the id of a
    document for each other id that it is to be found by. With ``keep_removed`` they include the releases that no source
    has any more, else not.
    """

    def __init__(self, archive: Archive, corrections: Corrections, *, keep_removed: bool = True) -> None:
        self._archive = archive
        self._corrections = corrections
        self._left_out = frozenset() if keep_removed else frozenset(archive.removed())
        candidates = ([r for r in same if r.id not in self._left_out] for same in archive.sharing_titles())
        self._groups = {group.leader.id: group for group in groups(candidates)}
        self.stand_ins = stand_ins(self._groups.values())
        self.digests = self._digests()

    def unused_corrections(self) -> list[Correction]:
        """The corrections of releases that are not there."""
        return self._corrections.unused(self.digests)

    def _digests(self) -> dict[str, str]:
        each = self._archive.digests()
        found = {}
        for release_id, digest in each.items():
            if release_id not in self.stand_ins and release_id not in self._left_out:
                group = self._groups.get(release_id)
                others = [each[other.id] for other in group.others] if group else []
                found[release_id] = "+".join([digest, *others, self._corrections.digest(release_id)]).rstrip("+")
        return found

    def earlier(self, document: Document) -> list[Version]:
        """The versions of a document's release before the present one, oldest first.

        Like the present one they are completed by the other tellings of it, as those are now.
        """
        if document.provenance.versions == 1:
            return []
        *earlier, _ = self._archive.versions(document.release.id)
        group = self._groups.get(document.release.id)
        return [replace(v, release=replace(group, leader=v.release).merged()) if group else v for v in earlier]

    def documents(self, release_ids: Sequence[str], processes: int = 1) -> Generator[Document, None, None]:
        """Each of these releases, annotated and corrected, by so many processes when there are many."""
        provenances: deque[Provenance] = deque()

        def releases() -> Iterator[Release]:
            for release, provenance in self._archive.present(release_ids):
                provenances.append(provenance)
                group = self._groups.get(release.id)
                yield group.merged() if group else release

        found = recognised(releases(), self._corrections, processes if len(release_ids) > FEW else 1)
        with closing(found):
            for release, annotations in found:
                yield Document(release, annotations, provenances.popleft())
