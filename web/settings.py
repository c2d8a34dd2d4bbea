"""The operator's settings: environment variables ``PRESSOK_*``, read once and checked at start."""

import difflib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from index.errors import SettingsError
from web import readers
from web.readers import Token

_PREFIX = "PRESSOK_"
_SECRET = (readers.token, readers.bearer, readers.password)


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table: an environment variable, the field it sets, how it is read, what it is for."""

    name: str
    field: str
    default: str
    help: str
    read: Callable[[str], Any]


TABLE: tuple[Setting, ...] = (
    Setting("PRESSOK_DATA", "data", "data", "The data folder: archive, generations, CURRENT.", readers.folder),
    Setting("PRESSOK_BIND", "bind", "127.0.0.1:8000", "The address and port that `serve` listens on.", readers.bind),
    Setting("PRESSOK_WORKERS", "workers", "2", "How many worker processes answer requests.", readers.number),
    Setting(
        "PRESSOK_PROCESSES",
        "processes",
        "4",
        "How many processes recognise names and quotations for an index, at most one for each core.",
        readers.number,
    ),
    Setting(
        "PRESSOK_METRICS",
        "metrics",
        "local",
        "Who may read `/metrics`: nobody (`off`), this machine and who has the token (`local`), everybody (`on`).",
        readers.metrics,
    ),
    Setting(
        "PRESSOK_METRICS_TOKEN",
        "metrics_token",
        "",
        "With it (`Authorization: Bearer …`) `/metrics` can be read from elsewhere too; empty: it can't.",
        readers.token,
    ),
    Setting(
        "PRESSOK_LOG_QUERIES",
        "log_queries",
        "0",
        "`1`: the log says what people search for. Personal data.",
        readers.flag,
    ),
    Setting(
        "PRESSOK_LOG_CLIENTS", "log_clients", "0", "`1`: the log says clients' addresses. Personal data.", readers.flag
    ),
    Setting(
        "PRESSOK_ARCHIVE_URL", "archive_url", "https://g0v.se", "The archive that `fetch` fetches.", readers.archive_url
    ),
    Setting(
        "PRESSOK_CONTACT",
        "contact",
        "",
        "Your e-mail address or page, which `fetch` sends along so that the archive's keeper can reach you.",
        readers.contact,
    ),
    Setting(
        "PRESSOK_URL",
        "url",
        "",
        "Scheme and host that feeds and exports call the service by; empty: what it was asked by.",
        readers.url,
    ),
    Setting(
        "PRESSOK_PROXIES",
        "proxies",
        "0",
        "How many proxies stand in front, whose X-Forwarded headers are believed; 0: none, and no header is.",
        readers.proxies,
    ),
    Setting(
        "PRESSOK_RATE", "rate", "600", "Requests that one client may make in a minute; 0: any number.", readers.rate
    ),
    Setting(
        "PRESSOK_EXPORTS", "exports", "10", "Exports that one client may make in a minute; 0: any number.", readers.rate
    ),
    Setting(
        "PRESSOK_KEEP_REMOVED",
        "keep_removed",
        "1",
        "1: what its source no longer has stays in the index, marked. 0: it is left out; the archive keeps it.",
        readers.flag,
    ),
    Setting(
        "PRESSOK_TOKEN",
        "token",
        "",
        "The bearer token of `POST /api/v1/update`, at least 32 characters. Without one there is no such address.",
        readers.bearer,
    ),
    Setting(
        "PRESSOK_FETCH",
        "fetch",
        "",
        "A folder that an update over HTTP first fetches the archive into (`pressok fetch`), and then reads.",
        lambda text: readers.folder(text) if text else None,
    ),
    Setting(
        "PRESSOK_SOURCES",
        "sources",
        "",
        "What an update over HTTP reads besides: files and folders, with a colon between them.",
        readers.paths,
    ),
    Setting(
        "PRESSOK_ENGINE",
        "engine",
        "local",
        "What answers: the index in the data folder (`local`), or a cluster (`opensearch`; see docs/scale-out.md).",
        readers.engine,
    ),
    Setting(
        "PRESSOK_OPENSEARCH_URL",
        "opensearch_url",
        "",
        "The nodes of the cluster to ask, as `https://HOST:PORT`, with a comma between them.",
        readers.nodes,
    ),
    Setting("PRESSOK_OPENSEARCH_USER", "opensearch_user", "", "Whom the cluster knows Pressök as.", readers.user),
    Setting("PRESSOK_OPENSEARCH_PASSWORD", "opensearch_password", "", "That user's password.", readers.password),
    Setting(
        "PRESSOK_OPENSEARCH_CA",
        "opensearch_ca",
        "",
        "The file of the authority that certified the nodes; empty: they have certificates that everybody trusts.",
        readers.certificates,
    ),
    Setting(
        "PRESSOK_OPENSEARCH_INDEX",
        "opensearch_index",
        "pressok",
        "What the index is called in the cluster; the names of all that Pressök makes there begin so.",
        readers.index,
    ),
    Setting(
        "PRESSOK_OPENSEARCH_SHARDS",
        "opensearch_shards",
        "1",
        "How many parts a new index has; from the next `rebuild` on.",
        readers.shards,
    ),
    Setting(
        "PRESSOK_OPENSEARCH_REPLICAS",
        "opensearch_replicas",
        "1",
        "How many copies of each part a new index has besides; from the next `rebuild` on.",
        readers.replicas,
    ),
    Setting(
        "PRESSOK_OPENSEARCH_TIMEOUT",
        "opensearch_timeout",
        "5",
        "Seconds for which a page or an answer of the API waits for the cluster.",
        readers.seconds,
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, checked. The fields stand in the order of ``TABLE``, which says what each is for."""

    data: Path = Path("data")
    bind: str = "127.0.0.1:8000"
    workers: int = 2
    processes: int = 4
    metrics: str = "local"
    metrics_token: str = field(default="", repr=False)
    log_queries: bool = False
    log_clients: bool = False
    archive_url: str = "https://g0v.se"
    contact: str = ""
    url: str = ""
    proxies: int = 0
    rate: int = 600
    exports: int = 10
    keep_removed: bool = True
    token: Token | None = None
    fetch: Path | None = None
    sources: tuple[Path, ...] = ()
    engine: str = "local"
    opensearch_url: tuple[str, ...] = ()
    opensearch_user: str = ""
    opensearch_password: str = field(default="", repr=False)
    opensearch_ca: Path | None = None
    opensearch_index: str = "pressok"
    opensearch_shards: int = 1
    opensearch_replicas: int = 1
    opensearch_timeout: float = 5.0

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """The settings of ``environ``.

        Raises :class:`SettingsError` for a variable that begins with ``PRESSOK_`` but is no setting, for a value that
        can't be read, and for values that don't go together.
        """
        for name in sorted(environ):
            if name.startswith(_PREFIX):
                _require_known(name)
        found = cls(**{row.field: _read(row, environ.get(row.name, row.default)) for row in TABLE})
        found._require_coherence()
        return found

    def _require_coherence(self) -> None:
        if self.engine == "opensearch" and not self.opensearch_url:
            raise SettingsError(
                "PRESSOK_ENGINE is opensearch, but no cluster is named. Set PRESSOK_OPENSEARCH_URL to its nodes, for "
                "instance https://node1:9200,https://node2:9200."
            )
        if bool(self.opensearch_user) != bool(self.opensearch_password):
            raise SettingsError("PRESSOK_OPENSEARCH_USER and PRESSOK_OPENSEARCH_PASSWORD belong together: set both.")


def _require_known(name: str) -> None:
    names = [row.name for row in TABLE]
    if name not in names:
        own = [known.removeprefix(_PREFIX) for known in names]
        close = difflib.get_close_matches(name.removeprefix(_PREFIX), own, n=1)
        hint = f"Did you mean {_PREFIX}{close[0]}?" if close else f"The settings are {', '.join(names)}."
        raise SettingsError(f"{name} is not a setting. {hint}")


def _read(row: Setting, text: str) -> Any:
    try:
        return row.read(text)
    except ValueError as error:
        shown = "that" if row.read in _SECRET else repr(text)  # a secret is not for the log
        raise SettingsError(f"{row.name} can't be {shown}: {error}.") from error
