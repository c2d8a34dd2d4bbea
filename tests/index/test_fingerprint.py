import shutil
from pathlib import Path

import index
from index.fingerprint import code_fingerprint


def test_the_fingerprint_is_of_code_and_tables_wherever_they_lie(tmp_path: Path) -> None:
    root = tmp_path / "sources" / "samples" / "index"
    shutil.copytree(Path(index.__file__).parent, root, ignore=shutil.ignore_patterns("__pycache__"))
    before = code_fingerprint(root)
    assert before == code_fingerprint(Path(index.__file__).parent)
    for name in ("sources/kinds.py", "samples/releases.jsonl", "data/README", "mirror/client.py", "watch.py"):
        (root / name).write_text("another text")
        assert code_fingerprint(root) == before
    seen = {before}
    for path in (root / "swedish" / "analysis.py", next((root / "data").glob("*.csv")), root / "annotate" / "dates.py"):
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        seen.add(code_fingerprint(root))
    assert len(seen) == 4
