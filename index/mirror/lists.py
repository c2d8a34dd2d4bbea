"""The lists and codes of a mirror: those that are here, and those that come in their place."""

import hashlib
from collections.abc import Callable, Mapping, Sequence

from index.errors import FetchError
from index.mirror import checks
from index.mirror.answers import Answer, NotGiven
from index.mirror.checks import Listed
from index.mirror.client import Client
from index.mirror.outcome import Fetched
from index.mirror.state import Mirror, State
from index.sources.files import LIST_LIMIT, decode, read_bytes
from index.sources.g0v import CODES
from index.sources.items import Unreadable


class Lists:
    """The lists in the folder of a mirror."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror

    def here(self) -> list[str]:
        """The names of the files that may be lists, whoever put them here."""
        return sorted(path.name for path in self._mirror.folder.glob("[!.]*.json"))

    def bytes_of(self, name: str) -> bytes | None:
        """The bytes of the list or the codes that are here, if they can be read."""
        try:
            return read_bytes(self._mirror.folder / name, LIST_LIMIT) if self._mirror.has(name) else None
        except Unreadable:
            return None

    def codes(self) -> Mapping[str, str]:
        """The codes that are here, if they can be read."""
        try:
            return checks.codes(Answer(200, self.bytes_of(CODES) or b""))
        except Unreadable:
            return {}

    def local(self, name: str) -> Listed | None:
        """The list that is here, if it can be read."""
        data = self.bytes_of(name)
        try:
            return checks.read_list(name, decode(data)) if data is not None else None
        except Unreadable:
            return None


class Renewal:
    """Fetches lists and codes, and puts those that are sound in the place of the earlier ones."""

    def __init__(self, mirror: Mirror, client: Client, state: State, fetched: Fetched, *, may_shrink: bool) -> None:
        self._mirror = mirror
        self._lists = Lists(mirror)
        self._client = client
        self._state = state
        self._fetched = fetched
        self._may_shrink = may_shrink

    def fetch_codes(self) -> None:
        """Fetch the codes, if they changed."""

        def check(answer: Answer) -> None:
            new = checks.codes(answer)
            if not self._may_shrink:
                checks.require_kept(new.keys(), self._lists.codes().keys())

        self._list_file(CODES, check)

    def fetch(self, types: Sequence[str]) -> list[Listed]:
        """Fetch the lists that changed; what each holds now, also where the earlier one is kept.

        Raises :class:`FetchError` when there is none.
        """
        found = []
        for name in (f"{t}.json" for t in types):
            rejected_before = len(self._fetched.rejected)
            self._list_file(name, lambda answer, name=name: self._check_list(name, answer))  # type: ignore[misc]
            listed = self._lists.local(name)
            if listed:
                found.append(listed)
                if len(self._fetched.rejected) == rejected_before:
                    self._fetched.rejected += listed.rejected
        if not found:
            why = self._fetched.rejected[-1].reason
            raise FetchError(f"{self._client.base} gave no list ({why}). Check the address, or run it again later.")
        return found

    def _check_list(self, name: str, answer: Answer) -> None:
        new = checks.listed(name, answer)
        old = self._lists.local(name)
        if old and not self._may_shrink:
            checks.require_kept(new.pages.keys(), old.pages.keys())

    def _list_file(self, name: str, check: Callable[[Answer], None]) -> None:
        """Fetch a list or the codes, if it is another than the one that is there."""
        known = self.known(name)
        try:
            etag, modified = known.get("etag", ""), known.get("modified", "")
            answer = self._client.get(name, LIST_LIMIT, etag=etag, modified=modified)
            if not answer.is_there:
                raise Unreadable("the archive does not have it")
            if answer.status == 200:
                check(answer)
                self._keep_list(name, answer)
            elif not known:
                raise Unreadable("the server says that it is as before, but there is none here")
        except (NotGiven, Unreadable) as error:
            self._fetched.fail(name, str(error))

    def _keep_list(self, name: str, answer: Answer) -> None:
        if answer.body != self._lists.bytes_of(name):
            self._mirror.place(name, answer.body)
            self._fetched.lists += 1
        digest = _digest(answer.body)
        self._state.lists[name] = {"etag": answer.etag, "modified": answer.modified, "digest": digest}
        self._mirror.save(self._state)

    def known(self, name: str) -> Mapping[str, str]:
        """What is known of the list that is here; nothing when it is not as it was fetched."""
        known = self._state.lists.get(name, {})
        data = self._lists.bytes_of(name)
        return known if data is not None and known.get("digest") == _digest(data) else {}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
