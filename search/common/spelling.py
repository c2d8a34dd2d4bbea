"""Other spellings of a word: the same letters with å, ä and ö, and what is a typing error or two away.

The words of the releases are grouped by length, each with the set of its letters as bits. An edit changes the length
by one at most and that set by two bits at most, which leaves few words to measure; a deletion neighbourhood
(SymSpell, Garbe 2012) would answer faster, but holds twenty entries a word, for what is asked only of words that
occur nowhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from index.swedish.analysis import words
from index.text import fold

MIN_LETTERS = 4  # shorter words are only given their dots
TWO_ERRORS_FROM = 8  # letters
MIN_RELEASES = 2  # what stands in a single release is more often misspelt than worth suggesting

_DOTLESS = str.maketrans("åäö", "aao")


def dotless(word: str) -> str:
    """``word`` folded, without the dots and rings of Swedish letters: ``"Stöd"`` becomes ``"stod"``."""
    return fold(word).translate(_DOTLESS)


class Speller:
    """Corrections from words, of letters alone, and the number of releases that have each.

    Every query looks its words up here, and what is looked at counts a reference in memory that workers then no longer
    share. So how words without dots are written is one string for each, and nothing where it is that word.
    """

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._frequencies = frequencies
        written: dict[str, str] = {}
        for word in sorted(frequencies, key=lambda w: (-frequencies[w], w)):
            plain = _plain(word)
            written[plain] = f"{written[plain]} {word}" if plain in written else word
        self._written = {plain: words for plain, words in written.items() if words != plain}

    def _writings(self, plain: str) -> list[str]:
        """The words that are this one without dots, most common first."""
        words = self._written.get(plain)
        return words.split() if words else [plain] if plain in self._frequencies else []

    @cached_property
    def _by_length(self) -> dict[int, list[tuple[int, str]]]:
        """The words without dots by their length, with their letters; made for the first word that occurs nowhere."""
        found: dict[int, list[tuple[int, str]]] = {}
        for plain in dict.fromkeys(map(_plain, self._frequencies)):
            found.setdefault(len(plain), []).append((_letters(plain), plain))
        return found

    def frequency(self, word: str) -> int:
        """The number of releases that have ``word`` as it is written."""
        return self._frequencies.get(fold(word), 0)

    def dotted(self, word: str) -> list[str]:
        """Words that differ from ``word`` in dots and rings alone, most common first."""
        folded = fold(word)
        return [other for other in self._writings(_plain(folded)) if other != folded]

    def corrections(self, word: str) -> Iterator[str]:
        """Words that may have been meant by ``word``: nearest first, of equals the most common.

        A missing dot is less than an error between words, and one more error between those that have errors.
        """
        yield from self.dotted(word)
        plain = dotless(word)
        if len(plain) < MIN_LETTERS:
            return
        for errors in (1, 2) if len(plain) >= TWO_ERRORS_FROM else (1,):
            yield from self._ranked(fold(word), self._near(plain, errors))

    def _ranked(self, typed: str, plain_words: Iterable[str]) -> list[str]:
        found = [word for plain in plain_words for word in self._writings(plain)]
        return sorted(found, key=lambda word: (distance(typed, word), -self._frequencies[word], word))

    def _near(self, plain: str, errors: int) -> list[str]:
        letters = _letters(plain)
        return [
            other
            for length in range(len(plain) - errors, len(plain) + errors + 1)
            for bits, other in self._by_length.get(length, ())
            if (bits ^ letters).bit_count() <= 2 * errors and distance(plain, other, errors) == errors
        ]


def speller_of(written: Iterable[tuple[str, int]], names: Iterable[Iterable[str]]) -> Speller:
    """What corrects to words of which it is said in how many releases they are ``written``, and to those of names."""
    known = (fold(word.text) for one in names for name in one for word in words(name))
    frequencies = {w: n for w, n in written if n >= MIN_RELEASES and len(w) > 1 and w.isalpha()}
    return Speller(dict.fromkeys((name for name in known if name.isalpha()), 1) | frequencies)


def _plain(folded: str) -> str:
    """A folded word without dots and rings: the same object where it has none."""
    return folded if folded.isascii() else folded.translate(_DOTLESS)


def _letters(plain: str) -> int:
    bits = 0
    for letter in plain:
        bits |= 1 << (ord(letter) & 31)
    return bits


def distance(one: str, other: str, most: int | None = None) -> int:
    """The typing errors between two words: letters put in, left out, mistaken, or swapped with the next.

    Of words that are more than ``most`` apart it is only found out that they are: some number above ``most``.
    Optimal string alignment, the restricted form of Damerau's distance (1964).
    """
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if most is not None and min(row) > most:  # no later row can have less, a swap included
            break
    return row[-1]
