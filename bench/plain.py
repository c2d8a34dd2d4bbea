"""The peers' job done by our kernels: all words, by stems; hit count, top 20, facets by year, minister and agency."""

import numpy as np

from bench.faceted.common import SIZE
from index.arrays.documents import value_name
from index.arrays.made import Arrays
from index.arrays.ragged import Ragged
from index.swedish.analysis import stopwords, terms
from index.swedish.lexicon import Lexicon
from index.text import fold
from search.local import LocalEngine
from search.local.lookup import Lookup
from search.local.scored import all_of

_NO_COMPOUNDS = Lexicon({}, frozenset(), frozenset(), frozenset(), {}, {})
_FACETS = ("year", "minister", "agency")


class Plain:
    """Searches arrays without compounds, made of the documents of an engine."""

    def __init__(self, engine: LocalEngine) -> None:
        documents = engine._now().arrays.documents
        arrays = Arrays.of(documents, _NO_COMPOUNDS)
        self._lookup = Lookup(arrays)
        names = list(arrays.documents.names)
        counted = np.array([name.startswith(tuple(value_name(f, "") for f in _FACETS)) for name in names])
        values = arrays.documents.values
        rows = [row[counted[row]].tolist() for row in (values[n] for n in range(len(values)))]
        self._values, self._width = Ragged.of(rows), len(names)

    def ask(self, text: str) -> tuple[int, list[int], list[tuple[int, int]]]:
        """The number of hits, the best twenty, and how many have each facet value."""
        asked = {t.term: None for t in terms(text) if fold(text[t.start : t.end]) not in stopwords()}
        found = all_of([self._lookup.term(self._lookup.number(term)) for term in asked]) if asked else None
        if found is None or not len(found.documents):
            return 0, [], []
        scores = found.scores
        best = np.argpartition(-scores, SIZE)[:SIZE] if len(scores) > SIZE else np.arange(len(scores))
        best = best[np.argsort(-scores[best])]
        counts = np.bincount(self._values.gather(found.documents)[0], minlength=self._width)
        values = counts.nonzero()[0]
        counted = list(zip(values.tolist(), counts[values].tolist(), strict=True))
        return len(scores), found.documents[best].tolist(), counted
