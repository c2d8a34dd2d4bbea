"""Which documents have what a clause asks for, and what it scores there."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from index.arrays.weights import Weights
from index.document import Document
from index.facets import FACETS
from index.swedish.lexicon import Lexicon
from index.swedish.stems import term_of
from search.local import clauses, lookup, speech
from search.tree import AnyOf, Clause, Meaning, Named, Phrase, Prefix, Said, Titled, Word, Words
from tests.oracle.texts import TITLE, Found, Texts, Token, has, has_run, occurrences, runs


class Clauses(Texts):
    """Finds clauses."""

    def __init__(self, documents: Sequence[Document], lexicon: Lexicon, weights: Weights = Weights()) -> None:  # noqa: B008
        super().__init__(documents, lexicon, weights)
        self.expanded = cache(self._expanded)

    def find(self, words: Words, *, in_title: bool = False) -> Found:
        match words:
            case Word():
                return self._word(words, in_title)
            case Phrase(terms):
                having = {n for n in self.all if any(has_run(s, terms) for s in self.texts[n][: 1 if in_title else 3])}
                return {n: sum(self.scored(term)[n] for term in set(terms)) for n in having}
            case Prefix():
                return best([self._term(term, in_title) for term in self.expanded(words)])

    def _term(self, term: str, in_title: bool = False) -> Found:
        return {
            n: score
            for n, score in self.scored(term).items()
            if not in_title or self.counts[term][n][TITLE] or self.counts[term][n][TITLE + 3]
        }

    def _word(self, word: Word, in_title: bool = False) -> Found:
        whole = self._term(word.term, in_title)
        if parts := self.parts(word):
            found = [self._term(part, in_title) for part in parts]
            beside = {n: lookup.PARTS * sum(one.get(n, 0.0) for one in found) for one in found for n in one}
            near = {n for n in beside if all(n in one for one in found) and self._are_near(n, parts)}
            whole = {n: whole.get(n, 0.0) + beside.get(n, 0.0) for n in {*whole, *near}}
        related = [{n: s * lookup.RELATED for n, s in self._term(t, in_title).items()} for t in self.related(word)]
        return best([whole, *related])

    def parts(self, word: Word) -> list[str]:
        """The terms of a compound's parts, if each occurs somewhere."""
        parts = list(dict.fromkeys(map(term_of, self.lexicon.split(word.typed))))
        return parts if all(part in self.terms for part in parts) else []

    def related(self, word: Word) -> list[str]:
        return [term for term in self.lexicon.related(word.term) if term in self.terms]

    def forms(self, word: Word) -> set[str]:
        return {word.term, *self.parts(word), *self.related(word)}

    def _expanded(self, prefix: Prefix) -> set[str]:
        """The terms of the words that begin so, those of most documents if they are many; and its own."""
        found = {term for word, terms in self.begun.items() if word.startswith(prefix.prefix) for term in terms}
        most = sorted(found, key=lambda term: (-len(self.counts.get(term, ())), term))
        return {*most[: lookup.MAX_EXPANSION], prefix.term}

    def _are_near(self, n: int, parts: list[str]) -> bool:
        return all(self.distance(n, {a}, {b}) <= lookup.NEAR for a, b in pairwise(parts))

    def clause(self, clause: Clause) -> Found:
        match clause:
            case AnyOf(alternatives):
                return best([self.clause(one) for one in alternatives])
            case Named(ways, meanings):
                return self._named(ways, meanings)
            case Said(words):
                return self._said(words)
            case Titled(words):
                return self.find(words, in_title=True)
            case _:
                return self.find(clause)

    def _named(self, ways: tuple[tuple[Word | Phrase, ...], ...], meanings: tuple[Meaning, ...]) -> Found:
        """A name scores as one word would that is as rare as what it finds."""
        written = [all_of([self.find(words) for words in way]) for way in ways]
        meant = {n for n in self.all if any(self._means(n, meaning) for meaning in meanings)}
        rarity = self.weight(len(meant.union(*written)))
        shares = [min(1.0, rarity / sum(map(self._rarity, way))) for way in ways]
        scored = [{n: score * share for n, score in way.items()} for way, share in zip(written, shares, strict=True)]
        return best([*scored, dict.fromkeys(meant, clauses.NAMED * rarity)])

    def _rarity(self, words: Word | Phrase) -> float:
        if isinstance(words, Word):
            return self.weight(len(self._word(words)))
        return sum(self.weight(len(self._term(term))) for term in set(words.terms))

    def _means(self, n: int, meaning: Meaning) -> bool:
        span = self.documents[n].annotations.span
        if (meaning.first or meaning.last) and not (span and span.overlaps(meaning.first, meaning.last)):
            return False
        return meaning.key in self._values(n, meaning.facet)

    # Quotations

    def _times(self, tokens: list[Token], words: Words) -> int:
        """How often a quotation has words; one that has all parts of a compound, once more."""
        match words:
            case Word():
                parts = self.parts(words)
                together = bool(parts) and all(any(has(t, {part}) for t in tokens) for part in parts)
                return occurrences(tokens, {words.term, *self.related(words)}) + together
            case Phrase(terms):
                return sum(1 for _ in runs(tokens, terms))
            case Prefix():
                return occurrences(tokens, self.expanded(words))

    def _said(self, words: Words) -> Found:
        times = {n: sum(self._times(tokens, words) for _, tokens in self.quotes[n]) for n in self.all}
        having = {n: count for n, count in times.items() if count}
        idf, k1 = self.weight(len(having), sum(map(bool, self.quotes))), speech.SATURATION
        return {n: idf * count * (k1 + 1) / (count + k1) for n, count in having.items()}

    def _speakers(self, n: int, clause: Clause) -> set[str]:
        """Whose words in a document are what a clause asks of quotations."""
        said = [one.words for one in alternatives(clause) if isinstance(one, Said)]
        return {s for s, tokens in self.quotes[n] if s and any(self._times(tokens, words) for words in said)}

    def _values(self, n: int, facet: str) -> set[str]:
        row = next(f for f in FACETS if f.key == facet)
        return {e.id for e in row.values(self.documents[n].release, self.documents[n].annotations)}


def best(found: Iterable[Found]) -> Found:
    highest: Found = {}
    for one in found:
        for n, score in one.items():
            highest[n] = max(score, highest.get(n, score))
    return highest


def all_of(found: list[Found]) -> Found:
    return {n: sum(one[n] for one in found) for n in found[0] if all(n in one for one in found)}


def alternatives(clause: Clause) -> tuple[Clause, ...]:
    return clause.alternatives if isinstance(clause, AnyOf) else (clause,)


def asks_for_speech(clause: Clause) -> bool:
    return any(isinstance(one, Said) for one in alternatives(clause))
