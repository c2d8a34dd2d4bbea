"""The press releases as OpenSearch indexes them by its own Swedish analysis, told what our tables tell us.

Stop words, stem exceptions, names that stand for each other, and the words that compounds are taken apart by are ours;
the taking apart, the stemming and the scoring are the server's. Its other filter for compounds wants a file of
hyphenation patterns on every node, which the server does not bring.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import orjson
import snowballstemmer

from index.annotate.tables import Tables
from index.document import Document
from index.facets import FACETS
from index.opensearch.connection import Connection, translated
from index.swedish.analysis import stopwords
from index.swedish.dictionary import installed
from index.swedish.lexicon import Lexicon
from index.swedish.stems import term_of
from index.synonyms import synonyms
from search.evaluation import LOOKED_AT, Rank

FIELDS = ("title", "summary", "body")
_ACCENTS = {"é": "e", "è": "e", "ê": "e", "á": "a", "à": "a", "ü": "u", "ñ": "n", "ç": "c", "ø": "ö", "æ": "ä"}
_GENITIVE = r"(?<=\p{L}\p{L}):(?:s|n|ns|t|ts|et|en|er|ar|are|arna|erna|or|orna|a|e)\b"
_STEMMER = snowballstemmer.stemmer("swedish")
_SHORTEST = 3  # letters of a part
SHOWN = 20  # hits of a page
_VALUES = 1000  # of a facet
_SENT = 500  # releases of one request
_SLOW = 300.0  # seconds

Dsl = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Way:
    """How the server is asked: by ``multi_match`` over title, lead and body.

    ``least`` is its ``minimum_should_match``. ``parts`` is what the parts of the query's compounds weigh next to its
    words; 0: they are not looked for. ``phrase`` is the weight of all words near each other, ``every`` that of a
    release that has them all.
    """

    name: str
    type: str = "cross_fields"
    least: str = "1"
    boosts: tuple[float, float, float] = (3.0, 1.5, 1.0)
    parts: float = 0.0
    phrase: float = 1.0
    slop: int = 5
    every: float = 0.0

    def query(self, text: str) -> Dsl:
        """What the server is asked for a text."""
        found = [self._words(text, least=self.least)]
        if self.parts:
            found.append(self._words(text, least=self.least, analyzer="asked_split", boost=self.parts))
        also = [self._words(text, least="100%", boost=self.every)] if self.every else []
        if self.phrase:
            also.append(self._words(text, type="phrase", slop=self.slop, boost=self.phrase))
        any_of = {"bool": {"should": found, "minimum_should_match": 1}}
        return {"bool": {"must": [any_of], "should": also, "filter": [_PRESS_RELEASES]}}

    def _words(self, text: str, least: str = "", analyzer: str = "asked", **told: Any) -> Dsl:
        fields = [f"{name}^{boost}" for name, boost in zip(FIELDS, self.boosts, strict=True)]
        asked = {"query": text, "fields": fields, "analyzer": analyzer, "type": self.type, **told}
        return {"multi_match": asked | ({"minimum_should_match": least} if least else {})}


_PRESS_RELEASES = {"term": {"type": "pressmeddelande"}}
WAYS: tuple[Way, ...] = (
    Way("every word", least="100%"),
    Way("any word"),
    Way("any word, parts of compounds", parts=1.0),
    Way("any word, parts of compounds, all words before some", parts=1.0, every=1.0),
    Way("65 % of the words, parts of compounds, all words before some", least="2<65%", parts=0.5, every=1.0),
    Way("best_fields, any word, parts of compounds, all words before some", "best_fields", parts=1.0, every=1.0),
)


def settings(lexicon: Lexicon) -> Dsl:
    """The settings of an index: how texts and queries are taken apart."""
    ends = ["overrides", "swedish"]
    filters = {
        "stopped": {"type": "stop", "stopwords": sorted(stopwords())},
        "names": {"type": "synonym_graph", "synonyms": list(rules()), "lenient": True},
        "parts": {
            "type": "dictionary_decompounder",
            "word_list": word_list(lexicon),
            "min_subword_size": _SHORTEST,
            "only_longest_match": False,
        },
        "overrides": {"type": "stemmer_override", "rules": [*exceptions(), *joined(lexicon)]},
        "swedish": {"type": "stemmer", "language": "swedish"},
        "once": {"type": "remove_duplicates"},
    }
    analyzers = {
        "read": ["lowercase", "parts", *ends, "once"],
        "asked": ["lowercase", "names", "stopped", *ends],
        "asked_split": ["lowercase", "stopped", "parts", *ends, "once"],
    }
    before = {"char_filter": ["genitive", "accents"], "tokenizer": "standard"}
    return {
        "number_of_shards": 1,
        "number_of_replicas": 0,
        "analysis": {
            "char_filter": {
                "genitive": {"type": "pattern_replace", "pattern": _GENITIVE, "replacement": ""},
                "accents": {"type": "mapping", "mappings": [f"{a} => {b}" for a, b in _ACCENTS.items()]},
            },
            "filter": filters,
            "analyzer": {name: {**before, "filter": chain} for name, chain in analyzers.items()},
        },
    }


def mapping() -> Dsl:
    """The fields of an index."""
    text = {"type": "text", "analyzer": "read", "search_analyzer": "asked"}
    facets = {facet.key: {"type": "keyword"} for facet in FACETS}
    return {"dynamic": "strict", "properties": {**facets, **dict.fromkeys(FIELDS, text)}}


def exceptions() -> Iterator[str]:
    """The lines of ``stems.csv``, of which the server knows whole words alone."""
    lines = files("index").joinpath("data/stems.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines):
        yield f"{', '.join(dict.fromkeys(row['forms'].split()))} => {row['term']}"


def joined(lexicon: Lexicon) -> Iterator[str]:
    """Forms that begin a compound, to the server's stem of the word that each is of; not those that are exceptions."""
    parted = (line.partition(" => ") for line in exceptions())
    stem_of = {form: stem for forms, _, stem in parted for form in forms.split(", ")}
    for form, base in sorted(lexicon.joining.items()):
        if form != base and form not in stem_of:
            yield f"{form} => {stem_of.get(base) or _STEMMER.stemWord(base)}"


