"""Documents as numbers: which word stands where.

A *word* is a key under which all that is written alike is kept: a folded word ("myndigheten"), with its hyphens or
digits when it is joined ("a-kassa", "2017:45"), or the first half of an elliptic compound with the word that ends it
("samordnings-…energiminister"). What terms a word gives is said by :mod:`index.arrays.terms`, once for each word.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from index.arrays.files import Array, Strings, starts_of
from index.arrays.growing import Growing
from index.arrays.ragged import Ragged
from index.swedish.analysis import chunks, wholes
from index.text import fold

ELLIPSIS = "…"
_LETTERS = r"[^\W\d_]"
# "samordnings- och energiminister", "närings-, energi- och miljöpolitik"
_ELLIPTIC = re.compile(
    rf"({_LETTERS}{{2,}})-(?=(?:,? {_LETTERS}{{2,}}-)*,? (?:och|eller|samt|respektive|och/eller) ({_LETTERS}{{4,}}))"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of texts, one row for each text: their numbers, and where each begins and ends in the text."""

    words: Ragged
    begins: Array
    ends: Array

    def only(self, kept: Array) -> "Tokens":
        """The texts for which ``kept`` is true."""
        begins, ends = (Ragged(self.words.starts, column).only(kept).values for column in (self.begins, self.ends))
        return Tokens(self.words.only(kept), begins, ends)

    def with_rows(self, other: "Tokens") -> "Tokens":
        """These texts and then those of ``other``."""
        begins, ends = np.concatenate((self.begins, other.begins)), np.concatenate((self.ends, other.ends))
        return Tokens(self.words.with_rows(other.words), begins, ends)


def _elliptic(text: str) -> Iterator[tuple[int, str]]:
    """Where the first half of an elliptic compound begins, and its word."""
    for found in _ELLIPTIC.finditer(text):
        yield found.start(), f"{fold(found[1])}-{ELLIPSIS}{fold(found[2])}"  # folding would make three dots of it


class WordList:
    """Numbers for words in the order in which they are first met, after those of ``words``."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self._known = len(words)
        self.numbers = {word: number for number, word in enumerate(words)}

    def added(self) -> Strings:
        """The words that were met first here."""
        return Strings.of(islice(self.numbers, self._known, None))

    def number(self, word: str) -> int:
        """The number of a word, which it now has."""
        return self.numbers.setdefault(word, len(self.numbers))


class TextReader:
    """Reads texts word by word."""

    def __init__(self, words: WordList) -> None:
        self._list = words
        self._seen: dict[str, tuple[tuple[int, int, int], ...]] = {}

    def read(self, text: str) -> "tuple[array[int], array[int], array[int]]":
        """The numbers of a text's words, and where each begins and ends."""
        found = words, begins, ends = array("i"), array("i"), array("i")
        elliptic = dict(_elliptic(text)) if "- " in text or "-, " in text else {}
        for start, chunk in chunks(text):
            if start in elliptic:
                words.append(self._list.number(elliptic[start]))
                begins.append(start)
                ends.append(start + len(chunk))
                continue
            for number, begin, end in self._seen.get(chunk) or self._see(chunk):
                words.append(number)
                begins.append(start + begin)
                ends.append(start + end)
        return found

    def _see(self, chunk: str) -> tuple[tuple[int, int, int], ...]:
        found = tuple((self._list.number(whole.key), whole.start, whole.end) for whole in wholes(chunk))
        self._seen[chunk] = found
        return found


class Tokenizer:
    """Makes :class:`Tokens` of texts, in the order in which they are added."""

    def __init__(self, words: WordList, folder: Path | None = None) -> None:
        self._reader = TextReader(words)
        self._lengths = array("q")
        self._columns = tuple(Growing(np.int32, folder) for _ in range(3))

    def add(self, text: str) -> "array[int]":
        """Take a text in; where each of its words begins."""
        found = self._reader.read(text)
        self._lengths.append(len(found[0]))
        for column, values in zip(self._columns, found, strict=True):
            column.extend(memoryview(values).cast("B"))
        return found[1]

    def tokens(self) -> Tokens:
        """All that was added."""
        starts = starts_of(np.array(self._lengths, np.int64))
        words, begins, ends = (column.array() for column in self._columns)
        return Tokens(Ragged(starts, words), begins, ends)
