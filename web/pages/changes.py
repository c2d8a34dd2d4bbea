"""The page that shows how a release's text has changed, and when."""

from dataclasses import dataclass
from itertools import pairwise

from flask import abort, render_template

from index.document import Version
from index.release import Release
from search.query import Query
from web import urls
from web.context import engine
from web.i18n.translation import gettext as _
from web.i18n.translation import lazy_gettext as _later
from web.release import comparison
from web.release.comparison import Row

MOST = 20
"""Changes that are shown, the latest ones; the API has every version."""

_PARTS: tuple[tuple[str, str], ...] = (
    ("title", _later("Rubrik")),
    ("summary", _later("Ingress")),
    ("body", _later("Text")),
)
"""The fields whose words are compared, and what they are called."""

_OTHERS: tuple[tuple[str, str], ...] = (
    ("url", _later("adressen")),
    ("type", _later("typen")),
    ("published", _later("publiceringsdagen")),
    ("updated", _later("dagen för uppdatering")),
    ("senders", _later("avsändarna")),
    ("categories", _later("områdena")),
    ("links", _later("länkarna")),
    ("attachments", _later("bilagorna")),
    ("period", _later("perioden i arkivet")),
    ("terms", _later("ämbetsperioderna")),
    ("contact", _later("presskontakten")),
)
"""The fields of which it is only said that they changed. A test fails for a field that is in neither table."""


@dataclass(frozen=True, slots=True)
class Change:
    """What made a version another one than that before it.

    ``seen`` is when it was found (ISO, UTC); ``parts`` are the names of what reads differently, and how; ``others`` the
    names of what else differs, in words.
    """

    number: int
    seen: str
    parts: tuple[tuple[str, tuple[Row, ...]], ...]
    others: tuple[str, ...]


def show(release_id: str) -> str:
    """Every change of a release, newest first."""
    versions = engine().versions(release_id)
    if not versions:
        abort(404)
    shown = versions[-MOST - 1 :]
    return render_template(
        "changes.html",
        query=Query(),
        release=versions[-1].release,
        first=versions[0],
        count=len(versions) - 1,
        changes=[change(before, after) for before, after in reversed(list(pairwise(shown)))],
        api=urls.api_versions(release_id),
    )


def change(before: Version, after: Version) -> Change:
    """What differs between two versions, the second of which came after the first."""
    old, new = before.release, after.release
    parts = [(str(label), comparison.changes(getattr(old, name), getattr(new, name))) for name, label in _PARTS]
    found = [str(label) for name, label in _OTHERS if _differ(old, new, name)]
    if any(not rows and _differ(old, new, name) for (name, _label), (_told, rows) in zip(_PARTS, parts, strict=True)):
        found.append(_("textens uppställning"))
    return Change(after.number, after.seen, tuple((label, rows) for label, rows in parts if rows), tuple(found))


def _differ(old: Release, new: Release, name: str) -> bool:
    return bool(getattr(old, name) != getattr(new, name))
