"""The departments that a release comes from: stated, else the one in which the speaking minister sat."""

from collections.abc import Iterable

from index.annotate.ministers import Named, holders_of
from index.annotate.tables import Body, Holding, keyed, valid_at
from index.annotations import DateSpan, Entity
from index.text import key_of

_ENDING = "departementet"


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


def speaking(named: Iterable[Named], title: int, lead: int, speakers: Iterable[Entity]) -> tuple[Named, ...]:
    """The ministers who speak for a release: all in its title (its text up to ``title``), else the first in its
    lead (up to ``lead``), else the first of ``speakers``, those who are quoted. One who is only named in the
    body does not.
    """
    named = tuple(named)
    in_title = tuple(n for n in named if n.mention.start < title)
    if in_title:
        return in_title
    in_lead = tuple(n for n in named if n.mention.start < lead)
    quoted = (n for speaker in speakers for n in _by_office_first(named) if n.person == speaker)
    return in_lead[:1] or tuple(quoted)[:1]


def _by_office_first(named: tuple[Named, ...]) -> list[Named]:
    """``named`` with those first whose office is said."""
    return sorted(named, key=lambda n: not n.mention.offices)
