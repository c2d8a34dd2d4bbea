"""What a list of hits shows of a release, packed into one value, so that the cluster hands it out without a detour.

The server keeps a document's source in blocks with those of others and unpacks these for every hit; a value of its own
it only copies (``python -m bench.scale_out`` measures a search with its hits).
"""

import base64
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import orjson

from index.annotations import Entity

_PADDING = "=="  # which the server leaves out, and which may be too much
_LEVEL = 6  # of zlib: packed once, unpacked by every search


class Read(NamedTuple):
    """The words of a text (keys, see :mod:`index.arrays.tokens`), and where each begins and ends in it."""

    words: Sequence[str]
    begins: Sequence[int]
    ends: Sequence[int]


class ToldText(NamedTuple):
    """A text's different words, the number of each word among them, where each begins, and its length."""

    different: list[str]
    numbers: list[int]
    begins: list[int]
    lengths: list[int]


@dataclass(frozen=True, slots=True)
class Shown:
    """The facts (:func:`index.facts.facts_json`), the running text, who said what, and the words of title and text."""

    facts: str
    text: str
    quoted: list[tuple[Entity | None, str]]
    title_words: ToldText
    text_words: ToldText


def packed(facts: bytes, text: str, quoted: Sequence[tuple[Entity | None, str]], title: Read, words: Read) -> str:
    """All of it in one value; :func:`unpacked` is the inverse."""
    said = [(speaker and (speaker.id, speaker.name), told) for speaker, told in quoted]
    told = orjson.dumps([facts.decode(), text, said, _told(title), _told(words)])
    return base64.b64encode(zlib.compress(told, _LEVEL)).decode()


def _told(read: Read) -> list[Any]:
    numbers = {word: number for number, word in enumerate(dict.fromkeys(read.words))}
    steps = [after - before for before, after in pairwise((0, *read.begins))]  # small numbers take little room
    lengths = [end - begin for begin, end in zip(read.begins, read.ends, strict=True)]
    return [list(numbers), [numbers[word] for word in read.words], steps, lengths]


def unpacked(value: str) -> Shown:
    """What :func:`packed` was given."""
    facts, text, said, title, words = orjson.loads(zlib.decompress(base64.b64decode(value + _PADDING)))
    quoted = [(Entity(*speaker) if speaker else None, told) for speaker, told in said]
    return Shown(facts, text, quoted, _read(title), _read(words))


def _read(told: list[Any]) -> ToldText:
    different, numbers, steps, lengths = told
    return ToldText(different, numbers, list(accumulate(steps)), lengths)
