"""The departments that a release comes from: stated, else the one in which the speaking minister sat."""

import re
from collections.abc import Iterable

from index.annotate.ministers import Named, holders_of
from index.annotate.tables import Body, Holding, keyed, valid_at
from index.annotations import DateSpan, Entity
from index.text import key_of

_ENDING = "departementet"
_QUOTED_BEFORE = re.compile(r"(?:säger|sade|sa|menar|skriver) $")
_QUOTED_AFTER = re.compile(r",? (?:säger|sade|sa|menar|skriver)(?!\w)")


class DepartmentFinder:
    """Finds departments by the name they had at the time."""

    def __init__(self, departments: Iterable[Body], holdings: Iterable[Holding]) -> None:
        self._by_key = keyed(departments)
        self._holdings = tuple(holdings)
        self._by_name: dict[str, list[Body]] = {}
        for body in (body for bodies in self._by_key.values() for body in bodies):
            for name in body.names:
                self._by_name.setdefault(name.casefold(), []).append(body)

    def stated(self, sender: str, span: DateSpan | None) -> Entity | None:
        """The department that ``sender`` is the name of; one that the table does not know is one by its ending."""
        bodies = self._by_name.get(sender.casefold())
        if bodies:
            return valid_at(bodies, span, self._by_key).entity
        return Entity(key_of(sender), sender) if sender.casefold().endswith(_ENDING) else None

    def of_minister(self, named: Named, span: DateSpan | None) -> Entity | None:
        """Where the minister sat at ``span`` in the office said of them; None if that is not one place."""
        own = [h for h in self._holdings if h.person == named.person and h.department]
        own = [h for h in own if span is None or span.overlaps(h.period.first, h.period.last)]
        keys = {h.department for h in holders_of(named.mention.offices, own) or own}
        if len(keys) != 1:
            return None
        bodies = self._by_key.get(keys.pop())
        return valid_at(bodies, span, self._by_key).entity if bodies else None


def speaking(named: Iterable[Named], text: str, lead: int) -> Named | None:
    """The minister who speaks for a release: the first in its lead (``text[:lead]``), else the first quoted."""
    named = tuple(named)
    in_lead = (n for n in named if n.mention.start < lead)
    quoted = (n for n in named if _is_quoted(text, n))
    return next(in_lead, None) or next(quoted, None) or next(iter(named), None)


def _is_quoted(text: str, named: Named) -> bool:
    start, end = named.mention.start, named.mention.end
    return bool(_QUOTED_BEFORE.search(text, max(0, start - 12), start) or _QUOTED_AFTER.match(text, end))
