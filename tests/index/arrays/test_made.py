from pathlib import Path

import pytest

from index.arrays.made import FOLDER, Arrays
from index.swedish.lexicon import Lexicon
from tests.builders import document
from tests.index.arrays.test_documents import columns, told

DOCUMENTS = [document("a", title="Skattefusk", body="Skatt och fusk."), document("b", title="Fusk")]


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    made = Arrays.of(columns(DOCUMENTS))
    made.save(tmp_path)
    loaded = Arrays.load(tmp_path)
    assert told(loaded.documents) == told(made.documents)
    assert list(loaded.inverted.terms) == list(made.inverted.terms)
    assert loaded.inverted.postings.values.tolist() == made.inverted.postings.values.tolist()
    assert loaded.lexicon == made.lexicon


def test_a_lexicon_is_learnt_when_none_is_given() -> None:
    assert Arrays.of(columns(DOCUMENTS)).lexicon.split("skattefusk") == ("skatt", "fusk")
    given = Lexicon.learn({})
    assert Arrays.of(columns(DOCUMENTS), given).lexicon is given


def test_what_is_written_is_what_is_made(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "then").mkdir()
    written = Arrays.write(tmp_path / "first", columns(DOCUMENTS))
    made = Arrays.of(columns(DOCUMENTS))
    assert told(written.documents) == told(made.documents)
    assert written.inverted.postings.values.tolist() == made.inverted.postings.values.tolist()
    after = Arrays.write(tmp_path / "then", columns([document("c", title="Skola")], written.documents), written)
    assert after.lexicon is written.lexicon
    more = [*DOCUMENTS, document("c", title="Skola")]
    assert list(after.inverted.terms) == list(Arrays.of(columns(more), made.lexicon).inverted.terms)


@pytest.mark.parametrize("name", ["words.text.npy", "terms.starts.npy", "postings.values.npy", "lexicon.json"])
def test_a_missing_file_is_told(tmp_path: Path, name: str) -> None:
    Arrays.of(columns(DOCUMENTS)).save(tmp_path)
    (tmp_path / FOLDER / name).unlink()
    with pytest.raises(OSError, match=name):
        Arrays.load(tmp_path)
