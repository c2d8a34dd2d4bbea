"""Names in what was typed: of ministers, offices, agencies, departments, other organisations and years.

A name of one word counts only as it is written ("polisen", not "poliser"), one of several words in any form of
them, and so does an office. Case can't be told from a query, so an acronym counts in either; those that are words of
their own (``ORDINARY``) never do. "AF" does: "af" is nothing else but a part of some surnames, where the releases
that have the words as typed are still among what it finds.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Self

from index.annotate.ministers import surnames_of
from index.annotate.tables import Tables
from index.swedish.analysis import stopwords
from index.synonyms import synonyms
from index.text import fold
from search.holders import offices
from search.language import parse, together, typed_words
from search.organisations import Organisation, agencies, departments, others
from search.page import Offer
from search.profile import tables
from search.tree import Clause, Meaning, Named, Phrase, Tree, Word

Labels = Mapping[str, Mapping[str, str]]
Way = tuple[Word | Phrase, ...]
_Terms = tuple[str, ...]

MOST_OFFERS = 5
_MOST_WAYS = 4  # other ways of writing a name; each costs the engine a look-up
_LONG = 8  # letters: a shorter word's term may be that of common words ("Sida": sidor, "Polisen": poliser)
_SHORTEST_GENITIVE = 3  # letters: of shorter ones it is written with a colon ("DV:s"); "dvs" is "det vill säga"
_NAMES = 20_000  # whose words are kept: the next generation has the same
_YEARS = range(1990, 2050)

ORDINARY = frozenset(
    (
        *("ad", "ali", "ask", "berg", "bits", "bo", "borg", "brom", "ek", "fas", "hatt", "hav", "his", "ho", "homo"),
        *("isa", "kemi", "ko", "krus", "lejon", "lind", "lund", "nia", "no", "norman", "pm", "rå", "sav", "ski"),
        *("skog", "stem", "sten", "strand", "un"),
        # So many are called so that it says little of who is meant.
        *("andersson", "carlsson", "eriksson", "gustafsson", "johansson", "karlsson", "larsson", "nilsson", "olsson"),
        *("persson", "pettersson", "svensson"),
    )
)
"""Acronyms and surnames that mean other things more often."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a name means: its other ways of writing, by their terms that carry meaning, and what it stands for."""

    ways: Mapping[_Terms, Way]
    meanings: tuple[Meaning, ...]

    def __or__(self, other: "Known") -> "Known":
        return Known({**self.ways, **other.ways}, tuple(dict.fromkeys((*self.meanings, *other.meanings))))

    def named(self, typed: Way) -> Named:
        """The name as it was ``typed``."""
        spelled = tuple(word.term for word in typed if isinstance(word, Word))
        more = [way for terms, way in self.ways.items() if terms != spelled]
        return Named((typed, *more[:_MOST_WAYS]), self.meanings)


