"""Where the cluster is, how long it may take, and what its errors mean to us.

The package opensearch-py is imported when a cluster is first asked, so that nobody else needs it.
"""

import logging
import math
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import (
    ClusterRefused,
    ClusterUnavailable,
    DamagedGeneration,
    NoGeneration,
    PressokError,
    SettingsError,
    WriterBusy,
)

if TYPE_CHECKING:
    from opensearchpy import OpenSearch, TransportError

_END: ContextVar[float] = ContextVar("end", default=math.inf)
_KEPT_OPEN = 16  # connections to a node that are kept: as many threads as a worker has may ask it at once
_DEAD, _DOUBLED = 1.0, 3  # seconds that a failed node is left alone, and how often that is doubled while it goes on


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a cluster is and how it is used.

    ``urls`` are nodes, as ``http(s)://host:port``; ``ca`` is the file of the authority that certified them, if it is
    none that everybody trusts. ``name`` is the alias, and what the names of indexes begin with. ``timeout`` is how many
    seconds an answer may take, however many nodes are tried.
    """

    urls: tuple[str, ...]
    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None
    name: str = "pressok"
    shards: int = 1
    replicas: int = 1
    timeout: float = 5.0

    def client(self, timeout: float | None = None) -> "OpenSearch":
        """The client of this process, for all its threads; ``timeout`` in place of the connection's own.

        Raises :class:`SettingsError` when the package for it is missing.
        """
        return _client(self, timeout or self.timeout, os.getpid())


@lru_cache(maxsize=8)
def _client(connection: Connection, timeout: float, _process: int) -> "OpenSearch":
    """A client; a process that parted from another makes its own, or both would read each other's answers."""
    try:
        from opensearchpy import OpenSearch

        from index.opensearch.transport import Node, Orjson, Punctual
    except ImportError as error:
        raise SettingsError(
            f"OpenSearch can't be asked: {error.name} is missing. Install it: pip install 'pressok[opensearch]'."
        ) from error
    logging.getLogger("opensearch").addFilter(_is_discreet)
    logging.getLogger("opensearchpy.trace").disabled = True  # it writes down requests, to be sent once more by hand
    secure = {"ca_certs": str(connection.ca)} if connection.ca else {}
    return OpenSearch(
        hosts=list(connection.urls),
        transport_class=Punctual,
        connection_class=Node,
        serializer=Orjson(),
        http_auth=(connection.user, connection.password) if connection.user else None,
        timeout=timeout,
        # Each node once and one of them again: a connection that was idle may have been closed in the meantime.
        max_retries=len(connection.urls),
        retry_on_timeout=True,  # which leaves the node alone for a while: to ask another, no time is left
        dead_timeout=_DEAD,
        timeout_cutoff=_DOUBLED,
        pool_maxsize=_KEPT_OPEN,
        **secure,
    )


def _is_discreet(record: logging.LogRecord) -> bool:
    """Whether a line of the package's log says which node fails, and nothing of what was asked or answered."""
    return record.module == "connection_pool"


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All that the cluster is asked inside is answered within ``seconds``, together, or is an error."""
    token = _END.set(min(_END.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _END.reset(token)


def seconds_left() -> float:
    """How long the cluster may take from now on; infinite where nobody said, 0 or less when the time is up."""
    return _END.get() - time.monotonic()


@contextmanager
def translated() -> Iterator[None]:
    """Raise errors of opensearch-py as ours, by ``_MEANINGS``. What was asked or answered is in none of them.

    It can decorate a function too, but not a generator, whose body runs later.
    """
    try:
        yield
    except Exception as error:
        ours = _ours(error)
        if ours is None:
            raise
        raise ours from None


def _ours(error: Exception) -> PressokError | None:
    from opensearchpy import exceptions as theirs

    if isinstance(error, theirs.SerializationError):
        return ClusterRefused("What answers at PRESSOK_OPENSEARCH_URL is no OpenSearch. See which address is right.")
    if not isinstance(error, theirs.TransportError):
        return None
    return meaning("TLS" if isinstance(error, theirs.SSLError) else str(error.status_code), _kind(error))


def meaning(status: str, kind: str) -> PressokError:
    """Our error for a status of the cluster and its word for what is wrong, which may be empty."""
    return next(
        ours(advice.format(kind=kind or "no reason given", status=status))
        for begins, named, ours, advice in _MEANINGS
        if status.startswith(begins) and named in ("", kind)
    )


def _kind(error: "TransportError") -> str:
    """The cluster's word for the error, such as ``cluster_block_exception``, or nothing; never what was asked."""
    info = error.info.get("error") if isinstance(error.info, dict) else None
    kind = info.get("type") if isinstance(info, dict) else None
    return kind if isinstance(kind, str) and re.fullmatch(r"[a-z_]{1,80}", kind) else ""


