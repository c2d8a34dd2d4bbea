"""The operator's settings: environment variables ``PRESSOK_*``, read once and checked at start."""

import difflib
import hashlib
import hmac
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from index.errors import SettingsError

_PREFIX = "PRESSOK_"
_ORIGIN = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?/?")
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{32,}=*")  # what a bearer token may be (RFC 6750), and hard to guess
_BIND = re.compile(r"(?P<host>\[[0-9a-fA-F:]+\]|[^\s:\[\]]+):(?P<port>[0-9]{1,5})")


def _folder(text: str) -> Path:
    if not text.strip():
        raise ValueError("name a folder")
    return Path(text)


def _bind(text: str) -> str:
    match = _BIND.fullmatch(text)
    if not match or int(match["port"]) > 65535:
        raise ValueError("write HOST:PORT, for instance 127.0.0.1:8000")
    return text


def _number(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,2}", text):
        raise ValueError("write a number from 1 to 999")
    return int(text)


def _flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("write 0 or 1")
    return text == "1"


def _metrics(text: str) -> str:
    if text not in ("off", "local", "on"):
        raise ValueError("write off, local or on")
    return text


def _token(text: str) -> str:
    if text and not re.fullmatch(r"[!-~]{16,200}", text):
        raise ValueError("write at least 16 letters, digits or signs, without spaces")
    return text


def archive_url(text: str) -> str:
    """The address of an archive, checked. Raises ``ValueError`` with what is expected."""
    try:
        parts = urlsplit(text)
        plain = parts.port != 0 and not (parts.query or parts.fragment or parts.username)
    except ValueError:
        plain = False
    if not plain or parts.scheme not in ("http", "https") or not parts.hostname or not re.fullmatch(r"[!-~]+", text):
        raise ValueError("write an address like https://g0v.se")
    return text


def _contact(text: str) -> str:
    if not re.fullmatch(r"[!-'*-~]{0,200}", text):  # it stands in a header, in brackets
        raise ValueError("write an e-mail address or the address of a page, without spaces")
    return text


def _proxies(text: str) -> int:
    if not re.fullmatch(r"[0-9]", text):
        raise ValueError("write a number from 0 to 9")
    return int(text)


def _rate(text: str) -> int:
    if not re.fullmatch(r"0|[1-9][0-9]{0,5}", text):
        raise ValueError("write a number from 1 to 999999, or 0 for no limit")
    return int(text)


def _url(text: str) -> str:
    if text and not _ORIGIN.fullmatch(text):
        raise ValueError("write scheme and host without a path, for instance https://www.example.org")
    return text.rstrip("/")


def _paths(text: str) -> tuple[Path, ...]:
    return tuple(Path(part) for part in text.split(os.pathsep) if part)


def _bearer(text: str) -> "Token | None":
    if not text:
        return None
    if not _TOKEN.fullmatch(text):
        raise ValueError(
            "write at least 32 letters, digits and -._~+/ (= at the end), for instance what openssl rand -hex 32 gives"
        )
    return Token.of(text)


@dataclass(frozen=True, slots=True)
class Token:
    """A secret of which only a hash is kept, so that it can't be shown or logged by accident."""

    digest: bytes = field(repr=False)

    @classmethod
    def of(cls, text: str) -> Self:
        """The token that is written so."""
        return cls(_digest(text))

    def is_written(self, text: str) -> bool:
        """Whether it is written so. Finding out takes equally long wherever the two begin to differ."""
        return hmac.compare_digest(_digest(text), self.digest)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table: an environment variable, the field it sets, how it is read, what it is for."""

    name: str
    field: str
    default: str
    help: str
    read: Callable[[str], Any]


TABLE: tuple[Setting, ...] = (
    Setting("PRESSOK_DATA", "data", "data", "The data folder: archive, generations, CURRENT.", _folder),
    Setting("PRESSOK_BIND", "bind", "127.0.0.1:8000", "The address and port that `serve` listens on.", _bind),
    Setting("PRESSOK_WORKERS", "workers", "2", "How many worker processes answer requests.", _number),
    Setting(
        "PRESSOK_PROCESSES",
        "processes",
        "4",
        "How many processes recognise names and quotations for an index, at most one for each core.",
        _number,
    ),
    Setting(
        "PRESSOK_METRICS",
        "metrics",
        "local",
        "Who may read `/metrics`: nobody (`off`), this machine and who has the token (`local`), everybody (`on`).",
        _metrics,
    ),
    Setting(
        "PRESSOK_METRICS_TOKEN",
        "metrics_token",
        "",
        "With it (`Authorization: Bearer …`) `/metrics` can be read from elsewhere too; empty: it can't.",
        _token,
    ),
    Setting(
        "PRESSOK_LOG_QUERIES", "log_queries", "0", "`1`: the log says what people search for. Personal data.", _flag
    ),
    Setting("PRESSOK_LOG_CLIENTS", "log_clients", "0", "`1`: the log says clients' addresses. Personal data.", _flag),
    Setting("PRESSOK_ARCHIVE_URL", "archive_url", "https://g0v.se", "The archive that `fetch` fetches.", archive_url),
    Setting(
        "PRESSOK_CONTACT",
        "contact",
        "",
        "Your e-mail address or page, which `fetch` sends along so that the archive's keeper can reach you.",
        _contact,
    ),
    Setting(
        "PRESSOK_URL",
        "url",
        "",
        "Scheme and host that feeds and exports call the service by; empty: what it was asked by.",
        _url,
    ),
    Setting(
        "PRESSOK_PROXIES",
        "proxies",
        "0",
        "How many proxies stand in front, whose X-Forwarded headers are believed; 0: none, and no header is.",
        _proxies,
    ),
    Setting("PRESSOK_RATE", "rate", "600", "Requests that one client may make in a minute; 0: any number.", _rate),
    Setting("PRESSOK_EXPORTS", "exports", "10", "Exports that one client may make in a minute; 0: any number.", _rate),
    Setting(
        "PRESSOK_KEEP_REMOVED",
        "keep_removed",
        "1",
        "1: what its source no longer has stays in the index, marked. 0: it is left out; the archive keeps it.",
        _flag,
    ),
    Setting(
        "PRESSOK_TOKEN",
        "token",
        "",
        "The bearer token of `POST /api/v1/update`, at least 32 characters. Without one there is no such address.",
        _bearer,
    ),
    Setting(
        "PRESSOK_FETCH",
        "fetch",
        "",
        "A folder that an update over HTTP first fetches the archive into (`pressok fetch`), and then reads.",
        lambda text: _folder(text) if text else None,
    ),
    Setting(
        "PRESSOK_SOURCES",
        "sources",
        "",
        "What an update over HTTP reads besides: files and folders, with a colon between them.",
        _paths,
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

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """The settings of ``environ``.

        Raises :class:`SettingsError` for a variable that begins with ``PRESSOK_`` but is no setting, and
        for a value that can't be read.
        """
        for name in sorted(environ):
            if name.startswith(_PREFIX):
                _require_known(name)
        return cls(**{row.field: _read(row, environ.get(row.name, row.default)) for row in TABLE})


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
        shown = "that" if row.read in (_token, _bearer) else repr(text)  # a secret is not for the log
        raise SettingsError(f"{row.name} can't be {shown}: {error}.") from error
