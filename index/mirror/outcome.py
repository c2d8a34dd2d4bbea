"""What came of a run."""

from dataclasses import dataclass, field

from index.sources.items import Rejected


@dataclass(slots=True)
class Fetched:
    """What a run did. ``stopped`` says why it ended before its end, if it did.

    ``lists`` were new or changed (the codes count as one); ``pages`` were fetched, ``kept`` were there already,
    ``absent`` are listed but not in the archive, ``removed`` are no longer listed. ``unchanged``: the archive says so
    itself. ``is_whole``: nothing failed that is to be tried again.
    """

    unchanged: bool = False
    lists: int = 0
    pages: int = 0
    kept: int = 0
    absent: int = 0
    removed: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    stopped: str = ""
    seconds: float = 0.0
    is_whole: bool = True

    def reject(self, name: str, reason: str) -> None:
        """Note that something is not taken, and that trying again is of no use before it changes."""
        self.rejected.append(Rejected(name, reason))

    def fail(self, name: str, reason: str) -> None:
        """Note that something is not taken, and is to be tried again."""
        self.reject(name, reason)
        self.is_whole = False
