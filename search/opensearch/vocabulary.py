"""What is known of all releases of an index together: words, terms, names, titles, and how words are taken apart.

It is read once for each state of the index, and shared by the processes of a server that were forked after that.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from threading import Lock

from index.arrays.documents import value_name
from index.arrays.files import Strings
from index.facets import FACETS
from index.opensearch.catalog import Catalog
from index.opensearch.sources import BETWEEN, TermBook
from index.swedish.lexicon import Lexicon
from index.swedish.stems import term_of
from search.common.forms import Forms
from search.common.people import people_terms
from search.common.spelling import Speller, speller_of
from search.common.suggest import Completions
from search.common.values import FacetValues, ShownOrder
from search.language import parse
from search.naming import NameBook
from search.opensearch.asking import Asking
from search.query import Scope
from search.tree import Prefix, Tree, Word

MAX_EXPANSION = 50
"""So many terms of words that begin with a prefix are looked for, those in most releases first."""
_NEWEST_FIRST = [{"middle": {"order": "desc", "missing": "_last"}}, {"id": "asc"}]
_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Totals:
    """What is counted of all releases: how many there are, their first and last day, the newest, and its middle."""

    releases: int
    first: str | None
    last: str | None
    newest: str | None
    middle: int


class Vocabulary:
    """The words and names of an index. It is a :class:`search.common.forms.Lexical`."""

    def __init__(self, catalog: Catalog, asking: Asking) -> None:
        self._asking = asking
        self.lexicon: Lexicon = catalog.lexicon(asking.published)
        self.book = TermBook(self.lexicon)
        self.stand_ins = catalog.stand_ins(asking.published)
        self.totals = _totals(asking)
        self._words = dict(asking.buckets("words"))  # in order
        self._sorted = list(self._words)
        self._written = dict(asking.buckets("written"))
        parts = dict(asking.buckets("parts"))
        self._terms = {t: max(self._written.get(t, 0), parts.get(t, 0)) for t in self._written.keys() | parts.keys()}
        labels, counts = _labels(asking)
        names = Strings.of(sorted(value_name(facet, key) for facet, values in labels.items() for key in values))
        times = [counts[name] for name in names]
        self.facets = {f.key: FacetValues.of(f, names, labels[f.key], times) for f in FACETS}
        self.numbers = {name: number for number, name in enumerate(names)}
        self.shown_order = ShownOrder(self.facets, len(names))
        self.names = NameBook.of(labels)
        self.by_type = {labels["type"][key].lower(): n for key, n in self._most_common("type")}
        self.by_year = dict(sorted(self._most_common("year")))
        self._completing = Lock()
        self._kept_forms = lru_cache(maxsize=10_000)(self._forms)

    def read(self, text: str, scope: Scope = Scope.ALL) -> Tree:
        """The tree of what was typed, with the names that it holds."""
        return self.names.read(parse(text, scope))

    def _most_common(self, facet: str) -> list[tuple[str, int]]:
        values = self.facets[facet]
        return sorted(zip(values.keys, values.counts, strict=True), key=lambda row: -row[1])

    def has_term(self, term: str) -> bool:
        """Whether any release has a term, as a word or as a part of one."""
        return term in self._terms

    def frequency(self, term: str) -> int:
        """About how many releases have a term."""
        return self._terms.get(term, 0)

    def is_written(self, term: str) -> bool:
        """Whether a term is of a word that a release has, and not only of parts of words."""
        return term in self._written

    def known(self, term: str) -> str:
        """The term itself."""
        return term

    def forms(self, word: Word) -> Forms[str]:
        """The terms by which a word is found."""
        return self._kept_forms(word.term, word.typed)

    def _forms(self, term: str, typed: str) -> Forms[str]:
        parts = tuple(dict.fromkeys(map(term_of, self.lexicon.split(typed))))
        related = tuple(one for one in self.lexicon.related(term) if self.has_term(one))
        return Forms(term, parts if all(map(self.has_term, parts)) else (), related)

    def expanded(self, prefix: Prefix) -> list[str]:
        """The terms of the words that begin with a prefix, and that of its letters as a word."""
        found = {terms.written[0] for word in self.words_from(prefix.prefix) if (terms := self.book.of(word)).written}
        best = sorted(found, key=lambda term: (-self._terms.get(term, 0), term))[:MAX_EXPANSION]
        return list(dict.fromkeys((*best, *([prefix.term] if self.has_term(prefix.term) else ()))))

    def words_from(self, prefix: str) -> list[str]:
        """The words that begin with a prefix."""
        start = bisect_left(self._sorted, prefix)
        end = bisect_left(self._sorted, prefix + "\U0010ffff", start)
        return self._sorted[start:end]

    @cached_property
    def people(self) -> frozenset[str]:
        """The terms of the names and offices of ministers."""
        return people_terms(self.facets["minister"].labels)

    @cached_property
    def words_of(self) -> Mapping[str, str]:
        """For each term the word that most releases have of those that are written so; worked out when asked for."""
        found: dict[str, tuple[int, str]] = {}
        for word, count in self._words.items():
            for term in self.book.of(word).written:
                found[term] = max(found.get(term, (0, "")), (count, word), key=lambda row: row[0])
        return {term: word for term, (_, word) in found.items()}

    @cached_property
    def speller(self) -> Speller:
        """What corrects spelling."""
        return speller_of(self._words.items(), (values.names.values() for values in self.facets.values()))

    @property
    def completions(self) -> Completions:
        """What can be suggested while typing; made when it is first asked for."""
        with self._completing:
            return self._completions

    @cached_property
    def _completions(self) -> Completions:
        return Completions(list(self._titles()), self.facets)

    def _titles(self) -> Iterable[tuple[str, str]]:
        body = {
            "size": _PAGE,
            "_source": False,
            "docvalue_fields": ["heading", "id"],
            "sort": _NEWEST_FIRST,
        }
        return ((hit["fields"]["heading"][0], hit["fields"]["id"][0]) for hit in self._asking.walk(body))

    def prepare(self) -> None:
        """Make all that is otherwise made when it is first asked for."""
        list(self.speller.corrections("occurring"))
        self.completions.of("a", 1)


def _labels(asking: Asking) -> tuple[dict[str, dict[str, str]], dict[str, int]]:
    """The names of the facets' values, and how many releases have each."""
    labels: dict[str, dict[str, str]] = {facet.key: {} for facet in FACETS}
    counts: dict[str, int] = {}
    for row, count in asking.buckets("labels"):
        facet, key, name = row.split(BETWEEN)
        labels[facet][key] = name
        counts[value_name(facet, key)] = counts.get(value_name(facet, key), 0) + count
    return labels, counts


def _totals(asking: Asking) -> Totals:
    found = asking.aggregated(
        {
            "releases": {"filter": {"match_all": {}}},
            "first": {"min": {"field": "first"}},
            "newest": {"max": {"field": "first"}},
            "last": {"max": {"field": "last"}},
            "middle": {"max": {"field": "middle"}},
        }
    )
    days = {name: _day(found[name]["value"]) for name in ("first", "last", "newest")}
    return Totals(releases=found["releases"]["doc_count"], middle=int(found["middle"]["value"] or 0), **days)


def _day(ordinal: float | None) -> str | None:
    return None if ordinal is None else date.fromordinal(int(ordinal)).isoformat()
