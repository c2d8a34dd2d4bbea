"""What an index is to hold: each release of the archive once, annotated and corrected."""

from collections.abc import Iterable, Iterator

from index.annotate import Annotator, Tables
from index.archive import Archive
from index.corrections import Correction, Corrections
from index.document import Document
from index.duplicates import groups, stand_ins


class Stock:
    """The documents that the archive gives now.

    ``digests`` has, for each, what changes when its entry in the index has to; ``stand_ins`` the id of a
    document for each other id that it is to be found by.
    """

    def __init__(self, archive: Archive, corrections: Corrections) -> None:
        self._archive = archive
        self._corrections = corrections
        self._groups = {group.leader.id: group for group in groups(archive.sharing_titles())}
        self.stand_ins = stand_ins(self._groups.values())
        self.digests = self._digests()

    def unused_corrections(self) -> list[Correction]:
        """The corrections of releases that are not there."""
        return self._corrections.unused(self.digests)

    def _digests(self) -> dict[str, str]:
        each = self._archive.digests()
        found = {}
        for release_id, digest in each.items():
            if release_id not in self.stand_ins:
                group = self._groups.get(release_id)
                others = [each[other.id] for other in group.others] if group else []
                found[release_id] = "+".join([digest, *others, self._corrections.digest(release_id)]).rstrip("+")
        return found

    def documents(self, release_ids: Iterable[str]) -> Iterator[Document]:
        """Each of these releases, annotated and corrected."""
        annotator = Annotator(Tables.load())
        for release, provenance in self._archive.present(release_ids):
            group = self._groups.get(release.id)
            whole = group.merged() if group else release
            yield Document(whole, self._corrections.annotated(whole, annotator.annotate), provenance)
