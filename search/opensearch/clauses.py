"""What a clause of a query is in the cluster's language: it finds the same releases, and scores the same.

The formulas are those of :mod:`search.local.lookup`, :mod:`search.local.clauses` and :mod:`search.local.speech`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from math import log1p

from index.arrays.weights import DEFAULT
from index.opensearch.mapping import PART, SCALE
from search.common.beside import NEAR
from search.common.weighing import NAMED, PARTS, RELATED
from search.names import is_called
from search.opensearch.asking import EVERYTHING, NOTHING, Asking, Dsl, all_of, any_of
from search.opensearch.vocabulary import Vocabulary
from search.tree import (
    Atom,
    Clause,
    Condition,
    Meaning,
    Named,
    Phrase,
    Prefix,
    Said,
    Titled,
    Valued,
    Word,
    Words,
    alternatives_of,
    words_of,
)

BOOST = (DEFAULT.saturation + 1) / (DEFAULT.saturation * SCALE + 1)
"""The server multiplies by k1 + 1, where k1 is of the weights that were sent."""
ANYWHERE: tuple[str, ...] = ()
TITLE = ("title_terms",)
LEADING = ("title_terms", "lead_terms")
"""The fields in which a term has to be, one of them at least; none: anywhere."""

_SATURATION = DEFAULT.saturation
_QUOTES = "quotes"
SAID = {"nested": {"path": _QUOTES, "query": EVERYTHING}}
"""What has quotations."""
_SATURATED = "params.idf * _score * (params.k + 1) / (_score + params.k)"


def constant(found: Dsl, score: float) -> Dsl:
    """What is found, each with the same score."""
    return {"constant_score": {"filter": found, "boost": score}}


def with_score(found: Dsl, scores: Iterable[Dsl]) -> Dsl:
    """What is found, scored by the sum of what these score where they are found."""
    return {"bool": {"filter": [found], "should": list(scores)}}


def best_of(queries: Sequence[Dsl]) -> Dsl:
    """What any of these finds, with the highest of its scores."""
    return {"dis_max": {"queries": list(queries)}} if queries else NOTHING


def weight_of(found: int, count: int) -> float:
    """How telling a clause is that so many of ``count`` releases have: BM25's idf."""
    return log1p((max(count, found) - found + 0.5) / (found + 0.5))  # what is found may be newer than what was counted


