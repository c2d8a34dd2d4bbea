"""The arrays folder of a generation, written and read."""

from collections.abc import Container
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from index.arrays.documents import Documents, renumbered, tidied
from index.arrays.files import Array
from index.arrays.held import Held
from index.arrays.inverted import Inverted, invert, word_counts
from index.arrays.line import Line
from index.arrays.terms import KnownWords, WordTerms, terms_of
from index.arrays.weights import DEFAULT, Weights
from index.store import link
from index.swedish.lexicon import Lexicon

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
        documents = tidied(documents)
        return cls._of(documents, lexicon or Lexicon.learn(word_counts(documents)), weights)

    @classmethod
    def _of(cls, documents: Documents, lexicon: Lexicon, weights: Weights) -> "Arrays":
        return cls(documents, invert(documents, terms_of(documents.words, lexicon), weights), lexicon)

    @classmethod
    def write(
        cls, generation: Path, documents: Documents, base: "Arrays | None" = None, gone: Container[str] = ()
    ) -> "Arrays":
        """Make the arrays of these documents and write them into a generation; as they are there, mapped.

        With ``base`` they are what its documents gave without those that are ``gone``, with others after them (see
        :meth:`DocumentsBuilder.documents`). Its lexicon stays, and only what is new is worked out.
        """
        folder = generation / FOLDER
        folder.mkdir()
        documents, numbers = renumbered(documents, len(base.documents.words) if base else 0)
        documents.save(folder)
        documents = Documents.load(folder)  # what is mapped anew takes no memory until it is looked at
        if base:
            made = cls(documents, base._further(documents, numbers, gone), base.lexicon)
        else:
            made = cls._of(documents, Lexicon.learn(word_counts(documents)), DEFAULT)
        made.inverted.save(folder)
        if base and base.folder:
            link(base.folder / _LEXICON, folder / _LEXICON)
        else:
            made._save_lexicon(folder)
        return replace(made, inverted=Inverted.load(folder), folder=folder)

    def _further(self, documents: Documents, numbers: Array, gone: Container[str]) -> Inverted:
        """What is derived of other documents; ``numbers`` are those that their words had after these words."""
        its = self.inverted
        known = KnownWords(
            np.where(numbers < len(self.documents.words), numbers, -1),
            WordTerms(its.terms, its.word_text, its.word_parts),
        )
        words = terms_of(documents.words, self.lexicon, known)
        kept = np.fromiter((one not in gone for one in self.documents.ids), np.bool_, len(self.documents))
        held = Held(Line.of(self.documents), kept, its.text, its.parts, words.before)
        return invert(documents, words, DEFAULT, held=held)

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
        lexicon = _lexicon((folder / _LEXICON).read_text(encoding="utf-8"))
        return cls(Documents.load(folder), Inverted.load(folder), lexicon, folder)


@lru_cache(maxsize=1)
def _lexicon(text: str) -> Lexicon:
    """The lexicon of this JSON. An update leaves it as it is, and who follows it need not have it twice."""
    return Lexicon.from_json(text)
