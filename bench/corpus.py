"""What the measurements run over: the real corpus when it is there, else the samples."""

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.build import Summary, rebuild
from index.store import DataFolder

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def sources() -> list[Path]:
    """The seeds and the corpus, or the samples."""
    archive = SHARED / "corpus" / "g0v-2014-2024.tar.gz"
    return [SHARED / "seeds", archive] if archive.exists() else [ROOT / "index" / "samples"]


@contextmanager
def built() -> Iterator[tuple[Path, Summary]]:
    """A data folder with an index of the sources, and what making it took; gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        yield folder, rebuild(DataFolder(folder), sources())


Judgements = dict[str, dict[str, int]]


def judgements() -> Judgements:
    """Query → release id → grade 0 to 3, as judged; empty without the corpus."""
    path = SHARED / "relevance" / "qrels.tsv"
    found: Judgements = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                release_id = row["path"].strip("/").replace("/", ".")
                found.setdefault(row["query"], {})[release_id] = int(row["grade"])
    return found
