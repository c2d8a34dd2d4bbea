"""Ministers named in a text: by name, by office with name, by surname, by office alone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from index.annotate.beside import (
    has_spokesman,
    is_former,
    is_staff,
    is_visiting,
    name_start,
    named_holders,
    written_name,
)
from index.annotate.foreign import is_foreign
from index.annotate.mentions import CAPITAL, Hit, NameIndex
from index.annotate.offices import STATSRAD, OfficeHit, Offices, find_offices, ministers_for
from index.annotate.tables import Holding
from index.annotations import DateSpan, Entity
from index.text import fold, key_of

_NO_OFFICE: Offices = frozenset()
_ALWAYS = DateSpan(date.min, date.max, "span")
_FIRST_NAME = re.compile(rf"{CAPITAL}[\w-]+ $")
# "säger Test Testsson Testberg": what follows the verb is one name, and not that of Test Testsson.
_SAYS = re.compile(r"(?<!\w)(?:säger|sade|sa|berättar|menar|förklarar) $")
_LONGER_NAME = re.compile(rf" {CAPITAL}[a-zåäöé-]+(?!\w)")
_GOES_ON = re.compile(r"(?:,| och| samt| tillika)*(?: även)? ")
# Offices that only other countries have.
_NOT_SWEDISH = frozenset({"premiärminister", "vice premiärminister", "överminister", "hälsominister"})
# How much alike a name and a holder's name are when one is the other misspelt.
_MISSPELT = 0.85


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text speaks of a minister, before the date decides who it is.

    ``person`` is known by the full name; else ``written`` is the name or surname beside the office, or empty
    for an office alone. ``offices`` are those said of the person just there. ``former``: "tidigare
    statsminister"; ``foreign``: "Finlands statsminister".
    """

    start: int
    end: int
    offices: Offices
    person: Entity | None = None
    written: str = ""
    former: bool = False
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A mention and the minister that it is of."""

    mention: Mention
    person: Entity


class MinisterFinder:
    """Finds ministers by the table of offices. ``true_of`` is the day up to which the table is complete."""

    def __init__(self, holdings: Iterable[Holding], true_of: date = date.max) -> None:
        self.holdings = tuple(holdings)
        self.true_of = true_of
        self._people = {holding.person.name: holding.person for holding in self.holdings}
        self._surnames = {surname for name in self._people for surname in surnames_of(name)}
        self._index = NameIndex([*self._people, *self._surnames])
        self._tails = ministers_for(holding.office for holding in self.holdings)

    def known(self, name: str) -> Entity | None:
        """The person of the table who is called ``name``."""
        return self._people.get(name)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every place in ``text`` that may speak of a Swedish minister, in order."""
        hits = list(self._index.find(text))
        full = [hit for hit in hits if hit.name in self._people]
        offices = list(find_offices(text, self._tails))
        holders = named_holders(text, offices, full, self._held)
        alone = [office for office, holder in zip(offices, holders, strict=True) if holder is None]
        found = [
            *self._by_name(text, full, offices, holders),
            *_by_office(text, alone, hits),
            *self._by_surname(text, hits),
        ]
        return tuple(_without_overlaps(found))

    def _held(self, hit: Hit, office: OfficeHit) -> bool:
        own = [holding for holding in self.holdings if holding.person.name == hit.name]
        return bool(holders_of(office.offices, own))

    def resolve(self, mentions: Iterable[Mention], span: DateSpan | None) -> tuple[Named, ...]:
        """Who is meant by ``mentions`` in a text published at ``span``; who held no office then is left out."""
        mentions = tuple(mentions)
        in_office = [h for h in self.holdings if (span or _ALWAYS).overlaps(h.period.first, h.period.last)]
        present = {h.person for h in self.holdings if _is_present(h, span)}
        taken = {o: m.person for m in mentions if m.person and m.person in present for o in m.offices - STATSRAD}
        others: set[str] = set()  # offices of other countries that the text has named so far
        named = []
        for mention in mentions:
            if mention.foreign:
                others |= mention.offices
                continue
            person = self._known(mention, in_office, present, others) or self._new(mention, span, taken)
            if person:
                named.append(Named(mention, person))
        return tuple(named)

    def _known(
        self, mention: Mention, in_office: list[Holding], present: set[Entity], others: set[str]
    ) -> Entity | None:
        """The minister of that time who is meant."""
        if mention.person:
            return mention.person if mention.person in present else None
        people = {h.person for h in holders_of(mention.offices, in_office)}
        if mention.written:
            people = {person for person in people if _is_alike(mention.written, person.name)}
        elif mention.former or mention.offices & others:
            return None
        return people.pop() if len(people) == 1 else None

    def _new(self, mention: Mention, span: DateSpan | None, taken: dict[str, Entity]) -> Entity | None:
        """A minister by the text's own word, who took office after the table was written.

        Two people in one office are not both ours: the second is a guest.
        """
        if not span or span.last <= self.true_of or mention.former or not mention.offices:
            return None
        if not mention.person and " " not in mention.written:
            return None
        person = mention.person or Entity(key_of(mention.written), mention.written)
        if any(taken.setdefault(office, person) != person for office in mention.offices - STATSRAD):
            return None
        return person

    def _by_name(
        self, text: str, full: list[Hit], offices: list[OfficeHit], holders: list[Hit | None]
    ) -> Iterator[Mention]:
        for hit in full:
            own = [office for office, holder in zip(offices, holders, strict=True) if holder is hit]
            if not own and _LONGER_NAME.match(text, hit.end) and _SAYS.search(text, max(0, hit.start - 12), hit.start):
                continue
            start = min([hit.start, *(office.start for office in own)])
            end = max([hit.end, *(office.end for office in own)])
            said: Offices = _NO_OFFICE.union(*(office.offices for office in own))
            yield Mention(start, end, said, self._people[hit.name], "", is_former(text, start))

    def _by_surname(self, text: str, hits: list[Hit]) -> Iterator[Mention]:
        named: dict[str, set[str]] = {}  # full names so far by surname
        for hit in hits:
            if hit.name in self._people:
                for surname in surnames_of(hit.name):
                    named.setdefault(surname, set()).add(hit.name)
            elif len(bearers := named.get(hit.name, set())) == 1 and not _follows_first_name(text, hit):
                yield Mention(hit.start, hit.end, _NO_OFFICE, self._people[next(iter(bearers))])


