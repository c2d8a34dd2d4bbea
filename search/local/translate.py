"""From the query tree to Whoosh's queries, and from Whoosh's matches to numbers and scores."""

from collections.abc import Iterator, Mapping
from datetime import date
from heapq import nlargest
from typing import Any

from whoosh import query as whoosh

from index.analysis import said_by
from search.tree import Atom, Clause, Phrase, Prefix, Said, Titled, Word, Words, alternatives_of, words_of

_SPEAKER = said_by("", "").encode()

# How much a word counts in each field. Chosen with bench/relevance.py; see docs/decisions.md.
FIELD_WEIGHTS = {"title": 3.0, "summary": 1.5, "body": 1.0}


# So many words that begin with a prefix are looked for, those in most documents first.
MAX_EXPANSION = 50


def clause_query(reader: Any, clause: Clause) -> Any:
    """Whoosh's query for a clause: over every text field, over titles, or over what was said."""
    queries: list[Any] = []
    for atom in alternatives_of(clause):
        words = words_of(atom)
        queries += (_words_query(reader, words, field, weight) for field, weight in _weights(atom).items())
    return whoosh.Or(queries)


def _weights(atom: Atom) -> Mapping[str, float]:
    match atom:
        case Said():
            return {"quotes": 1.0}
        case Titled():
            return {"title": FIELD_WEIGHTS["title"]}
        case _:
            return FIELD_WEIGHTS


def _words_query(reader: Any, words: Words, field: str, weight: float) -> Any:
    match words:
        case Word(term):
            return whoosh.Term(field, term, boost=weight)
        case Phrase(terms):
            return whoosh.Phrase(field, list(terms), boost=weight)
        case Prefix(prefix, term):
            found = {term, *_expand(reader, field, prefix)}
            return whoosh.Or([whoosh.Term(field, one, boost=weight) for one in sorted(found)])


def speakers_of(searcher: Any, said: Said) -> Mapping[str, set[int]]:
    """For each speaker (by key) who said these words, the documents in which they did."""
    found: dict[str, set[int]] = {}
    for speaker, query in _by_speaker(searcher.reader(), said.words):
        found.setdefault(speaker, set()).update(matches(searcher, query))
    return found


def _by_speaker(reader: Any, words: Words) -> Iterator[tuple[str, Any]]:
    match words:
        case Word(term):
            for speaker in _speakers(reader, term):
                yield speaker, whoosh.Term("quotes", said_by(term, speaker))
        case Phrase(terms):
            for speaker in set.intersection(*(set(_speakers(reader, term)) for term in terms)):
                yield speaker, whoosh.Phrase("quotes", [said_by(term, speaker) for term in terms])
        case Prefix(prefix, term):
            for one in {term, *_expand(reader, "quotes", prefix)}:
                for speaker in _speakers(reader, one):
                    yield speaker, whoosh.Term("quotes", said_by(one, speaker))


def _speakers(reader: Any, term: str) -> list[str]:
    start = said_by(term, "")
    found = (said.decode().removeprefix(start) for said in reader.expand_prefix("quotes", start))
    return [speaker for speaker in found if speaker]


def _expand(reader: Any, field: str, prefix: str) -> list[str]:
    """The terms of a field that begin with ``prefix``, but not as a certain speaker's."""
    found = [term for term in reader.expand_prefix(field, prefix) if _SPEAKER not in term]
    if len(found) > MAX_EXPANSION:
        found = nlargest(MAX_EXPANSION, found, key=lambda term: reader.doc_frequency(field, term))
    return [term.decode() for term in found]


def matches(searcher: Any, query: Any) -> set[int]:
    """The numbers of the documents that ``query`` matches."""
    return set(query.docs(searcher))


def scores(searcher: Any, query: Any) -> Mapping[int, float]:
    """The score of each document that ``query`` matches."""
    return dict(searcher.search(query, limit=None).items())


def facet_query(facet: str, keys: tuple[str, ...]) -> Any:
    """Documents that have one of these values of a facet."""
    return whoosh.Or([whoosh.Term(facet, key) for key in keys])


def interval_query(first: date | None, last: date | None) -> Any:
    """Documents whose span overlaps the interval (both days included; None is open)."""
    conditions = []
    if first:
        conditions.append(whoosh.NumericRange("last", first.toordinal(), None))
    if last:
        conditions.append(whoosh.NumericRange("first", None, last.toordinal()))
    return whoosh.And(conditions)
