"""What there is to learn about compounds: forms that begin one, words that take no part in one, nouns of verbs.

What the dictionary and the releases can't tell is data: ``data/compounds.csv``.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from index.swedish.dictionary import Dictionary
from index.swedish.stems import term_of
from index.text import fold

SHORTEST, LONGEST = 3, 60  # letters: of a part, and of a word that is tried at all
MOST_PARTS = 5
# Parts of two letters that mean something of their own. They only stand first.
SHORT_PARTS = frozenset({"el", "eu", "fn", "it", "tv", "ai", "öl", "id"})
# A word that the dictionary does not let begin compounds does so when it stands before so many known words.
LEAST_COMPANY, LEAST_LETTERS = 3, 4
# Words of these builds always take an s before another: "återvandring" is "återvandrings".
WITH_S = ("ing", "tion", "sion", "het", "skap", "dom", "itet", "nad")
_NOUN_ENDINGS = ("ing", "ning", "ande")
# A noun with such an ending belongs to a verb when the releases have the verb's infinitive and another form of it.
_VERB_FORMS = ("ar", "er", "as", "s", "ade", "te", "de", "at", "t", "ats", "ts", "des", "tes")


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, str], ...]:
    lines = files("index").joinpath("data/compounds.csv").read_text(encoding="utf-8").splitlines()
    return tuple((row["kind"], fold(row["word"])) for row in csv.DictReader(lines))


@lru_cache(maxsize=2)
def never(place: str) -> frozenset[str]:
    """Words that never ``start`` or ``end`` a compound: prefixes, particles, derivation, coincidences."""
    return frozenset(word for kind, word in _rows() if kind in (f"no {place}", "no part"))


def wholes() -> frozenset[str]:
    """Terms of words that look like compounds and are none."""
    return frozenset(term_of(word) for kind, word in _rows() if kind == "whole")


@dataclass(frozen=True, slots=True)
class Joining:
    """Forms that may begin a compound, and the word of each.

    ``known`` are those that the dictionary and the project's data give; ``with_s`` those of them that are no word, and
    that end in an s which is a link when the releases have the word before it.
    """

    known: Mapping[str, str]
    with_s: frozenset[str]

    @classmethod
    def of(cls, words: Dictionary, ends: Set[str]) -> "Joining":
        """Those of a dictionary. ``ends`` are the words that may end a compound."""
        barred = never("start")
        given = {
            form: base
            for form, base in words.joining.items()
            if len(form) >= SHORTEST and form not in barred and base not in barred
        }
        listed = {form: form for form in SHORT_PARTS} | _listed()
        with_s = {form for form, base in given.items() if form == base and form[-1] == "s" and form not in ends}
        return cls(given | listed, frozenset(with_s - listed.keys()))

    def own(self, word_counts: Mapping[str, int], ends: Set[str], ending: Set[str]) -> dict[str, str]:
        """The forms that the words of the releases add or give another word. ``ending``: the terms of ``ends``."""
        barred = never("start")
        linked = {f"{word}s": word for word in word_counts if word.endswith(WITH_S) and len(word) > SHORTEST + 3}
        keeping = _own(word_counts, self.known, ending)
        keeping = {word for word in keeping if word not in barred and (word in ends or term_of(word) not in ending)}
        added = linked | {word: word for word in keeping}
        changed = {form: word for word in word_counts if (form := f"{word}s") in self.with_s}
        return {form: base for form, base in added.items() if form not in self.known} | changed


def _listed() -> dict[str, str]:
    """Forms that begin compounds and are neither in the dictionary nor made by a rule: "gatu", of "gata"."""
    return dict(word.split() for kind, word in _rows() if kind == "joins")


def _own(word_counts: Mapping[str, int], found: Mapping[str, str], ending: Set[str]) -> set[str]:
    """Words of the releases that begin compounds although the dictionary does not say so ("nato")."""
    company = Counter[str]()
    for word in filter(str.isalpha, word_counts):
        for at in range(LEAST_LETTERS, len(word) - LEAST_LETTERS + 1):
            begin, end = word[:at], word[at:]
            if begin in word_counts and begin not in found and begin[-1] != "s" and end in word_counts:
                company[begin] += term_of(end) in ending and end not in never("end")
    return {word for word, n in company.items() if n >= LEAST_COMPANY}


def kin(word_counts: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """Terms of nouns in -ing and -ande and of their verbs, each to the others: "sänkning" and "sänka"."""
    found: dict[str, set[str]] = defaultdict(set)
    for noun in word_counts:
        if noun.endswith(_NOUN_ENDINGS) and noun.isalpha() and (verb := _verb_of(noun, word_counts)):
            found[term_of(noun)].add(term_of(verb))
            found[term_of(verb)].add(term_of(noun))
    return {term: tuple(sorted(terms - {term})) for term, terms in sorted(found.items()) if terms - {term}}


def _verb_of(noun: str, word_counts: Mapping[str, int]) -> str:
    for ending in _NOUN_ENDINGS:
        root = noun.removesuffix(ending)
        if root != noun and len(root) >= SHORTEST and _is_verb(root, word_counts):
            return f"{root}a"
    return ""


def _is_verb(root: str, word_counts: Mapping[str, int]) -> bool:
    infinitive = word_counts.get(f"{root}a", 0)
    # "landa" is a verb, but "land" is mostly something else: they have one term.
    return infinitive > word_counts.get(root, 0) and any(f"{root}{form}" in word_counts for form in _VERB_FORMS)
