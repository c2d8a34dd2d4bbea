"""How the text of each setting is read. What can't be read raises ``ValueError`` with what to write instead."""

import hashlib
import hmac
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

_ORIGIN = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?/?")
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{32,}=*")  # what a bearer token may be (RFC 6750), and hard to guess
_BIND = re.compile(r"(?P<host>\[[0-9a-fA-F:]+\]|[^\s:\[\]]+):(?P<port>[0-9]{1,5})")


def folder(text: str) -> Path:
    """The path of a folder."""
    if not text.strip():
        raise ValueError("name a folder")
    return Path(text)


def bind(text: str) -> str:
    """``HOST:PORT`` to listen on."""
    match = _BIND.fullmatch(text)
    if not match or int(match["port"]) > 65535:
        raise ValueError("write HOST:PORT, for instance 127.0.0.1:8000")
    return text


def number(text: str) -> int:
    """A number of processes."""
    if not re.fullmatch(r"[1-9][0-9]{0,2}", text):
        raise ValueError("write a number from 1 to 999")
    return int(text)


def flag(text: str) -> bool:
    """Yes or no."""
    if text not in ("0", "1"):
        raise ValueError("write 0 or 1")
    return text == "1"


def metrics(text: str) -> str:
    """Who may read the figures."""
    if text not in ("off", "local", "on"):
        raise ValueError("write off, local or on")
    return text


def token(text: str) -> str:
    """A secret that is kept as it is, or none."""
    if text and not re.fullmatch(r"[!-~]{16,200}", text):
        raise ValueError("write at least 16 letters, digits or signs, without spaces")
    return text


def archive_url(text: str) -> str:
    """The address of an archive."""
    try:
        parts = urlsplit(text)
        plain = parts.port != 0 and not (parts.query or parts.fragment or parts.username)
    except ValueError:
        plain = False
    if not plain or parts.scheme not in ("http", "https") or not parts.hostname or not re.fullmatch(r"[!-~]+", text):
        raise ValueError("write an address like https://g0v.se")
    return text


def contact(text: str) -> str:
    """Whom others can turn to, or nobody."""
    if not re.fullmatch(r"[!-'*-~]{0,200}", text):  # it stands in a header, in brackets
        raise ValueError("write an e-mail address or the address of a page, without spaces")
    return text


def proxies(text: str) -> int:
    """A number of proxies."""
    if not re.fullmatch(r"[0-9]", text):
        raise ValueError("write a number from 0 to 9")
    return int(text)


def rate(text: str) -> int:
    """A number of requests in a minute."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,5}", text):
        raise ValueError("write a number from 1 to 999999, or 0 for no limit")
    return int(text)


def url(text: str) -> str:
    """Scheme and host that a service is called by, or none."""
    if text and not _ORIGIN.fullmatch(text):
        raise ValueError("write scheme and host without a path, for instance https://www.example.org")
    return text.rstrip("/")


def paths(text: str) -> tuple[Path, ...]:
    """Files and folders."""
    return tuple(Path(part) for part in text.split(os.pathsep) if part)


def bearer(text: str) -> "Token | None":
    """A secret of which only a hash is kept, or none."""
    if not text:
        return None
    if not _TOKEN.fullmatch(text):
        raise ValueError(
            "write at least 32 letters, digits and -._~+/ (= at the end), for instance what openssl rand -hex 32 gives"
        )
    return Token.of(text)


def engine(text: str) -> str:
    """Which engine answers."""
    if text not in ("local", "opensearch"):
        raise ValueError("write local or opensearch")
    return text


def nodes(text: str) -> tuple[str, ...]:
    """Addresses of a cluster's nodes."""
    found = tuple(dict.fromkeys(part.strip().rstrip("/") for part in text.split(",") if part.strip()))
    if not all(_is_node(address) for address in found):
        raise ValueError("write https://HOST:PORT for each node, with a comma between them, and no user or path")
    return found


def _is_node(address: str) -> bool:
    match = _ORIGIN.fullmatch(address)
    return bool(match and match[2] and int(match[2][1:]) in range(1, 65536))


def user(text: str) -> str:
    """The name of a user of the cluster, or none."""
    if not re.fullmatch(r"[!-9;-~]{0,200}", text):  # a colon ends the name where it is sent
        raise ValueError("write letters, digits and signs, without spaces or a colon")
    return text


def password(text: str) -> str:
    """The password of a user of the cluster, or none."""
    if not re.fullmatch(r"[ -~]{0,200}", text):
        raise ValueError("write at most 200 letters, digits and signs that ASCII has")
    return text


def certificates(text: str) -> Path | None:
    """The file of who certified the nodes, or none."""
    if text and not Path(text).is_file():
        raise ValueError("there is no such file")
    return Path(text) if text else None


def index(text: str) -> str:
    """What an index is called."""
    if not re.fullmatch(r"[a-z](-?[a-z0-9]){0,99}", text):
        raise ValueError("write small letters a to z, digits and single hyphens between them, for instance pressok")
    return text


def shards(text: str) -> int:
    """A number of parts."""
    if not re.fullmatch(r"[1-9][0-9]?", text):
        raise ValueError("write a number from 1 to 99")
    return int(text)


def replicas(text: str) -> int:
    """A number of copies."""
    if not re.fullmatch(r"[0-9]", text):
        raise ValueError("write a number from 0 to 9")
    return int(text)


def seconds(text: str) -> float:
    """How long to wait."""
    if not re.fullmatch(r"[0-9]{1,2}(\.[0-9])?", text) or not 0 < float(text) <= 60:
        raise ValueError("write seconds, from 0.1 to 60")
    return float(text)


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
