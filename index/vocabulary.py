"""The words of a generation's releases and how common each is: what spelling is corrected from."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from index.document import Document
from index.text import fold

MIN_RELEASES = 2  # what stands in a single release is more often misspelt than worth suggesting
MAX_WORDS = 60_000  # the most common ones; about 0.6 MB
_FILE = "words.json"
_WORD = re.compile(r"[^\W\d_]{2,}")


class Vocabulary:
    """For each word, as written but folded, the number of releases that have it.

    An update goes on from what the last generation kept: a release that it replaces counts twice, one that it
    takes out still counts. A rebuild counts anew.
    """

    def __init__(self, counts: Mapping[str, int] | None = None) -> None:
        self._counts = Counter(counts)

    @classmethod
    def load(cls, generation: Path) -> Self:
        """The vocabulary that :meth:`save` wrote into a generation."""
        return cls(json.loads((generation / _FILE).read_text(encoding="utf-8")))

    def save(self, generation: Path) -> None:
        """Write the most common words, each in :data:`MIN_RELEASES` at least, into a generation."""
        text = json.dumps(self.common(), ensure_ascii=False, separators=(",", ":"))
        (generation / _FILE).write_text(text, encoding="utf-8")

    def add(self, document: Document) -> None:
        """Count a document's words, each once."""
        release = document.release
        found = set(_WORD.findall(f"{release.title}\n{release.summary}\n{release.body}"))
        self._counts.update({fold(word) for word in found})

    def common(self) -> dict[str, int]:
        """What is kept: word → number of releases, in the order of the alphabet."""
        ranked = sorted(self._counts.items(), key=lambda row: (-row[1], row[0]))[:MAX_WORDS]
        return dict(sorted((word, count) for word, count in ranked if count >= MIN_RELEASES))
