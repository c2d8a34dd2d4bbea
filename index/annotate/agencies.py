"""Agencies named in a text."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from index.annotate.foreign import is_of_another_nation
from index.annotate.mentions import CAPITAL, Hit, NameIndex
from index.annotate.tables import Body, keyed, valid_at
from index.annotations import DateSpan, Entity

# "Jordbruks- och Naturvårdsverket", "Bolags-, Skatte- och Tullverket".
_COORDINATED = re.compile(rf"(?<!\w)({CAPITAL}\w+)-(?:, (\w+)-)* (?:och|samt|eller) (\w+)")
_SHORTEST_ENDING = 5


class AgencyFinder:
    """Finds agencies by name, full name, other name and acronym, as the table has them."""

    def __init__(self, agencies: Iterable[Body]) -> None:
        bodies = tuple(agencies)
        self._by_key = keyed(bodies)
        self._by_name: dict[str, list[Body]] = {}
        for body in bodies:
            for name in (*body.names, *body.acronyms):
                self._by_name.setdefault(name, []).append(body)
        self._index = NameIndex((name for b in bodies for name in b.names), (a for b in bodies for a in b.acronyms))
        self._single = {name.casefold(): name for b in bodies for name in b.names if " " not in name}

    def find(self, text: str, span: DateSpan | None) -> tuple[Entity, ...]:
        """The agencies that ``text``, published at ``span``, names, in order of first mention."""
        hits = [hit for hit in self._index.find(text) if not is_of_another_nation(text, hit.start)]
        places = [(hit.start, hit.name) for hit in hits]
        places += ((start, name) for start, name in self._coordinated(text) if not _is_within(hits, start))
        found = (valid_at(self._by_name[name], span, self._by_key) for _, name in sorted(places))
        return tuple(dict.fromkeys(body.entity for body in found))

    def _coordinated(self, text: str) -> Iterator[tuple[int, str]]:
        """Names that share their ending with a later one."""
        for found in _COORDINATED.finditer(text):
            last = found[found.lastindex or 0].casefold()
            heads = re.findall(r"\w+(?=-)", found[0])
            joined = [name for head in heads if (name := self._completed(head, last))]
            for name in joined:
                yield found.start(), name
            if joined and (name := self._single.get(last) or self._single.get(last.removesuffix("s"))):
                yield found.start(found.lastindex or 0), name

    def _completed(self, head: str, last: str) -> str | None:
        """``"Jordbruks"`` before ``"naturvårdsverket"`` is ``"Jordbruksverket"``, if there is such an agency."""
        for length in range(len(last) - 1, _SHORTEST_ENDING - 1, -1):
            ending = last[-length:]
            name = self._single.get(head.casefold() + ending) or self._single.get(
                head.casefold() + ending.removesuffix("s")
            )
            if name:
                return name
        return None


def _is_within(hits: Sequence[Hit], place: int) -> bool:
    at = bisect_right(hits, place, key=lambda hit: hit.start) - 1
    return at >= 0 and place < hits[at].end
