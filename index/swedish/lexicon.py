"""Swedish compounds taken apart, and nouns brought together with their verbs.

The parts come from the dictionary (:mod:`index.swedish.dictionary`) and from the words of the releases; how often a
part occurs there decides between readings. A :class:`Lexicon` is learnt at a rebuild, saved in its generation and never
changed: a word is taken apart in the same way when it is indexed and when it is searched for.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import orjson

from index.errors import AnalysisError
from index.swedish import compounds, dictionary
from index.swedish.compounds import LONGEST, MOST_PARTS, SHORTEST
from index.swedish.dictionary import Dictionary
from index.swedish.stems import term_of

FORMAT = 1
# A short part is often a coincidence ("sko" in "skolan"). A word that occurs more often than its parts do is one word:
# by so many times, when its shortest part has so many letters.
BIAS = {2: 3.0, 3: 2.0, 4: 12.0}
BIAS_OF_LONG = 60.0
# The last part must be a word as it stands when it has so few letters; of longer ones, any form of a word will do.
SURE_AS_WRITTEN = 5

_VOWELS = frozenset("aeiouyåäö")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Knows the parts that words are made of. Make one with :meth:`learn` or :meth:`from_json`.

    ``joining`` maps the form of a part that others follow ("gatu") to its word ("gata"). ``ending`` holds the terms
    that may end a compound, ``known`` the short words that may, ``wholes`` the terms that are no compounds.
    ``counts`` says how often each term occurs, ``kin`` which nouns and verbs have the same sense ("sänkning", "sänka").
    """

    joining: Mapping[str, str]
    ending: frozenset[str]
    known: frozenset[str]
    wholes: frozenset[str]
    counts: Mapping[str, int]
    kin: Mapping[str, tuple[str, ...]]
    _total: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_total", math.log(sum(self.counts.values()) + 1))

    @classmethod
    def learn(cls, word_counts: Mapping[str, int]) -> "Lexicon":
        """The lexicon of releases in which these folded words occur so often (documents or places).

        Raises :class:`AnalysisError` when the dictionary is not installed.
        """
        return _learnt(word_counts, _installed())

    def split(self, word: str) -> tuple[str, ...]:
        """The words that ``word`` (folded) is made of, the last as it stands there; () when it is no compound.

        ``medborgarskapskraven`` gives ``("medborgarskap", "kraven")``, ``kyrkoherde`` gives ``("kyrka", "herde")``.
        """
        forms = self._forms(word)
        return (*self._words(forms[:-1]), *forms[-1:])

    def parts(self, word: str) -> tuple[str, ...]:
        """The terms that the compound ``word`` is found by: of its parts, and of those that stand together.

        Parts are taken apart further; the whole is not among them. ``elprisstöd`` gives the terms of "elpris",
        "stöd", "el" and "pris". () when it is no compound.
        """
        forms = self._forms(word)
        if not forms:
            return ()
        words = (*self._words(forms[:-1]), forms[-1])
        longer = (
            "".join(forms[start : end - 1]) + words[end - 1]
            for start in range(len(forms))
            for end in range(start + 2, len(forms) + 1)
            if end - start < len(forms)
        )
        terms = [term_of(one) for one in (*words, *longer)]
        terms += [term for one in words for term in self.parts(one)]
        return tuple(dict.fromkeys(term for term in terms if term != term_of(word)))

    def related(self, term: str) -> tuple[str, ...]:
        """The terms of a noun's verb, or of a verb's nouns: of "sänkning" that of "sänka", and the other way round."""
        return self.kin.get(term, ())

    def _words(self, forms: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.joining.get(form, form) for form in forms)

    def _forms(self, word: str) -> tuple[str, ...]:
        """The forms that ``word`` consists of, as they stand there; () when it is no compound."""
        if len(word) > LONGEST or not word.isalpha():
            return ()
        cost, forms = self._cheapest(word)
        if not forms or (whole := term_of(word)) in self.wholes:
            return ()
        bias = BIAS.get(min(map(len, forms)), BIAS_OF_LONG)
        # The mean of the parts' costs is their geometric mean as a frequency (Koehn and Knight, Empirical Methods for
        # Compound Splitting, 2003).
        return forms if cost / len(forms) <= self._cost(whole) + math.log(bias) else ()

    def _cheapest(self, word: str) -> tuple[float, tuple[str, ...]]:
        """The likeliest way to take ``word`` apart and its cost, which is the sum of its parts'."""
        reached: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
        best: tuple[float, tuple[str, ...]] = (math.inf, ())
        for start in range(len(word) - SHORTEST + 1):
            if start not in reached:
                continue
            cost, forms = reached[start]
            if start:
                best = min(best, (cost + self._cost_of_last(word[start:]), (*forms, word[start:])))
            if len(forms) < MOST_PARTS - 1:
                for end, form, added in self._next(word, start):
                    way = (cost + added, (*forms, form))
                    reached[end] = min(reached.get(end, way), way)
        return best if best[0] < math.inf else (math.inf, ())

    def _cost(self, term: str) -> float:
        """How unlikely a term is: minus the logarithm of its share of all that occurs."""
        n = self.counts.get(term)
        return self._total - math.log(n) if n else math.inf

    def _cost_of_last(self, last: str) -> float:
        term = term_of(last)
        if term not in self.ending or last in compounds.never("end"):
            return math.inf
        sure = len(last) > SURE_AS_WRITTEN or last in self.known
        return self._cost(term) if sure else math.inf

    def _next(self, word: str, start: int) -> Iterator[tuple[int, str, float]]:
        """Where a part that begins at ``start`` and has others after it may end, the part, and its cost."""
        for end in range(start + 2, len(word) - SHORTEST + 2):
            form = word[start:end]
            base = self.joining.get(form)
            if base is None or (start and len(form) < SHORTEST):
                continue
            cost = self._cost(term_of(base))
            yield end, form, cost
            if form[-1] == form[-2] and form[-1] not in _VOWELS:  # "nattåg" is "natt" and "tåg"
                yield end - 1, form, cost

    def to_json(self) -> str:
        """The lexicon as JSON, for :meth:`from_json`; the same lexicon always gives the same text."""
        value = {
            "format": FORMAT,
            "joining": dict(self.joining),
            "ending": sorted(self.ending),
            "known": sorted(self.known),
            "wholes": sorted(self.wholes),
            "counts": dict(self.counts),
            "kin": dict(self.kin),
        }
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Lexicon":
        """The lexicon that :meth:`to_json` wrote. Raises :class:`AnalysisError` for anything else."""
        try:
            value = orjson.loads(text)
            if value["format"] != FORMAT:
                raise ValueError(value["format"])
            ending, known, wholes = (frozenset(value[name]) for name in ("ending", "known", "wholes"))
            kin = {term: tuple(terms) for term, terms in value["kin"].items()}
            return cls(value["joining"], ending, known, wholes, value["counts"], kin)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise AnalysisError("This is no lexicon of this version. Make a new one with: pressok rebuild") from error


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the dictionary alone says of parts: taken from it once, for every lexicon.

    ``forms`` holds, for each term, the forms that may begin a compound and are of a word with that term; ``once`` says
    of each term of a part that it occurs once.
    """

    joining: compounds.Joining
    ends: frozenset[str]
    ending: frozenset[str]
    short: frozenset[str]
    wholes: frozenset[str]
    forms: Mapping[str, tuple[str, ...]]
    once: Mapping[str, int]

    @classmethod
    def of(cls, words: Dictionary) -> "_Parts":
        ends = frozenset(w for w in words.ending if len(w) >= SHORTEST and w not in compounds.never("end"))
        joining = compounds.Joining.of(words, ends)
        forms: dict[str, list[str]] = {}
        for form, base in joining.known.items():
            forms.setdefault(term_of(base), []).append(form)
        ending = frozenset(map(term_of, ends))
        return cls(
            joining=joining,
            ends=ends,
            ending=ending,
            short=frozenset(word for word in ends if len(word) <= SURE_AS_WRITTEN),
            wholes=frozenset(map(term_of, words.names)) | compounds.wholes(),
            forms={term: tuple(found) for term, found in forms.items()},
            once=dict.fromkeys((*ending, *forms), 1),
        )


@lru_cache(maxsize=1)
def _installed() -> _Parts:
    return _Parts.of(dictionary.installed())


def learn(word_counts: Mapping[str, int], words: Dictionary) -> Lexicon:
    """The lexicon of these folded words and how often they occur, with the parts that ``words`` knows."""
    return _learnt(word_counts, _Parts.of(words))


def _learnt(word_counts: Mapping[str, int], parts: _Parts) -> Lexicon:
    own = parts.joining.own(word_counts, parts.ends, parts.ending)
    short = parts.short | {word for word in word_counts if SHORTEST < len(word) <= SURE_AS_WRITTEN}
    counts = Counter[str]()
    for word, n in word_counts.items():
        if word.isalpha():
            counts[term_of(word)] += n
    possible = {**parts.once, **dict.fromkeys(map(term_of, own.values()), 1), **{t: n or 1 for t, n in counts.items()}}
    first = Lexicon({**parts.joining.known, **own}, parts.ending, short, parts.wholes, possible, {})
    counts.update(term_of(part) for word in word_counts for part in first.split(word))
    found = {term: n for term, n in sorted(counts.items()) if n}
    # A part that is in no release finds nothing.
    joining = {form: parts.joining.known[form] for term in found for form in parts.forms.get(term, ())}
    joining = {form: base for form, base in sorted({**joining, **own}.items()) if term_of(base) in found}
    ending = frozenset(term for term in found if term in parts.ending)
    return Lexicon(joining, ending, short, parts.wholes, found, compounds.kin(word_counts))
