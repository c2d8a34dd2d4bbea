"""The arrays folder of a generation, written and read."""

from dataclasses import dataclass, replace
from pathlib import Path

from index.arrays.documents import Documents, tidied
from index.arrays.inverted import Inverted, invert, word_counts
from index.arrays.terms import NOTHING_KNOWN, KnownWords, WordTerms, terms_of
from index.arrays.weights import DEFAULT, Weights
from index.lexicon import Lexicon
from index.store import link

FOLDER = "arrays"
_LEXICON = "lexicon.json"


@dataclass(frozen=True, slots=True)
class Arrays:
    """All that searching takes: what the releases say, what is derived of it, and how words are taken apart.

    ``folder`` is where they were read from.
    """

    documents: Documents
    inverted: Inverted
    lexicon: Lexicon
    folder: Path | None = None

    @classmethod
    def of(cls, documents: Documents, lexicon: Lexicon | None = None, weights: Weights = DEFAULT) -> "Arrays":
        """The arrays of these documents; without a lexicon one is learnt from them."""
        return cls._of(tidied(documents), lexicon, NOTHING_KNOWN, weights)

    @classmethod
    def _of(cls, documents: Documents, lexicon: Lexicon | None, known: KnownWords, weights: Weights) -> "Arrays":
        lexicon = lexicon or Lexicon.learn(word_counts(documents))
        return cls(documents, invert(documents, terms_of(documents.words, lexicon, known), weights), lexicon)

    @classmethod
    def write(cls, generation: Path, documents: Documents, base: "Arrays | None" = None) -> "Arrays":
        """Make the arrays of these documents and write them into a generation; as they are there, mapped.

        They have most words in common with those of ``base``, whose lexicon stays.
        """
        folder = generation / FOLDER
        folder.mkdir()
        tidied(documents).save(folder)
        documents = Documents.load(folder)  # what is mapped anew takes no memory until it is looked at
        lexicon, known = (base.lexicon, base._known()) if base else (None, NOTHING_KNOWN)
        made = cls._of(documents, lexicon, known, DEFAULT)
        made.inverted.save(folder)
        if base and base.folder:
            link(base.folder / _LEXICON, folder / _LEXICON)
        else:
            made._save_lexicon(folder)
        return replace(made, inverted=Inverted.load(folder), folder=folder)

    def _known(self) -> KnownWords:
        inverted = self.inverted
        return KnownWords(self.documents.words, WordTerms(inverted.terms, inverted.word_text, inverted.word_parts))

    def save(self, generation: Path) -> None:
        """Write them into a generation."""
        folder = generation / FOLDER
        folder.mkdir()
        self.documents.save(folder)
        self.inverted.save(folder)
        self._save_lexicon(folder)

    def _save_lexicon(self, folder: Path) -> None:
        (folder / _LEXICON).write_text(self.lexicon.to_json(), encoding="utf-8")

    @classmethod
    def load(cls, generation: Path) -> "Arrays":
        """The arrays of a generation. Raises OSError or ValueError when a file is missing or broken."""
        folder = generation / FOLDER
        lexicon = Lexicon.from_json((folder / _LEXICON).read_text(encoding="utf-8"))
        return cls(Documents.load(folder), Inverted.load(folder), lexicon, folder)
