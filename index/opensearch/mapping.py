"""What an index in the cluster looks like: how texts are taken apart, how they are scored, and every field."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.arrays.line import GAP
from index.arrays.weights import DEFAULT, Weights
from index.facets import FACETS
from index.fingerprint import fingerprint

FORMAT = 1
_SHAPING = ("mapping.py", "shown.py", "sources.py", "versions.py")  # of this folder: what is sent
SCALE = 100
"""BM25F's weight of a term in a release is sent as a whole number of hundredths: as how often the release has it."""
PART = "~"
"""Stands before a term that is there only as a part of a compound. No term of a word begins so."""
LONGEST = 1000
"""Letters. What is longer is no word, and not sent."""

_KEYWORD = {"type": "keyword"}
_FOUND_ONLY = {"type": "keyword", "doc_values": False}
_PLACED = {"type": "text", "analyzer": "placed", "norms": False, "index_options": "positions"}
_KEPT = {"type": "object", "enabled": False}
_NUMBER = {"type": "integer"}
NOT_KEPT = (
    "places",
    "title",
    "title_terms",
    "lead_terms",
    "lead_words",
    "words",
    "written",
    "parts",
    "quotes.said",
    "shown",
)
"""Fields that are looked in and never read. The server keeps the others as they were sent."""


@lru_cache(maxsize=1)
def cluster_fingerprint() -> str:
    """A hash of all that shapes an index besides the releases: see :func:`index.fingerprint.fingerprint`."""
    digest = hashlib.sha256(fingerprint().encode())
    for name in _SHAPING:
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()[:16]


def settings(shards: int, replicas: int, weights: Weights = DEFAULT) -> dict[str, Any]:
    """The settings of an index.

    Terms are parted by spaces: ``weighed`` ones bring their number, ``placed`` ones that are parted by bars stand at
    one place. The score of a term is BM25's with the weight that was sent: idf × w / (w + k1).
    """
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",  # nothing is seen before all of it is there
        # How long the version of what was erased is remembered, so that a late message does not bring it back.
        "gc_deletes": "1d",
        "unassigned.node_left.delayed_timeout": "30s",
        "analysis": {
            "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": 20 * LONGEST}},
            "filter": {
                "weight": {"type": "delimited_term_freq", "delimiter": "|"},
                "beside": {"type": "pattern_capture", "preserve_original": False, "patterns": ["([^|]+)"]},
            },
            "analyzer": {
                "weighed": {"tokenizer": "spaces", "filter": ["weight"]},
                "placed": {"tokenizer": "spaces", "filter": ["beside"]},
            },
        },
        "similarity": {"saturated": {"type": "BM25", "k1": weights.saturation * SCALE, "b": 0.0}},
    }


def mapping(meta: dict[str, Any]) -> dict[str, Any]:
    """The fields of an index, about which ``meta`` tells.

    ``terms`` are scored. ``places`` and ``title`` hold terms where they stand, ``title_terms`` and ``lead_terms`` those
    that are there at all, ``lead_words`` words of title and lead as they are written. ``words``, ``written`` and
    ``parts`` are counted: words, terms of words, and terms of their parts. ``labels`` are facet values and their names.
    ``span`` is the time of publication, ``first`` and ``last`` its days as ordinals, ``days`` both as one word,
    ``middle`` twice its middle. ``bare`` is what a release is worth by its length. ``shown``, ``document`` and
    ``earlier`` are only given back.
    """
    return {
        "dynamic": "strict",
        "_meta": meta,
        "_source": {"excludes": list(NOT_KEPT)},
        "properties": {
            "id": _KEYWORD,
            "heading": {"type": "keyword", "index": False},
            "digest": {"type": "keyword", "index": False},
            **{facet.key: _KEYWORD for facet in FACETS},
            "labels": _KEYWORD,
            "span": {"type": "date_range", "format": "strict_date"},
            "first": _NUMBER,
            "last": _NUMBER,
            "middle": _NUMBER,
            "days": _KEYWORD,
            "bare": {"type": "float", "index": False},
            "terms": {
                "type": "text",
                "analyzer": "weighed",
                "similarity": "saturated",
                "norms": False,
                "index_options": "freqs",
            },
            "places": {**_PLACED, "position_increment_gap": GAP},
            "title": _PLACED,
            "title_terms": _FOUND_ONLY,
            "lead_terms": _FOUND_ONLY,
            "lead_words": _FOUND_ONLY,
            "words": _KEYWORD,
            "written": _KEYWORD,
            "parts": _KEYWORD,
            "quotes": {"type": "nested", "properties": {"speaker": _KEYWORD, "said": _PLACED}},
            "shown": {"type": "binary", "doc_values": True},
            "document": _KEPT,
            "earlier": _KEPT,
        },
    }


ABOUT: dict[str, Any] = {"dynamic": False, "properties": {}}
"""The fields of the index beside it, which holds what is known of all releases together: none is looked in."""
