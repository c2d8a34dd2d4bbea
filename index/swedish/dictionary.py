"""What the Hunspell dictionary of the package ``hunspell-sv`` says about how Swedish words join.

The dictionary is read where the package is installed and never copied. Of its entries only those count that carry
flags: the others are a loose list. Flags say which words begin a compound and in which form ("gata" as "gatu",
"utbildning" as "utbildnings"), and which end one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from types import MappingProxyType

from index.errors import AnalysisError
from index.text import fold

PACKAGE = "hunspell-sv"
_BEGINS, _MIDDLE, _ONLY_IN_COMPOUNDS = "X", "U", "Z"
_ENDS = frozenset("Yb")  # b: a short word that may end one although many longer words end with its letters ("hot")
_FORBIDDEN = frozenset("%!")
# Flag → endings of the form that a word has at the start of a compound: what goes, what comes, in order of preference.
_JOINING: Mapping[str, tuple[tuple[str, str], ...]] = {
    "z": (("a", ""), ("e", ""), ("", "a")),
    "g": (("a", ""), ("e", ""), ("", "a")),
    "y": (("a", "e"), ("", "e")),
    "h": (("a", "e"), ("", "e")),
    "x": (("a", "o"), ("e", "o"), ("d", "t")),
    "w": (("a", "u"), ("um", "i")),
    "v": (("a", "s"), ("", "s")),
    "f": (("a", "s"), ("", "s")),
    "u": (("a", "es"), ("e", "s"), ("", "es")),
    "i": (("a", "es"), ("e", "s"), ("", "es")),
    "t": (("la", "el"), ("ma", ""), ("me", ""), ("ra", "er"), ("er", "ra"), ("le", "el"), ("um", "e"), ("el", "la")),
    "s": (("", ""),),
}
# How a form that the dictionary gives on its own, like "kyrko", becomes a word: what goes and what comes.
_LEADING_BACK = (
    *(("s", ""), ("e", ""), ("o", "a"), ("u", "a"), ("e", "a"), ("", "a"), ("", "e"), ("s", "e"), ("a", "")),
    *(("o", "e"), ("ra", "er")),
)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Folded words: ``joining`` maps the form that begins a compound to its word, ``ending`` may end one.

    ``names`` begin with a capital letter: they are never compounds themselves.
    """

    joining: Mapping[str, str]
    ending: frozenset[str]
    names: frozenset[str]


@lru_cache(maxsize=1)
def installed() -> Dictionary:
    """The dictionary of the installed package. Raises :class:`AnalysisError` when it is not there."""
    return parse(_path().read_text(encoding="utf-8"))


def _path() -> Path:
    try:
        listed = files(PACKAGE) or []
    except PackageNotFoundError:
        listed = []
    for file in listed:
        if file.name == "sv_SE.dic" and (path := Path(str(file.locate()))).is_file():
            return path
    raise AnalysisError(
        f"The Swedish dictionary is missing: the package {PACKAGE} is not installed, or without its data. "
        "Install the project's locked packages again (make run does)."
    )


def parse(text: str) -> Dictionary:
    """The dictionary in ``text``, the content of a Hunspell ``.dic`` file with the flags of ``hunspell-sv``."""
    entries = [entry for line in text.splitlines()[1:] if (entry := _entry(line))]
    known = {fold(word) for word, flags in entries if _ONLY_IN_COMPOUNDS not in flags}
    nouns = {fold(word) for word, flags in entries if _ENDS & set(flags)}
    found: dict[str, set[str]] = {}
    for word, flags in entries:
        for form, base in _joining_forms(fold(word), flags, known):
            found.setdefault(form, set()).add(base)
    # "försvars" is of "försvar" and not of "försvara": of the words that can stand last, the one most like it.
    for form, bases in found.items():
        if form not in nouns:
            bases |= {word for gone in "se" if form.endswith(gone) and (word := form[:-1]) in known}
    joining = {form: min(bases, key=lambda b: (b not in nouns, len(b), b)) for form, bases in found.items()}
    ending = frozenset(fold(word) for word, flags in entries if _ENDS & set(flags) and word.islower())
    names = frozenset(fold(word) for word, _ in entries if word[0].isupper()) - ending
    return Dictionary(MappingProxyType(joining), ending, names)


def _entry(line: str) -> tuple[str, str] | None:
    word, _, flags = line.partition("/")
    return (word, flags) if flags and word.isalpha() and not _FORBIDDEN & set(flags) else None


def _joining_forms(word: str, flags: str, known: set[str]) -> Iterator[tuple[str, str]]:
    base = _word_of(word, known) if _ONLY_IN_COMPOUNDS in flags else word
    if _BEGINS in flags or _MIDDLE in flags:
        yield word, base
    for flag in flags:
        for gone, come in _JOINING.get(flag, ()):
            if word.endswith(gone):
                yield word[: len(word) - len(gone)] + come, base
                break


def _word_of(form: str, known: set[str]) -> str:
    return next((word for word in _led_back(form) if word in known), form)


def _led_back(form: str) -> Iterator[str]:
    return (form[: len(form) - len(gone)] + come for gone, come in _LEADING_BACK if form.endswith(gone))
