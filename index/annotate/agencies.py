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

# Longer names of what is no agency: funds, associations, schools abroad, diplomats.
_OTHER_THINGS = (
    "AP7 Såfa",
    "Riksbankens Jubileumsfond",
    "Svenska institutet för standarder",
    *(f"Svenska institutet i {place}" for place in ("Athen", "Istanbul", "Rom")),
    *(
        f"Kulturrådet i {place}"
        for place in ("Berlin", "Bryssel", "Istanbul", "London", "Moskva", "Paris", "Peking", "Washington")
    ),
)

# "polisen" by itself is the agency; one of a list ("skolan, socialtjänsten och polisen") or somewhere, it is police.
_POLICE = "Polisen"
_POLICE_ALONE = re.compile(
    r"(?<![\w-])(?<!och )(?<!samt )(?<!eller )(?<!, )polisens?(?![\w-])"
    rf"(?! i {CAPITAL}|,? (?:och|samt|eller) [a-zåäö]|, [a-zåäö]+[ae]n(?:,| och| samt) )"
)
_COUNTY_BOARDS = re.compile(r"[Ll]änsstyrelserna i ")
_COUNTY_BOARD = re.compile(r"Länsstyrelsen i (.+?)s? län")


class AgencyFinder:
    """Finds agencies by name, full name, other name and acronym, as the table has them."""

    def __init__(self, agencies: Iterable[Body]) -> None:
        bodies = tuple(agencies)
        self._by_key = keyed(bodies)
        self._by_name: dict[str, list[Body]] = {}
        for body in bodies:
            for name in (*body.names, *body.acronyms):
                self._by_name.setdefault(name, []).append(body)
        names = [*(name for b in bodies for name in b.names), *_OTHER_THINGS]
        self._index = NameIndex(names, (a for b in bodies for a in b.acronyms))
        self._single = {name.casefold(): name for b in bodies for name in b.names if " " not in name}
        self._boards = {found[1]: name for name in self._by_name if (found := _COUNTY_BOARD.fullmatch(name))}
        counties = "|".join(sorted(map(re.escape, self._boards), key=len, reverse=True)) or r"(?!)"
        self._county = re.compile(rf"(?:, | och | samt )?({counties})s?(?: län)?(?!\w)")

    def find(self, text: str, span: DateSpan | None) -> tuple[Entity, ...]:
        """The agencies that ``text``, published at ``span``, names, in order of first mention."""
        hits = [hit for hit in self._index.find(text) if not is_of_another_nation(text, hit.start, hit.end)]
        places = [place for hit in hits if hit.name in self._by_name for place in self._named(text, hit)]
        places += ((start, name) for start, name in self._coordinated(text) if not _is_within(hits, start))
        places += self._police(text)
        found = (valid_at(self._by_name[name], span, self._by_key) for _, name in sorted(places))
        return tuple(dict.fromkeys(body.entity for body in found))

    def _named(self, text: str, hit: Hit) -> list[tuple[int, str]]:
        """Where ``hit`` names what: several county boards, if it is of them and their counties follow."""
        found: list[tuple[int, str]] = []
        boards = _COUNTY_BOARDS.match(text, hit.start)
        at = boards.end() if boards else len(text)
        while county := self._county.match(text, at):
            found.append((county.start(1), self._boards[county[1]]))
            at = county.end()
        return found or [(hit.start, hit.name)]

    def _police(self, text: str) -> Iterator[tuple[int, str]]:
        if _POLICE in self._by_name:
            alone = _POLICE_ALONE.finditer(text)
            yield from ((p.start(), _POLICE) for p in alone if not is_of_another_nation(text, p.start(), p.end()))

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