def surnames_of(name: str) -> tuple[str, ...]:
    """What a person is called without the first name: the last word, and the last two of three or more."""
    words = name.split()
    return tuple(" ".join(words[-count:]) for count in (2, 1) if len(words) > count)


def holders_of(offices: Offices, holdings: Iterable[Holding]) -> list[Holding]:
    """Those of ``holdings`` that are of just these offices; if none, those that are of these and more.

    Every minister is a "statsråd".
    """
    holdings = list(holdings)
    if offices == STATSRAD:
        return holdings
    return [h for h in holdings if h.offices == offices] or [h for h in holdings if offices <= h.offices]


def _is_present(holding: Holding, span: DateSpan | None) -> bool:
    """Whether the holder may be named as a minister at ``span``: also on the day of leaving."""
    last = holding.period.last
    return span is None or span.overlaps(holding.period.first, last and last + timedelta(days=1))


def _by_office(text: str, alone: Sequence[OfficeHit], hits: Sequence[Hit]) -> Iterator[Mention]:
    starts = {hit.start: hit for hit in hits}
    foreign_end = 0
    for office in alone:
        found = _office_with_name(text, office, starts)
        if not found:
            continue
        start, end, written = found
        foreign = is_foreign(text, start, end) or bool(office.offices & _NOT_SWEDISH)
        # "Norges utrikesminister A B och finansminister C D"
        foreign = foreign or bool(written and foreign_end and _GOES_ON.fullmatch(text, foreign_end, start))
        foreign_end = end if foreign else 0
        yield Mention(start, end, office.offices, None, written, is_former(text, start), foreign)


def _office_with_name(text: str, office: OfficeHit, starts: dict[int, Hit]) -> tuple[int, int, str] | None:
    """Where an office begins and ends with the name beside it, which is empty for an office that stands alone."""
    staff = is_staff(text, office)
    name = written_name(text, office)
    if name and not (office.definite and (staff or is_visiting(text, office))):
        return name
    start = name_start(text, office)
    if start in starts:
        return office.start, starts[start].end, starts[start].name
    if office.definite and office.offices != STATSRAD and (not staff or has_spokesman(text, office)):
        return office.start, office.end, ""
    return None


def _follows_first_name(text: str, hit: Hit) -> bool:
    return _FIRST_NAME.search(text, max(0, hit.start - 30), hit.start) is not None


def _is_alike(written: str, name: str) -> bool:
    """Whether ``written`` is a surname of ``name``, its beginning, or the name with a slip of the pen."""
    if " " not in written or written in surnames_of(name):
        return written in surnames_of(name)
    if name.startswith(written + " "):
        return True
    return SequenceMatcher(None, fold(written), fold(name)).ratio() >= _MISSPELT


def _without_overlaps(mentions: Iterable[Mention]) -> Iterator[Mention]:
    end = 0
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.start >= end:
            end = mention.end
            yield mention
