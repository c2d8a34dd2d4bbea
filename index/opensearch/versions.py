"""The earlier versions of a release, as the cluster keeps them beside it."""

from collections.abc import Iterable
from typing import Any

import orjson

from index.document import Version
from index.release import Release


def earlier_json(earlier: Iterable[Version]) -> str:
    """Versions as JSON; :func:`earlier_from` is the inverse."""
    return orjson.dumps(
        [{"number": v.number, "seen": v.seen, "release": v.release.to_dict()} for v in earlier]
    ).decode()


def earlier_from(text: str) -> tuple[Version, ...]:
    """The versions that :func:`earlier_json` wrote."""
    rows: list[dict[str, Any]] = orjson.loads(text)
    return tuple(Version(row["number"], row["seen"], Release.from_dict(row["release"])) for row in rows)
