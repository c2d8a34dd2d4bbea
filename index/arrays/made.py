"""The arrays folder of a generation, written and read."""

from dataclasses import dataclass
from pathlib import Path

from index.arrays.documents import Documents, tidied
from index.arrays.inverted import Inverted, invert, word_counts
from index.arrays.terms import terms_of
from index.arrays.weights import Weights
from index.lexicon import Lexicon

FOLDER = "arrays"
_LEXICON = "lexicon.json"


@dataclass(frozen=True, slots=True)
class Arrays:
    """All that searching takes: what the releases say, what is derived of it, and how words are taken apart."""

    documents: Documents
    inverted: Inverted
    lexicon: Lexicon

    @classmethod
    def of(cls, documents: Documents, lexicon: Lexicon | None = None, weights: Weights = Weights()) -> "Arrays":  # noqa: B008
        """The arrays of these documents; without a lexicon one is learnt from them."""
        documents = tidied(documents)
        known = lexicon or Lexicon.learn(word_counts(documents))
        return cls(documents, invert(documents, terms_of(documents.words, known), weights), known)

    def save(self, generation: Path) -> None:
        """Write them into a generation."""
        folder = generation / FOLDER
        folder.mkdir()
        self.documents.save(folder)
        self.inverted.save(folder)
        (folder / _LEXICON).write_text(self.lexicon.to_json(), encoding="utf-8")

    @classmethod
    def load(cls, generation: Path) -> "Arrays":
        """The arrays of a generation. Raises OSError or ValueError when a file is missing or broken."""
        folder = generation / FOLDER
        return cls(Documents.load(folder), Inverted.load(folder), load_lexicon(generation))


def load_lexicon(generation: Path) -> Lexicon:
    """The lexicon of a generation."""
    return Lexicon.from_json((generation / FOLDER / _LEXICON).read_text(encoding="utf-8"))
