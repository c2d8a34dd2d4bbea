"""What tests of every part share."""

from pathlib import Path

import pytest
from hypothesis import settings

from index.build import Summary, rebuild
from index.store import DataFolder

settings.register_profile("unhurried", deadline=None)  # a machine that is busy is no failure
settings.load_profile("unhurried")

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "index" / "samples"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the real corpus; tests that ask for it are skipped, and say so, without it."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip("the real corpus is not here: put it in ../shared")
    return SHARED


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an index of the releases that come with the project."""
    folder = tmp_path_factory.mktemp("samples") / "data"
    rebuild(DataFolder(folder), [SAMPLES])
    return folder


@pytest.fixture(scope="session")
def corpus_run(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    """A data folder with an index of the whole real corpus, and what making it gave."""
    folder = tmp_path_factory.mktemp("corpus") / "data"
    return folder, rebuild(DataFolder(folder), [shared / "seeds", shared / "corpus" / "g0v-2014-2024.tar.gz"])


@pytest.fixture(scope="session")
def corpus_data(corpus_run: tuple[Path, Summary]) -> Path:
    """A data folder with an index of the whole real corpus."""
    return corpus_run[0]


@pytest.fixture(scope="session")
def corpus_summary(corpus_run: tuple[Path, Summary]) -> Summary:
    """What making the index of the whole real corpus gave."""
    return corpus_run[1]