def word_list(lexicon: Lexicon) -> list[str]:
    """What compounds are taken apart by: forms that begin one, and words that may end one and that releases have."""
    ending = {word for word in installed().ending if term_of(word) in lexicon.ending}
    return sorted(word for word in {*lexicon.joining, *ending} if len(word) >= _SHORTEST)


def rules() -> Iterator[str]:
    """Names that stand for each other, of organisations and agencies, without acronyms that mean other things too."""
    agencies = Tables.load().agencies
    groups = [*synonyms(), *((*body.names, *body.acronyms) for body in agencies)]
    for names in groups:
        sure = [name.lower() for name in names if not name.startswith("?")]
        if len(sure) > 1:
            yield ", ".join(dict.fromkeys(name.replace(",", " ") for name in sure))


class ServerAnalysis:
    """An index of documents by the server's analysis."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def make(self, documents: Sequence[Document], lexicon: Lexicon) -> None:
        """Make the index."""
        name, client = self._connection.name, self._connection.client(_SLOW)
        with translated():
            client.indices.create(index=name, body={"settings": {"index": settings(lexicon)}, "mappings": mapping()})
            for start in range(0, len(documents), _SENT):
                told = client.bulk(index=name, body=b"".join(map(_lines, documents[start : start + _SENT])))
                if told["errors"]:
                    raise SystemExit(f"the server did not take every release: {told['items'][0]}")
            client.indices.forcemerge(index=name, params={"max_num_segments": 1})
            client.indices.refresh(index=name)

    def rank(self, way: Way) -> Rank:
        """The server's order, asked one way."""
        return lambda text: self._ids({"query": way.query(text), "size": LOOKED_AT, "_source": False})

    def page(self, way: Way, text: str) -> int:
        """Have the server do as much of a page as it has ready: hits, its own snippets, every facet. How many hits."""
        shown = {"fields": {"title": {"number_of_fragments": 0}, "body": {"number_of_fragments": 1}}}
        facets = {facet.key: {"terms": {"field": facet.key, "size": _VALUES}} for facet in FACETS}
        body = {"query": way.query(text), "size": SHOWN, "track_total_hits": True, "_source": ["title"]}
        return len(self._ids({**body, "highlight": shown, "aggs": facets}))

    def _ids(self, body: Dsl) -> list[str]:
        with translated():
            found = self._connection.client().search(index=self._connection.name, body=body)
        return [hit["_id"] for hit in found["hits"]["hits"]]


def _lines(document: Document) -> bytes:
    release = document.release
    told = {name: getattr(release, name) for name in FIELDS}
    facets = {f.key: [one.id for one in f.values(release, document.annotations)] for f in FACETS}
    return orjson.dumps({"index": {"_id": release.id}}) + b"\n" + orjson.dumps(told | facets) + b"\n"
