"""The arrays folder of a generation, written and read."""

from dataclasses import dataclass
from pathlib import Path

from index.arrays.documents import Documents, tidied
from index.arrays.inverted import Inverted, invert, word_counts
from index.arrays.terms import KnownWords, WordTerms, terms_of
from index.arrays.weights import DEFAULT, Weights
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
    def of(cls, documents: Documents, lexicon: Lexicon | None = None, weights: Weights = DEFAULT) -> "Arrays":
        """The arrays of these documents; without a lexicon one is learnt from them."""
        documents = tidied(documents)
        lexicon = lexicon or Lexicon.learn(word_counts(documents))
        return cls(documents, invert(documents, terms_of(documents.words, lexicon), weights), lexicon)

    def followed_by(self, documents: Documents) -> "Arrays":
        """The arrays of other documents that have most words in common with these; the lexicon stays."""
        documents, inverted = tidied(documents), self.inverted
        known = KnownWords(self.documents.words, WordTerms(inverted.terms, inverted.word_text, inverted.word_parts))
        words = terms_of(documents.words, self.lexicon, known)
        return Arrays(documents, invert(documents, words, DEFAULT), self.lexicon)

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
        lexicon = Lexicon.from_json((folder / _LEXICON).read_text(encoding="utf-8"))
        return cls(Documents.load(folder), Inverted.load(folder), lexicon)
