"""The page's own style sheets, scripts and pictures, under an address that changes with what is in them.

A browser may then keep them for a year and never ask again.
"""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from flask import Blueprint, Response, send_from_directory

_FOLDER = Path(__file__).parent / "static"
_YEAR = 365 * 24 * 3600  # seconds

blueprint = Blueprint("assets", __name__)


@cache
def version() -> str:
    """What all files together are known by."""
    found = blake2b(digest_size=6)
    for path in sorted(_FOLDER.rglob("*")):
        if path.is_file():
            found.update(path.relative_to(_FOLDER).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


@blueprint.get("/static/<version>/<path:name>", endpoint="file")
def _file(**address: str) -> Response:
    """A file. Under an address of another version it is the newest one too, but not to be kept."""
    response = send_from_directory(_FOLDER, address["name"])
    if address["version"] == version():
        response.cache_control.public, response.cache_control.max_age = True, _YEAR
        response.cache_control.immutable, response.cache_control.no_cache = (
            True,
            None,
        )  # Flask's own is to ask each time
    return response
