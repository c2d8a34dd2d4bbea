"""The engine with one thing changed, over a generation that is open: no index is built anew.

A variant is a context. Inside it functions or constants are patched, and what the arrays hold is derived again from
what the releases say when the change is one of words or weights.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from unittest import mock

import numpy as np

from index.arrays import terms
from index.arrays.inverted import GAP, invert
from index.arrays.made import Arrays
from index.arrays.terms import WordTerms
from index.arrays.weights import Weights
from index.swedish import analysis, stems
from index.swedish.lexicon import Lexicon
from search import language, naming
from search.common.forms import Forms
from search.common.understanding import understand
from search.evaluation import LOOKED_AT
from search.local import clauses, lookup, matching, ordering
from search.local.facets import filtered
from search.local.lookup import Lookup
from search.local.matching import Matches
from search.local.reading import LocalReader
from search.local.snapshot import Snapshot
from search.local.speech import Speech
from search.naming import NameBook
from search.query import Filters, Query

PRESS_RELEASES = Filters.of(type=["pressmeddelande"])
_UNWEIGHED = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Variant:
    """What is changed: ``patches`` are objects, their attributes and what these become.

    ``anew`` says that the change is one of terms, so that the lexicon is learnt and everything derived anew under it.
    """

    name: str
    patches: tuple[tuple[Any, str, Any], ...] = ()
    weights: Weights | None = None
    anew: bool = False

    @contextmanager
    def of(self, snapshot: Snapshot) -> Iterator[Snapshot]:
        """The snapshot with the change, while in the context."""
        with ExitStack() as stack:
            for patch in self.patches:
                stack.enter_context(mock.patch.object(*patch))
            if self.anew:
                _forget()
                stack.callback(_forget)
            yield self._changed(snapshot)

    def _changed(self, snapshot: Snapshot) -> Snapshot:
        if self.anew:
            return _with_arrays(snapshot, Arrays.of(snapshot.arrays.documents))
        if self.weights:
            return _with_arrays(snapshot, _weighed(snapshot.arrays, self.weights))
        return _with_arrays(snapshot, snapshot.arrays)


def _forget() -> None:
    """Forget every term that was remembered."""
    for remembering in (stems.term_of, analysis.stopwords, language.typed_words, naming.meaningful):
        remembering.cache_clear()


def _weighed(arrays: Arrays, weights: Weights) -> Arrays:
    its = arrays.inverted
    words = WordTerms(its.terms, its.word_text, its.word_parts)
    return replace(arrays, inverted=invert(arrays.documents, words, weights))


def _with_arrays(snapshot: Snapshot, arrays: Arrays) -> Snapshot:
    """A copy of a snapshot over other arrays of the same releases."""
    other = copy(snapshot)
    for name, value in vars(Snapshot).items():
        if isinstance(value, cached_property):
            vars(other).pop(name, None)
    other.arrays, other._names_found = arrays, {}
    other.names = NameBook.of({key: values.names for key, values in snapshot.facets.items()})
    other.lookup = Lookup(arrays)
    other.speech = Speech(arrays, other.lookup)
    return other


def scores(snapshot: Snapshot, text: str) -> dict[str, float]:
    """The press releases that the engine finds for ``text`` and their scores, in its order: the first LOOKED_AT."""
    query = Query(text, PRESS_RELEASES)
    understood = understand(LocalReader(snapshot), query)
    kept = filtered(snapshot, query, understood.found).kept
    best = ordering.ordered(snapshot, understood.tree, understood.found, kept, query.sort, LOOKED_AT)
    ids = snapshot.arrays.documents.ids
    return {ids[n]: float(score) for n, score in zip(best.documents.tolist(), best.scores, strict=True)}


def _without_parts(self: Lookup, term: str, typed: str) -> Forms:
    related = [self.number(one) for one in self._lexicon.related(term)]
    return Forms(self.number(term), (), tuple(number for number in related if number >= 0))


def _as_if_complete(ordered: Callable[..., Any]) -> Callable[..., Any]:
    def all_alike(snapshot: Snapshot, tree: Any, found: Matches, *rest: Any) -> Any:
        return ordered(snapshot, tree, replace(found, complete=np.ones_like(found.complete)), *rest)

    return all_alike


def ablations() -> tuple[Variant, ...]:
    """The engine without each of its parts."""
    no_word: Callable[..., str] = lambda word: ""  # noqa: E731
    same: Callable[..., Any] = lambda word, *_: word  # noqa: E731
    none: Callable[..., tuple[str, ...]] = lambda *_: ()  # noqa: E731
    return (
        Variant(
            "plain Snowball stems",
            ((stems, "_known", no_word), (stems, "_stem", same), (stems, "_DERIVED", ())),
            anew=True,
        ),
        Variant("no exceptions (stems.csv)", ((stems, "_known", no_word),), anew=True),
        Variant("no parts of compounds in the releases", ((terms, "part_terms", none),), anew=True),
        Variant("no parts of compounds in the query", ((Lookup, "_forms", _without_parts),)),
        Variant(
            "no compounds at all",
            ((terms, "part_terms", none), (Lookup, "_forms", _without_parts)),
            anew=True,
        ),
        Variant("elliptic compounds as written", ((terms, "completed", same),), anew=True),
        Variant("parts of a compound however far apart", ((lookup, "NEAR", GAP),)),
        Variant("no verbs of nouns", ((Lexicon, "related", none),)),
        Variant("no names", ((NameBook, "read", lambda self, tree: tree),)),
        Variant("names score as all their words", ((clauses, "_rarity", lambda *_: 1e-9),)),
        Variant("fields weigh the same", weights=Weights(fields=_UNWEIGHED)),
        Variant("words however far apart", ((ordering, "NEARNESS", 0.0),)),
        Variant("no loss for a bare title", weights=Weights(bare=0.0)),
        Variant("no gain for the recent", weights=Weights(recent=0.0)),
        Variant("all words not before some", ((ordering, "ordered", _as_if_complete(ordering.ordered)),)),
        Variant("shares by number of words", ((matching, "weight_of", lambda *_: 1.0),)),
        Variant("some words only when none has all", ((matching, "FEW", 1),)),
    )
