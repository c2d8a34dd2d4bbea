"""The releases of a minister, a department or an agency: when they came, what they are about, who is in them.

The cluster proposes the words, by chi-squared; their weights are worked out here (:mod:`search.common.typical`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

import numpy as np

from index.annotations import DateSpan, Entity
from index.facts import Facts
from index.opensearch.shown import Shown
from search.common.people import body_terms, name_terms
from search.common.typical import MIN_RELEASES, READ, WITHIN, can_be_shown, weighed
from search.opensearch.asking import Asking, Dsl, all_of
from search.opensearch.hits import FETCHED, shown_of
from search.opensearch.similar import hits
from search.opensearch.vocabulary import Vocabulary
from search.page import FacetValue
from search.profile import MOST_TOGETHER, SHORT, TOGETHER, Profile, TypicalWord, names_of, require_profiled

_PROPOSED = 5000  # words, of which some are names and others are not typical enough
_SHORTS = 20_000  # different spans; there are fewer days


def profile_of(vocabulary: Vocabulary, asking: Asking, facet: str, key: str, size: int) -> Profile | None:
    """The profile of a facet's value, with ``size`` words; None when no release has it.

    Raises :class:`ValueError` for a facet without profiles.
    """
    require_profiled(facet)
    own = {"term": {facet: key}}
    found = asking.aggregated(_asked(), own)
    releases = found["releases"]["doc_count"]
    if not releases:
        return None
    entity = Entity(key, vocabulary.facets[facet].label(key))
    first, last = _ends(asking, own, [row["key"] for row in found["days"]["buckets"]])
    together = {name: _most(vocabulary, name, found[name]["buckets"], facet, key) for name in TOGETHER}
    words = _words(vocabulary, asking, own, found["words"]["buckets"], releases, names_of(facet, entity), size)
    return Profile(facet, entity, releases, first, last, tuple(words), together)


def _asked() -> Dsl:
    proposed = {"field": "written", "size": _PROPOSED, "min_doc_count": MIN_RELEASES, "chi_square": {}}
    return {
        "releases": {"filter": {"match_all": {}}},
        "days": {"terms": {"field": "days", "size": _SHORTS}},
        "words": {"significant_terms": proposed},
        **{facet: {"terms": {"field": facet, "size": MOST_TOGETHER * 4}} for facet in TOGETHER},
    }


def _ends(asking: Asking, own: Dsl, days: list[str]) -> tuple[DateSpan | None, DateSpan | None]:
    """The spans of the earliest and the latest of the releases whose spans are no longer than a month."""
    spans = [tuple(map(int, one.split())) for one in days]
    short = [(first, last) for first, last in spans if last - first < SHORT]
    if not short:
        return None, None
    ends = min(short), max(short, key=lambda span: (span[1], span[0]))
    bodies = [
        {"size": 1, "query": all_of([own, {"term": {"days": f"{first} {last}"}}]), **FETCHED} for first, last in ends
    ]
    facts = (shown_of(hits(answer)[0]).facts for answer in asking.several(bodies))
    earliest, latest = (Facts.from_json(one.encode()).span for one in facts)
    return earliest, latest


def _most(vocabulary: Vocabulary, name: str, buckets: list[Dsl], facet: str, key: str) -> tuple[FacetValue, ...]:
    """The values that most of the releases have, but for the one that they are of."""
    values = vocabulary.facets[name]
    counts = {row["key"]: row["doc_count"] for row in buckets if (name, row["key"]) != (facet, key)}
    best = sorted(counts, key=lambda one: (-counts[one], values.label(one)))[:MOST_TOGETHER]
    return tuple(FacetValue(one, values.label(one), counts[one]) for one in best)


def _words(
    vocabulary: Vocabulary,
    asking: Asking,
    own: Dsl,
    buckets: list[Dsl],
    releases: int,
    names: tuple[str, ...],
    size: int,
) -> Iterator[TypicalWord]:
    terms = [row["key"] for row in buckets]
    here, every = (np.array([row[name] for row in buckets], np.int64) for name in ("doc_count", "bg_count"))
    best = weighed(here, every, releases, vocabulary.totals.releases)
    without = vocabulary.people | body_terms() | {term for name in names for term in name_terms(name)}
    known = vocabulary.words_of
    typical = (
        (terms[n], known[terms[n]], int(here[n]), weight)
        for n, weight in best.items()
        if terms[n] not in without and terms[n] in known
    )
    # What is joined by hyphens is shown once, as a whole: its own term comes first.
    shown = [row for row in typical if vocabulary.book.of(row[1]).written[0] == row[0] and can_be_shown(row[1])][:size]
    written = _as_written(asking, own, {word: term for term, word, _, _ in shown})
    return (TypicalWord(written[word], count, round(weight, 2)) for _, word, count, weight in shown)


def _as_written(asking: Asking, own: Dsl, words: Mapping[str, str]) -> dict[str, str]:
    """Words with their capitals and accents, as most of a few of the releases have them in their running text."""
    bodies = [
        {
            "size": 2 * READ,
            "query": all_of([own, {"term": {"words": word}}]),
            **FETCHED,
        }
        for word in words
    ]
    answers = asking.several(bodies) if bodies else []
    return {word: _written(word, answer) for word, answer in zip(words, answers, strict=True)}


def _written(word: str, answer: Dsl) -> str:
    found = (_written_in(word, shown_of(hit)) for hit in hits(answer))
    written = Counter(islice((text for text in found if text), READ))
    return written.most_common(1)[0][0] if written else word


def _written_in(word: str, shown: Shown) -> str:
    """A word as a text has it, where no sentence begins; empty when it is nowhere there."""
    different, numbers, begins, lengths = shown.text_words
    number = different.index(word) if word in different else -1
    for one, begin, length in zip(numbers, begins, lengths, strict=True):
        if one == number and shown.text[max(0, begin - 2) : begin].endswith(WITHIN):
            return shown.text[begin : begin + length]
    return ""
