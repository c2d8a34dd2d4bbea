"""What to fetch from an archive, in which order, and what came of it."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from index.errors import FetchError
from index.mirror import checks
from index.mirror.answers import NotGiven
from index.mirror.client import Client
from index.mirror.lists import Lists, Renewal
from index.mirror.outcome import Fetched
from index.mirror.state import Mirror, State
from index.sources.files import TEXT_LIMIT
from index.sources.g0v import CODES
from index.sources.items import Unreadable

TYPES = ("pressmeddelanden", "artiklar", "tal", "debattartiklar", "uttalanden")
"""The lists that are fetched unless others are named: what the Government publishes for the press."""
_LATEST = "api/latest_updated.json"
_IN_A_ROW = 10  # files that fail one after the other: then it is the archive that fails
_DAYS_ABSENT = 7  # after so many days a page that the archive did not have is asked for again

# Wraps the names of the pages on their way: given their number and them, it yields them unchanged.
Progress = Callable[[int, Iterable[str]], Iterable[str]]


def fetch(
    folder: Path,
    client: Client,
    *,
    types: Sequence[str] = TYPES,
    may_shrink: bool = False,
    progress: Progress | None = None,
) -> Fetched:
    """Bring the mirror in ``folder`` up to date with the archive that the client leads to.

    What fails is named in the result, leaves the earlier file as it is and is tried again at the next run. With
    ``may_shrink`` a list is also taken when much of what it had is gone. Raises :class:`FetchError` when another run is
    filling the folder.
    """
    start = time.perf_counter()
    mirror = Mirror(folder)
    with mirror.alone():
        run = _Run(mirror, client, types, may_shrink=may_shrink)
        try:
            run.everything(progress)
        except FetchError as error:
            run.fetched.stopped = str(error)
        finally:
            client.close()
            mirror.save(run.state)
    run.fetched.seconds = time.perf_counter() - start
    return run.fetched


class _Run:
    def __init__(self, mirror: Mirror, client: Client, types: Sequence[str], *, may_shrink: bool) -> None:
        self.fetched = Fetched()
        self._mirror = mirror
        self._client = client
        self._types = types
        self._lists = Lists(mirror)
        self.state = State.load(mirror.folder) or State(pages=self._pages_of_earlier_lists())
        if self.state.base != client.base:
            self.state.base, self.state.latest = client.base, ""
            self.state.lists = {name: {} for name in self.state.lists}
        self._renewal = Renewal(mirror, client, self.state, self.fetched, may_shrink=may_shrink)

    def everything(self, progress: Progress | None) -> None:
        """Fetch what is new or changed. Raises :class:`FetchError` when it has to end early."""
        latest = self._latest()
        if latest and self._has_all(latest):
            self.fetched.unchanged = True
            self.fetched.kept, self.fetched.absent = len(self.state.pages), len(self.state.absent)
            return
        self._renewal.fetch_codes()
        lists = self._renewal.fetch(self._types)
        self._pages({file: digest for listed in lists for file, digest in listed.pages.items()}, progress)
        self._remove_unlisted()
        if self.fetched.is_whole:
            self.state.latest, self.state.types = latest, list(self._types)

    # Whether to look at all.

    def _latest(self) -> str:
        """When the archive was last updated; nothing when it does not say, and then it is looked at."""
        try:
            answer = self._client.get(_LATEST, TEXT_LIMIT)
            return checks.latest(answer) if answer.is_there else ""
        except NotGiven as error:
            raise FetchError(
                f"{self._client.base} can't be asked: {error}. Run it again later, or check the address."
            ) from None
        except Unreadable as error:
            self.fetched.reject(_LATEST, str(error))
            return ""

    def _has_all(self, latest: str) -> bool:
        state = self.state
        lists = (CODES, *(f"{t}.json" for t in self._types))
        return (
            latest == state.latest
            and set(self._types) <= set(state.types)
            and all(map(self._renewal.known, lists))
            and all(map(self._mirror.has, state.pages))
        )

    # Pages.

    def _pages_of_earlier_lists(self) -> dict[str, str]:
        """Of a folder that was filled in another way, the pages that its own lists speak of."""
        pages: dict[str, str] = {}
        for name in self._lists.here():
            listed = self._lists.local(name)
            pages |= {name: digest for name, digest in listed.pages.items() if self._mirror.has(name)} if listed else {}
        return pages

    def _pages(self, listed: Mapping[str, str], progress: Progress | None) -> None:
        failed = set(self.state.failed)
        due = [name for name, digest in listed.items() if self._is_due(name, digest)]
        due.sort(key=failed.__contains__)  # what failed last time must not stand in the way of the rest
        self.fetched.absent = sum(self._is_absent(name, digest) for name, digest in listed.items())
        self.fetched.kept = len(listed) - len(due) - self.fetched.absent
        self.state.failed = sorted(failed & listed.keys())
        in_a_row = 0
        for name in progress(len(due), due) if progress else due:
            in_a_row = 0 if self._page(name, listed[name]) else in_a_row + 1
            if in_a_row == _IN_A_ROW:
                raise FetchError(f"{_IN_A_ROW} pages in a row failed. What was fetched is kept; run it again to go on.")
            self._mirror.save(self.state, now=False)

    def _is_due(self, name: str, digest: str) -> bool:
        if self._is_absent(name, digest):
            return False
        return self.state.pages.get(name) != digest or not self._mirror.has(name)

    def _is_absent(self, name: str, digest: str) -> bool:
        """Whether the archive said some days ago that it does not have this page of this record."""
        record, day = self.state.absent.get(name, ("", ""))
        return record == digest and (_today() - _day(day)).days < _DAYS_ABSENT

    def _page(self, name: str, digest: str) -> bool:
        """Fetch a page; whether that went well. One that the archive does not have is no failure."""
        try:
            answer = self._client.get(name, TEXT_LIMIT)
            if answer.is_there:
                checks.page(answer)
                self._mirror.place(name, answer.body)
        except (NotGiven, Unreadable) as error:
            self.fetched.fail(name, str(error))
            self.state.failed = sorted({*self.state.failed, name})
            return False
        if name in self.state.failed:
            self.state.failed.remove(name)
        if answer.is_there:
            self.state.absent.pop(name, None)
            self.state.pages[name] = digest
            self.fetched.pages += 1
        else:
            self.state.absent[name] = [digest, _today().isoformat()]
            self.fetched.absent += 1
        return True

    def _remove_unlisted(self) -> None:
        """Remove pages that were fetched and that no list has any more; none while a list is in doubt."""
        lists = [self._lists.local(name) for name in {*self.state.lists, *self._lists.here()} - {CODES}]
        if not self.fetched.is_whole or not all(lists):
            return
        listed = {name for found in lists if found for name in found.pages}
        for name in self.state.pages.keys() - listed:
            self._mirror.remove(name)
            del self.state.pages[name]
            self.fetched.removed += 1
        self.state.absent = {name: known for name, known in self.state.absent.items() if name in listed}


def _today() -> date:
    return datetime.now(UTC).date()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min