class Clauses:
    """Turns clauses into queries."""

    def __init__(self, vocabulary: Vocabulary, asking: Asking) -> None:
        self._vocabulary, self._asking = vocabulary, asking
        self.count = vocabulary.totals.releases

    def query(self, clause: Clause) -> Dsl:
        """What finds the releases that have a clause, scored."""
        if isinstance(clause, Named):
            return self._named(clause)
        return _only(best_of([self._atom(atom) for atom in alternatives_of(clause)]))

    def _atom(self, atom: Atom) -> Dsl:
        match atom:
            case Said(words):
                return self._said(words)
            case Titled(words):
                return self.words(words, TITLE)
            case _:
                return self.words(words_of(atom))

    def found(self, clause: Clause) -> Dsl:
        """What finds the same releases as :meth:`query`, and scores nothing: the cluster counts terms that score."""
        if isinstance(clause, Named):
            ways = [all_of([self.within(words) for words in way]) for way in clause.ways]
            return any_of([*ways, *map(self.meant, clause.meanings)])
        return any_of([self._found(atom) for atom in alternatives_of(clause)])

    def _found(self, atom: Atom) -> Dsl:
        match atom:
            case Said(words):
                return self.said(words)
            case Titled(words):
                return self.within(words, TITLE)
            case _:
                return self.within(words_of(atom))

    def within(self, words: Words, sections: Sequence[str] = ANYWHERE) -> Dsl:
        """What finds ``words`` in the sections, and scores nothing."""
        match words:
            case Word():
                forms = self._vocabulary.forms(words)
                whole = _any_term([forms.term, *forms.related], sections)
                parts = [_any_term([part], sections) for part in forms.parts]
                return any_of([whole, all_of([*parts, *_near(forms.parts)])]) if parts else whole
            case Phrase(terms):
                return phrase("title" if sections == TITLE else "places", terms)
            case Prefix():
                return _any_term(self._vocabulary.expanded(words), sections)

    def words(self, words: Words, sections: Sequence[str] = ANYWHERE) -> Dsl:
        """What finds ``words`` in the sections, scored."""
        match words:
            case Word():
                return self._word(words, sections)
            case Phrase(terms):
                found = phrase("title" if sections == TITLE else "places", terms)
                return with_score(found, map(term, dict.fromkeys(terms)))
            case Prefix():
                return best_of([term(one, sections) for one in self._vocabulary.expanded(words)])

    def _word(self, word: Word, sections: Sequence[str]) -> Dsl:
        forms = self._vocabulary.forms(word)
        whole = term(forms.term, sections)
        if forms.parts:
            near = all_of([*(term(part, sections) for part in forms.parts), *_near(forms.parts)])
            whole = with_score(any_of([whole, near]), [whole, *(term(part, sections, PARTS) for part in forms.parts)])
        return _only(best_of([whole, *(term(one, sections, RELATED) for one in forms.related)]))

    def partly(self, word: Word) -> list[Dsl]:
        """For each part of a compound what finds the releases that have it, and not the compound."""
        whole = self.within(word)
        return [
            {"bool": {"must": [term(part, boost=PARTS)], "must_not": [whole]}}
            for part in self._vocabulary.forms(word).parts
        ]

    def parts(self, clause: Clause) -> Sequence[str]:
        """The parts by which a clause that is a compound is found too."""
        return self._vocabulary.forms(clause).parts if isinstance(clause, Word) else ()

    def _said(self, words: Words) -> Dsl:
        """Releases in which words were said, scored by how often, and by how rare that is."""
        found, spoken = self._asking.counts([self.said(words), SAID])
        quotes = {"nested": {"path": _QUOTES, "score_mode": "sum", "query": constant(self._in_quote(words), 1.0)}}
        params = {"idf": weight_of(found, spoken), "k": _SATURATION}
        return {"script_score": {"query": quotes, "script": {"source": _SATURATED, "params": params}}}

    def said(self, words: Words, speaker: str | None = None) -> Dsl:
        """What finds the releases in which somebody said ``words``."""
        found = [self._in_quote(words), *([{"term": {"quotes.speaker": speaker}}] if speaker else [])]
        return {"nested": {"path": _QUOTES, "query": all_of(found)}}

    def said_by(self, clause: Clause, speaker: str) -> Dsl:
        """What finds the releases in which a speaker said what a clause asks for."""
        return any_of([self.said(atom.words, speaker) for atom in alternatives_of(clause) if isinstance(atom, Said)])

    def quotes(self, clause: Clause) -> Dsl:
        """What finds the quotations that have what a clause asks for."""
        return any_of([self._in_quote(atom.words) for atom in alternatives_of(clause) if isinstance(atom, Said)])

    def _in_quote(self, words: Words) -> Dsl:
        match words:
            case Word():
                forms = self._vocabulary.forms(words)
                whole = _said_terms([forms.term, *forms.related])
                return any_of([whole, all_of([_said_terms([part]) for part in forms.parts])]) if forms.parts else whole
            case Phrase(terms):
                return phrase("quotes.said", terms)
            case Prefix():
                return _said_terms(self._vocabulary.expanded(words))

    def _named(self, named: Named) -> Dsl:
        """A name scores as one word would that is as rare: a long one would outweigh all else that was asked for."""
        ways = [[self.words(words) for words in way] for way in named.ways]
        meant = any_of([self.meant(meaning) for meaning in named.meanings])
        asked = list(dict.fromkeys(words for way in named.ways for words in way))
        together = self.found(named)
        every, *each = self._asking.counts([together, *(one for words in asked for one in self._told_by(words))])
        rarity, counts = weight_of(every, self.count), iter(each)
        rarities = {words: sum(weight_of(next(counts), self.count) for _ in self._told_by(words)) for words in asked}
        shares = (min(1.0, rarity / sum(rarities[words] for words in way)) for way in named.ways)
        boosted: list[Dsl] = [{"bool": {"must": way, "boost": share}} for way, share in zip(ways, shares, strict=True)]
        return best_of([*boosted, constant(meant, NAMED * rarity)])

    def _told_by(self, words: Word | Phrase) -> list[Dsl]:
        """What a word, or each of those of a phrase, scores by."""
        if isinstance(words, Word):
            return [self.within(words)]
        return [term(one) for one in dict.fromkeys(words.terms)]

    def meant(self, meaning: Meaning) -> Dsl:
        """What finds the releases that a name stands for."""
        found: list[Dsl] = [{"term": {meaning.facet: meaning.key}}]
        return all_of([*found, *([during(meaning.first, meaning.last)] if meaning.first or meaning.last else [])])

    def condition(self, condition: Condition) -> Dsl:
        """What finds the releases that meet a condition."""
        if not isinstance(condition, Valued):
            return during(condition.first, condition.last)
        values = self._vocabulary.facets[condition.facet]
        called = [key for key in values.keys if is_called(condition.typed, key, values.label(key))]
        return {"terms": {condition.facet: called}} if called else NOTHING

    def near(self, clause: Clause) -> list[list[str]]:
        """The terms by which each word of a clause is found in texts; phrases give each of their words."""
        atoms = clause.ways[0] if isinstance(clause, Named) else alternatives_of(clause)
        found: list[list[str]] = []
        for atom in () if isinstance(atoms[0], Said) else atoms:
            match words_of(atom):
                case Word() as word:
                    found.append(list(self._vocabulary.forms(word).all))
                case Phrase(terms):
                    found += ([one] for one in terms)
                case Prefix() as prefix:
                    found.append(self._vocabulary.expanded(prefix))
        return found


