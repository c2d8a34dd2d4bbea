"""From the address of a page to the name of its file: a path that can't lead out of the folder."""

import re

from index.sources.addresses import page_path
from index.sources.items import Unreadable

_PART = re.compile(r"[\w~-][\w.~-]*")  # not hidden, and no character that means something to a file system or a server
_LONGEST_PART = 200  # bytes; file systems take 255, and .md is added
_MOST_PARTS = 12


def of_address(address: str) -> str:
    """The name of the page's file, with slashes: ``tal/2024/12/name.md`` for ``/tal/2024/12/name/``.

    Raises :class:`Unreadable` for an address that is not of the site, or of which no safe name can be made.
    """
    path = page_path(address)
    if path is None:
        raise Unreadable(f"its url is not a page of regeringen.se: {address!r:.200}")
    parts = path.strip("/").split("/")
    if not 2 <= len(parts) <= _MOST_PARTS or not all(_is_plain(part) for part in parts):
        raise Unreadable(f"no safe name of a file can be made of its url: {address!r:.200}")
    return "/".join(parts) + ".md"


def _is_plain(part: str) -> bool:
    return bool(_PART.fullmatch(part)) and len(part.encode()) <= _LONGEST_PART
