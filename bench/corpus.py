"""What the measurements run over: the real corpus when it is there, else the samples."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.build import Summary, rebuild
from index.store import DataFolder
from search.evaluation import read_judgements

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


def judgements() -> dict[str, dict[str, int]]:
    """Query → release id → grade 0 to 3, as judged; empty without the corpus."""
    path = SHARED / "relevance" / "qrels.tsv"
    return read_judgements(path) if path.exists() else {}


def own_judgements() -> dict[str, dict[str, int]]:
    """The same of the queries that come with the project; docs/decisions.md says how they were judged."""
    return read_judgements(ROOT / "bench" / "judged.tsv")
