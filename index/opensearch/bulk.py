"""Sending many documents, as fast as the cluster takes them and no faster.

The client's own helper tries again for 429 alone; here a node may also go away while it is being written to. Every
writing carries its version, so that sending it once more never does harm. What is there in the same version is
written anew: that a node has it does not mean yet that its copies do.
"""

import random
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from index.errors import ClusterRefused, ClusterUnavailable
from index.opensearch.connection import Connection, meaning, translated

BYTES = 4_000_000
"""Of one request, about: a node holds it in memory, several times."""
PATIENCE = 300.0
"""Seconds for which what the cluster does not take is sent again."""
ANSWER = 20.0
"""Seconds that the answer to one request may take."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 10.0  # seconds between tries
_AGAIN = {429, 500, 502, 503, 504}
_NEWER_IS_THERE = 409
_GONE_ALREADY = 404
_BLOCK = "cluster_block_exception"  # somebody has to lift it; with 5xx there is just no manager at the moment


@dataclass(frozen=True, slots=True)
class Writing:
    """A document to put in the place of an older one."""

    id: str
    version: int
    source: bytes

    def lines(self) -> bytes:
        """As it is sent."""
        return _action("index", self.id, self.version) + self.source + b"\n"


@dataclass(frozen=True, slots=True)
class Deletion:
    """A document to take out, unless it is newer."""

    id: str
    version: int

    def lines(self) -> bytes:
        """As it is sent."""
        return _action("delete", self.id, self.version)


Item = Writing | Deletion


def _action(name: str, id: str, version: int) -> bytes:
    return orjson.dumps({name: {"_id": id, "version": version, "version_type": "external_gte"}}) + b"\n"


class Sender:
    """Sends what is written, one request after the other: the cluster's answer is what sets the pace."""

    def __init__(self, connection: Connection, patience: float = PATIENCE) -> None:
        self._connection = connection
        self._patience = patience

    def send(self, index: str, items: Iterable[Item]) -> None:
        """Have every item acknowledged.

        Raises :class:`ClusterUnavailable` when the cluster does not take one for as long as there is patience, and
        :class:`ClusterRefused` when it says that it never will.
        """
        for chunk in chunks(items):
            self._send(index, chunk)

    def _send(self, index: str, chunk: list[Item]) -> None:
        end = time.monotonic() + self._patience
        pause = _FIRST_PAUSE
        while chunk:
            try:
                chunk = self._once(index, chunk)
                why = "it takes no more at the moment."
            except ClusterUnavailable as error:
                why = str(error)
            if chunk and time.monotonic() + pause > end:
                raise ClusterUnavailable(
                    f"The cluster did not take {len(chunk)} documents within {self._patience:.0f} s: {why} "
                    "Nothing is lost: run the command again when it does."
                )
            if chunk:
                time.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 - not all that wait try at the same moment
                pause = min(2 * pause, _LONGEST_PAUSE)

    def _once(self, index: str, chunk: list[Item]) -> list[Item]:
        """Send them; those that are to be sent again."""
        client = self._connection.client(ANSWER)
        with translated():
            answer = client.bulk(body=b"".join(item.lines() for item in chunk), index=index)
        if not answer["errors"]:
            return []
        results = (next(iter(row.values())) for row in answer["items"])
        return [item for item, result in zip(chunk, results, strict=True) if _is_due(item, result)]


def _is_due(item: Item, result: dict[str, Any]) -> bool:
    """Whether an item has to be sent again. Raises :class:`ClusterRefused` when that would change nothing."""
    status = result["status"]
    if status < 300 or status == _NEWER_IS_THERE or (status == _GONE_ALREADY and isinstance(item, Deletion)):
        return False
    reason = result.get("error", {})
    if reason.get("type") == _BLOCK and status < 500:
        raise meaning(str(status), _BLOCK)
    if status in _AGAIN:
        return True
    raise ClusterRefused(
        f"The cluster refused {item.id!r} ({status}: {reason.get('type')}, {reason.get('reason')}). "
        "Nothing is lost: mend what it says, and run the command again."
    )


def chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items in runs of about :data:`BYTES`."""
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(item.lines())
        if size >= BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
