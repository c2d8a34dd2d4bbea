"""A word's term: one spelling for all its inflected forms.

Snowball's Swedish stemmer leaves the commonest forms of the domain apart (skola and skolan, myndighet and
myndigheternas, resurs and resurser) and joins words that mean different things (offentlig and offent, lärare and lära,
makt and mak). So three things together make a term: a line of ``data/stems.csv``, if there is one for the word; else
the endings that Snowball does not know, or takes for something else, are dealt with here; and Snowball stems what is
left, unless that ends in a derivation that means something of its own: "säkerhet" is not "säker".

A term is a key and no word of the language: "fråga", "frågan" and "frågornas" are ``fråg``.
"""

import csv
from functools import lru_cache
from importlib.resources import files

import snowballstemmer

from index.text import fold

_VOWELS = frozenset("aeiouyåäö")
_LONGEST_FORM = 20

# Endings and what they become, of words of a certain build. The first part of the ending stays: -het, -ing, -els.
_FAMILIES = {
    "het": ("heterna", "heten", "heter", "het"),
    "ing": ("ingarna", "ingen", "ingar", "ing"),
    "els": ("elserna", "elsen", "elser", "else"),
    "itet": ("iteterna", "iteten", "itetet", "iteter", "itet"),
    "nad": ("naderna", "naden", "nader", "nad"),
    "ens": ("enserna", "ensen", "enser"),
    "and": ("andena", "andet", "anden", "ande"),
    "end": ("endena", "endet", "enden", "ende"),
    "ktor": ("ktorerna", "ktorer", "ktorn", "ktor"),
    "ator": ("atorerna", "atorer", "atorn", "ator"),
    "ssor": ("ssorerna", "ssorer", "ssorn", "ssor"),
    "i": ("ierna", "iet", "ier", "ium"),
    "ar": ("aren", "are"),  # lärare, läraren; lärarna can't be told from bilarna, so the common ones are data
    "bar": ("baraste", "barast", "barare", "bara", "bart", "bar"),
    "iv": ("ivaste", "ivast", "ivare", "iva", "ivt", "iv"),
    "ös": ("ösaste", "ösast", "ösare", "ösa", "öst", "ös"),
    "ig": ("igaste", "igast", "igare"),
    "st": ("stret", "stren"),  # registret, like register, which becomes regist
}
# Endings that go, the longest that fits.
_ENDINGS = (
    *("arna", "orna", "erna", "aste", "ade", "ena", "ern", "ar", "or", "er", "en", "et", "an", "ad", "at", "as"),
    *("es", "a", "e"),
)
_PARTICIPLES = ("gg", "ig", "ng", "ll", "ör", "öj", "lj", "äv", "ev", "öv", "öm", "äm", "äg")
# What stays of a stem that ends so: forms of adjectives and verbs (militärt, sänkt, höjde, byggd) and doubled letters.
_CLUSTERS = {
    **{f"{end}t": end for end in ("sk", "ll", "al", "il", "är", "år", "rk", "nk", "ck", "rp", "pp", "bb", "ön")},
    **{f"{end}{end_of_participle}": end for end in _PARTICIPLES for end_of_participle in "dt"},
    "mm": "m",
    "nn": "n",
}
# Snowball would take these away, or something before them; here they are done with.
_DERIVED = ("het", "ing", "els", "nad", "itet", "ig", "tor")
_S_AFTER = frozenset("bcdfghjklmnprtvaeo")
# Definite forms of words in -i; "vaccin" and "maskin" are none.
_IN = ("omin", "tegin", "emin", "strin", "kratin", "ergin", "iatrin", "ogin", "ofin", "afin", "antin", "onin", "orin")


def _rules() -> dict[str, tuple[str, int]]:
    """Ending → what replaces it, and how many letters must come before it."""
    rules = dict.fromkeys(_ENDINGS, ("", 3))
    rules |= {form: (kept, 2) for kept, forms in _FAMILIES.items() for form in forms}
    rules |= {form: (form[:-1], 2) for form in _IN}
    return rules


_snowball = snowballstemmer.stemmer("swedish")
_RULES = _rules()
_LONGEST_RULE = max(map(len, _RULES))


@lru_cache(maxsize=1)
def _forms() -> tuple[dict[str, str], dict[str, str]]:
    """Form → term of ``data/stems.csv``: those that are whole words, and those that may end a compound."""
    whole: dict[str, str] = {}
    ending: dict[str, str] = {}
    lines = files("index").joinpath("data/stems.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines):
        table = ending if row["in_compounds"] == "yes" else whole
        table.update(dict.fromkeys(row["forms"].split(), row["term"]))
    return whole, ending


@lru_cache(maxsize=200_000)
def term_of(word: str) -> str:
    """The term of ``word``, which need not be folded; a number is its own folded self."""
    folded = fold(word)
    if not folded.isalpha():
        return str(_snowball.stemWord(folded))
    if known := _known(folded):
        return known
    stem = _stem(folded)
    return stem if stem.endswith(_DERIVED) else str(_snowball.stemWord(stem))


def _known(word: str) -> str:
    whole, ending = _forms()
    for form in (word, word[:-1]) if word.endswith("s") else (word,):
        if form in whole:
            return whole[form]
        for start in range(max(0, len(form) - _LONGEST_FORM), len(form) - 1):
            if form[start:] in ending and (start == 0 or (start >= 2 and _VOWELS & set(form[:start]))):
                return form[:start] + ending[form[start:]]
    return ""


def _stem(word: str) -> str:
    stem = _without_ending(_without_s(word))
    for cluster in (stem[-3:], stem[-2:]):
        if cluster in _CLUSTERS and len(stem) > 3:
            stem = stem[: -len(cluster)] + _CLUSTERS[cluster]
            break
    return stem if stem.endswith("els") else _without_s(stem)


def _without_s(word: str) -> str:
    """Without the s of a genitive or a passive."""
    if len(word) < 4 or word[-1] != "s" or word[-2] not in _S_AFTER:
        return word
    return word if word[-2] in _VOWELS and len(word) < 5 else word[:-1]


def _without_ending(word: str) -> str:
    for size in range(min(_LONGEST_RULE, len(word) - 2), 0, -1):
        rule = _RULES.get(word[-size:])
        if rule is None:
            continue
        kept, least = rule
        before = word[:-size]
        if _VOWELS & set(before) and (len(before) >= least or (len(before) == 2 and before[0] in _VOWELS)):
            return before + kept
    return word
