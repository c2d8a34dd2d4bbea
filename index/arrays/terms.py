"""Which terms each word gives: those of the text, and those of the parts of its compounds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.analysis import written_as
from index.arrays.files import Strings
from index.arrays.ragged import Ragged
from index.arrays.tokens import ELLIPSIS
from index.lexicon import Lexicon
from index.stems import term_of


@dataclass(frozen=True, slots=True)
class WordTerms:
    """The sorted ``terms`` of words; ``text`` and ``parts`` hold the numbers of each word's."""

    terms: Strings
    text: Ragged
    parts: Ragged


def terms_of(words: Iterable[str], lexicon: Lexicon) -> WordTerms:
    """The terms of ``words``, which are keys (see :mod:`index.arrays.tokens`)."""
    rows = [(text_terms(word, lexicon), part_terms(word, lexicon)) for word in words]
    text, parts = [row[0] for row in rows], [row[1] for row in rows]
    terms = sorted({term for row in (*text, *parts) for term in row})
    numbers = {term: number for number, term in enumerate(terms)}
    return WordTerms(Strings.of(terms), _numbered(text, numbers), _numbered(parts, numbers))


def _numbered(rows: Iterable[Sequence[str]], numbers: dict[str, int]) -> Ragged:
    return Ragged.of([[numbers[term] for term in row] for row in rows])


def text_terms(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The terms of a word as it is written: of the whole, and of what is joined in it by hyphens or colons."""
    whole, joined = written_as(completed(word, lexicon))
    return tuple(dict.fromkeys(map(term_of, (whole, *joined))))


def part_terms(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The terms of the parts of a word's compounds, without those of the word itself."""
    word = completed(word, lexicon)
    whole, joined = written_as(word)
    parts = [part for one in (whole, *joined) for part in lexicon.parts(one)]
    return tuple(dict.fromkeys(part for part in parts if part not in text_terms(word, lexicon)))


def completed(word: str, lexicon: Lexicon) -> str:
    """An elliptic compound with what it left out: "samordnings-…energiminister" is "samordningsminister"."""
    first, ellipsis, ended = word.partition(f"-{ELLIPSIS}")
    return first + "".join(lexicon.split(ended)[-1:]) if ellipsis else word