def term(one: str, sections: Sequence[str] = ANYWHERE, boost: float = 1.0) -> Dsl:
    """What finds a term, as a word or as a part of one, in the sections."""
    found: Dsl = {"term": {"terms": {"value": one, "boost": BOOST * boost}}}
    if not sections:
        return found
    return {"bool": {"must": [found], "filter": [any_of([{"term": {field: one}} for field in sections])]}}


def _any_term(terms: Sequence[str], sections: Sequence[str]) -> Dsl:
    """What finds any of these terms in the sections."""
    return any_of([{"terms": {field: list(terms)}} for field in sections or ("terms",)]) if terms else NOTHING


def phrase(field: str, terms: Iterable[str]) -> Dsl:
    """What finds terms beside each other, in this order."""
    return {"match_phrase": {field: {"query": " ".join(terms), "analyzer": "whitespace"}}}


def near(one: Iterable[str], other: Iterable[str], distance: int) -> Dsl:
    """What finds a place of one of the terms at most so far from one of the others, in the same section."""
    return {"span_near": {"clauses": [_standing(one), _standing(other)], "slop": distance - 1, "in_order": False}}


def _standing(terms: Iterable[str]) -> Dsl:
    places = [{"span_term": {"places": place}} for term in terms for place in (term, PART + term)]
    return {"span_or": {"clauses": places}}


def _near(parts: Sequence[str]) -> list[Dsl]:
    return [near([one], [other], NEAR) for one, other in pairwise(parts)]


def _said_terms(terms: Sequence[str]) -> Dsl:
    return {"terms": {"quotes.said": [place for term in terms for place in (term, PART + term)]}} if terms else NOTHING


def during(first: date | None, last: date | None) -> Dsl:
    """What finds the releases whose span overlaps the interval, both days included; None is open."""
    if not (first or last):
        return {"exists": {"field": "span"}}
    if first and last and first > last:
        return NOTHING
    bounds = {name: day.isoformat() for name, day in (("gte", first), ("lte", last)) if day}
    return {"range": {"span": {**bounds, "relation": "intersects"}}}


def _only(query: Dsl) -> Dsl:
    """A query, without what would choose from it alone."""
    queries: list[Dsl] = query["dis_max"]["queries"] if "dis_max" in query else []
    return queries[0] if len(queries) == 1 else query
