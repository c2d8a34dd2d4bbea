"""Many names sought in a text at once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĻŃŅŇŌŐŒŘŚŞŠŤŪŮŰŲŹŻŽ"
CAPITAL = f"[{_CAPITAL}]"
_FIRST_WORD = re.compile(r"\w+")
_GENITIVE = r"(?:s|[:'’´]s)?(?!\w)"
_BLANKS_AND_HYPHENS = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found in a text from ``start`` to ``end``, with its genitive s; ``name`` is as it was given."""

    start: int
    end: int
    name: str


class NameIndex:
    """Finds names, also in the genitive: the longest name that begins at a place.

    One of ``names`` that begins with a capital is found with a capital only, else in either case; after the
    first letter case does not matter, and a hyphen may be a space. ``exact`` names (acronyms) are found as
    they are written. One pass over the text, however many names there are.
    """

    def __init__(self, names: Iterable[str], exact: Iterable[str] = ()) -> None:
        self._names: dict[str, str] = {}
        groups: dict[str, set[str]] = {}
        small = set()
        for name, pattern in [(n, _pattern(n)) for n in names] + [(n, re.escape(n)) for n in exact]:
            first = _FIRST_WORD.match(name)
            if not first:
                continue
            self._names.setdefault(_normal(name), name)
            small |= {first[0]} - {first[0].capitalize()} if name[0].islower() else set()
            # The genitive s is a part of the text's word when the name is one word.
            for word in (first[0], first[0] + "s"):
                groups.setdefault(word.casefold(), set()).add(pattern)
        self._patterns = groups
        self._groups: dict[str, re.Pattern[str]] = {}
        self._starts = _starts(small)

    def find(self, text: str) -> Iterator[Hit]:
        """Every name in ``text``, in order, without overlaps."""
        end = 0
        for word in self._starts.finditer(text):
            if word.start() < end:
                continue
            group = self._group(word[0].casefold())
            found = group.match(text, word.start()) if group else None
            if found:
                end = found.end()
                yield Hit(found.start(), end, self._names[_normal(found[1])])

    def _group(self, word: str) -> re.Pattern[str] | None:
        """What finds the names that begin with a word. It is compiled when a text first has the word."""
        if word in self._patterns and word not in self._groups:
            self._groups[word] = _any_of(self._patterns[word])
        return self._groups.get(word)


def _starts(small: Iterable[str]) -> re.Pattern[str]:
    """A word that a name may begin with: one with a capital, or one of those in lower case."""
    words = "|".join(sorted(map(re.escape, small)))
    return re.compile(rf"(?<!\w)(?:{CAPITAL}\w*" + (rf"|(?:{words})s?(?!\w))" if words else ")"))


def _pattern(name: str) -> str:
    tail = re.sub(r"(?:\\ |\s)+", "[ \n]", re.escape(name[1:])).replace(r"\-", "[- ]")
    first = re.escape(name[0])
    return rf"(?i:{first}{tail})" if name[0].islower() else rf"{first}(?i:{tail})"


def _any_of(patterns: set[str]) -> re.Pattern[str]:
    longest_first = sorted(patterns, key=lambda pattern: (-len(pattern), pattern))
    return re.compile(f"({'|'.join(longest_first)}){_GENITIVE}")


def _normal(name: str) -> str:
    return _BLANKS_AND_HYPHENS.sub(" ", name).casefold()