class NameBook:
    """Knows the names of what occurs in a generation. ``labels`` are names by facet and key."""

    def __init__(self, labels: Labels, tables: Tables, organisations: Iterable[tuple[str, ...]] = ()) -> None:
        self._labels = labels
        self._written: dict[str, Known] = {}  # names of one word
        self._runs: dict[_Terms, Known] = {}  # names of several words, and offices
        self._longest: dict[str, int] = {}  # words of the longest of those that begin with a term
        bodies = [*agencies(tables, labels["agency"]), *departments(tables, labels["department"])]
        known = [(organisation, _known(organisation)) for organisation in (*others(organisations), *bodies)]
        for organisation, meant in known:
            self._add_organisation(organisation, meant)
        for organisation, meant in known:
            self._add_ambiguous(organisation, meant)
        self._add_people(labels["minister"])
        for titles, holders in offices(tables.holdings):
            for title in titles:
                self._add_run(meaningful(title), Known({}, holders))
        for year in labels["year"]:
            if year.isdecimal() and int(year) in _YEARS:
                self._add(year, Known({}, (Meaning("year", year),)))

    @classmethod
    def of(cls, labels: Labels) -> Self:
        """The names of what occurs in a generation, by the project's own tables."""
        return cls(labels, tables(), synonyms())

    def _add_organisation(self, organisation: Organisation, known: Known) -> None:
        for name in organisation.names:
            self._add(name, known)
        for acronym in organisation.acronyms:
            if fold(acronym) not in ORDINARY:
                self._add(acronym, known)

    def _add_ambiguous(self, organisation: Organisation, known: Known) -> None:
        """Acronyms that an organisation does not have for itself: they mean it when they mean nothing else."""
        for acronym in organisation.ambiguous:
            if fold(acronym) not in ORDINARY and fold(acronym) not in self._written:
                self._add(acronym, known)

    def _add_people(self, people: Mapping[str, str]) -> None:
        bearers: dict[str, list[str]] = {}
        for key, name in people.items():
            self._add(name, Known({}, (Meaning("minister", key),)))
            for surname in surnames_of(name):
                bearers.setdefault(surname, []).append(key)
        for surname, keys in bearers.items():
            if len(keys) == 1 and fold(surname) not in ORDINARY:
                self._add(surname, Known({}, (Meaning("minister", keys[0]),)))

    def _add(self, name: str, known: Known) -> None:
        words = meaningful(name)
        if len(words) != 1:
            self._add_run(words, known)
            return
        short = len(words[0].typed) < _SHORTEST_GENITIVE
        for written in (f"{words[0].typed}{ending}" for ending in (("", ":s") if short else ("", "s", ":s"))):
            self._written[written] = self._written[written] | known if written in self._written else known

    def _add_run(self, words: tuple[Word, ...], known: Known) -> None:
        if words:
            terms = tuple(word.term for word in words)
            self._runs[terms] = self._runs[terms] | known if terms in self._runs else known
            self._longest[terms[0]] = max(self._longest.get(terms[0], 0), len(terms))

    def read(self, tree: Tree) -> Tree:
        """``tree`` with the names among its words understood, longest first; nothing that was typed is lost."""
        return Tree(tuple(self._read(tree.required)), tree.excluded, tree.conditions, tree.exceptions)

    def _read(self, clauses: tuple[Clause, ...]) -> Iterator[Clause]:
        at = 0
        while at < len(clauses):
            found = self._name_at(clauses, at)
            yield found or clauses[at]
            at += len(found.ways[0]) if found else 1

    def _name_at(self, clauses: tuple[Clause, ...], at: int) -> Named | None:
        first = clauses[at]
        if not isinstance(first, Word):
            return None
        words = _words(clauses[at : at + self._longest.get(first.term, 1)])
        for length in range(len(words), 0, -1):
            known = self._written.get(first.typed or first.term) if length == 1 else None
            known = known or self._runs.get(tuple(word.term for word in words[:length]))
            named = known and known.named(words[:length])
            if named and (named.meanings or len(named.ways) > 1):
                return named
        return None

    def offers(self, text: str) -> tuple[Offer, ...]:
        """The filters to offer for what was typed; see :meth:`offers_in`."""
        return self.offers_in(self.read(parse(text)))

    def offers_in(self, tree: Tree) -> tuple[Offer, ...]:
        """The filters to offer for a tree that was read: the names in it, at most ``MOST_OFFERS``.

        An office is offered as its holder, when the years in it (else its whole history) leave just one.
        """
        named = [clause for clause in tree.required if isinstance(clause, Named)]
        years = {int(m.key) for clause in named for m in clause.meanings if m.facet == "year"}
        meant = dict.fromkeys(value for clause in named for value in _values(clause, years))
        known = ((facet, key, self._labels[facet].get(key)) for facet, key in meant)
        return tuple(Offer(facet, key, label) for facet, key, label in known if label)[:MOST_OFFERS]


@lru_cache(maxsize=_NAMES)
def meaningful(name: str) -> tuple[Word, ...]:
    """The words of a name as a query asks for them: each once, without those that carry no meaning."""
    return tuple(dict.fromkeys(word for word in typed_words(name) if word.typed not in stopwords()))


def _words(clauses: Iterable[Clause]) -> tuple[Word, ...]:
    """The plain words that ``clauses`` begin with."""
    return tuple(clause for clause in takewhile(lambda c: isinstance(c, Word), clauses) if isinstance(clause, Word))


def _known(organisation: Organisation) -> Known:
    ways: dict[_Terms, Way] = {}
    for name in (organisation.name, *organisation.acronyms, *organisation.names):
        way = together(typed_words(name))
        if way and _is_telling(way):
            ways.setdefault(tuple(word.term for word in meaningful(name)), (way,))
    return Known(ways, organisation.meanings)


def _is_telling(way: Word | Phrase) -> bool:
    """Whether what a name becomes in a search means it alone: by several words, a long one or its very letters."""
    if isinstance(way, Phrase):
        return True
    return way.typed not in ORDINARY and (way.term == way.typed or len(way.typed) >= _LONG)


def _values(clause: Named, years: set[int]) -> list[tuple[str, str]]:
    """The facet values that a name stands for; of an office only a single holder."""
    is_office = any(meaning.first or meaning.last for meaning in clause.meanings)
    meanings = [m for m in clause.meanings if not (is_office and years) or any(_is_of(m, year) for year in years)]
    values = list(dict.fromkeys((m.facet, m.key) for m in meanings))
    return [] if is_office and len(values) > 1 else values


def _is_of(meaning: Meaning, year: int) -> bool:
    return not (meaning.first and meaning.first.year > year) and not (meaning.last and meaning.last.year < year)
