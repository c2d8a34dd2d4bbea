"""Addresses: from the forms that sources use to one, and to the id of a release."""

import hashlib
import re
from urllib.parse import unquote, urljoin, urlsplit

SITE = "https://www.regeringen.se"
_HOSTS_OF_THE_SITE = frozenset({"www.regeringen.se", "regeringen.se", "g0v.se", "www.g0v.se"})
_NOT_IN_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f<>\"\\]")
_NOT_IN_ID = re.compile(r"[^\w.\-]+")
MAX_ID = 300


def absolute(address: str) -> str | None:
    """The address with scheme and host, or None when it is not one of the web (``file:``, ``javascript:``).

    Addresses without a host are the site's own.
    """
    joined = _joined(address)
    if joined is None or not joined.lower().startswith(("http://", "https://")):
        return None
    return _NOT_IN_ADDRESS.sub(lambda m: f"%{ord(m[0]):02X}" if ord(m[0]) < 128 else "", joined)


def _joined(address: str) -> str | None:
    try:
        joined = urljoin(SITE, address.strip())
        return joined if urlsplit(joined).hostname else None
    except ValueError:
        return None


def is_web(address: str) -> bool:
    """Whether the address is a complete one of the web, as it stands."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not _NOT_IN_ADDRESS.search(address)


def page_path(address: str) -> str | None:
    """The path of a page on the site, ``/artiklar/2024/01/slug``; None when the address is not of the site."""
    url = absolute(address)
    if url is None:
        return None
    parts = urlsplit(url)
    path = unquote(parts.path).strip("/")
    if parts.hostname not in _HOSTS_OF_THE_SITE or not path or _NOT_IN_ADDRESS.search(path):
        return None
    return f"/{path}"


def page_url(path: str) -> str:
    """The public address of the page with this path."""
    return f"{SITE}{path}/"


def id_of_path(path: str) -> str:
    """The id of the release with this path: dots instead of slashes."""
    return _shortened(_NOT_IN_ID.sub("-", path.strip("/").replace("/", ".")))


def id_of_url(url: str) -> str:
    """The id of the release at this address; that of another site carries the site's name."""
    path = page_path(url)
    if path is not None:
        return id_of_path(path)
    parts = urlsplit(url)
    query = f"-{parts.query}" if parts.query else ""
    return id_of_path(f"{parts.hostname or ''}/{unquote(parts.path).strip('/')}{query}")


def id_of_key(key: str) -> str:
    """The id of a release without an address: a hash of the source's own key, so that an edit keeps it."""
    return f"text.{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def _shortened(name: str) -> str:
    if len(name) <= MAX_ID:
        return name
    return f"{name[: MAX_ID - 17]}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"