_MEANINGS: tuple[tuple[str, str, Callable[[str], PressokError], str], ...] = (
    # What the status begins with, the kind of error if only that is meant, ours, and what to do.
    (
        "TLS",
        "",
        ClusterRefused,
        "The cluster's certificate is not to be trusted. Name the file of its authority in PRESSOK_OPENSEARCH_CA, "
        "and the nodes in PRESSOK_OPENSEARCH_URL as the certificate does.",
    ),
    (
        "TIMEOUT",
        "",
        ClusterUnavailable,
        "The cluster did not answer in time. Try again in a while; if that goes on, see how loaded its nodes are.",
    ),
    (
        "N/A",
        "",
        ClusterUnavailable,
        "No node of the cluster can be reached. See that it runs, and at the addresses in PRESSOK_OPENSEARCH_URL.",
    ),
    ("401", "", ClusterRefused, "The cluster does not know PRESSOK_OPENSEARCH_USER with this password. Mend the two."),
    (
        "403",
        "cluster_block_exception",
        ClusterRefused,
        "The cluster or the index is read-only. Have whoever runs it lift the block (index.blocks), then run it again.",
    ),
    (
        "403",
        "",
        ClusterRefused,
        "PRESSOK_OPENSEARCH_USER may not do this in the cluster. docs/scale-out.md says what it has to be allowed.",
    ),
    (
        "404",
        "search_context_missing_exception",
        ClusterUnavailable,
        "The cluster lost its place in a long answer. Ask again.",
    ),
    (
        "404",
        "search_phase_execution_exception",  # what a part of the index answers with that moves, or had the place
        ClusterUnavailable,
        "A part of the index can't answer at the moment. Try again in a while.",
    ),
    (
        "404",
        "index_not_found_exception",
        NoGeneration,
        "There is no index in the cluster under the name in PRESSOK_OPENSEARCH_INDEX. Run 'pressok rebuild SOURCE…' "
        "to make one.",
    ),
    (
        "404",
        "",
        DamagedGeneration,
        "A part of the index is missing in the cluster. Run 'pressok rebuild' to make a new one from the archive.",
    ),
    (
        "400",
        "resource_already_exists_exception",
        WriterBusy,
        "The index to be made is there already: another pressok process is writing to the cluster, or a node failed "
        "while it was made. Run the command again when the other is done.",
    ),
    ("409", "", WriterBusy, "Another pressok process is writing to the cluster. Try again when it is done."),
    (
        "413",
        "",
        ClusterRefused,
        "A request is larger than the cluster takes. Set http.max_content_length there to its default again, 100mb.",
    ),
    (
        "429",
        "cluster_block_exception",
        ClusterRefused,
        "The disks of the cluster are full (flood stage), so it takes nothing new. Make room there, then run it again.",
    ),
    (
        "429",
        "",
        ClusterUnavailable,
        "The cluster has more to do than it can. Try again in a while; if that goes on, it needs more nodes.",
    ),
    (
        "5",
        "",
        ClusterUnavailable,
        "The cluster can't answer now ({status}, {kind}): nodes or shards are missing, or it has no manager. Try again "
        "in a while; if that goes on, see its health.",
    ),
    (
        "",
        "",
        ClusterRefused,
        "The cluster does not take what Pressök asked ({status}, {kind}). See in docs/scale-out.md which versions of "
        "OpenSearch there are tests with.",
    ),
)
