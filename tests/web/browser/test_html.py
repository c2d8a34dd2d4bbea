"""The Nu HTML checker on every type of page in both languages, in one run."""

import json
import subprocess
from pathlib import Path

from search.local import LocalEngine
from tests.web.browser.page_types import LANGUAGES, PAGE_TYPES
from web.app import create_app


def test_the_checker_finds_no_error(vnu: list[str], sample_data: Path, tmp_path: Path) -> None:
    client = create_app(LocalEngine(sample_data)).test_client()
    for language, prefix in LANGUAGES.items():
        for page in PAGE_TYPES:
            response = client.get(prefix + page.address)
            assert response.status_code == page.status, page
            (tmp_path / f"{page.name}-{language}.html").write_bytes(response.data)
    pages = sorted(map(str, tmp_path.glob("*.html")))
    done = subprocess.run([*vnu, "--errors-only", "--format", "json", *pages], capture_output=True, text=True)
    found = json.loads(done.stderr)["messages"]
    said = [f"{Path(m['url']).stem}: {m['message']}: {m.get('extract', '')}" for m in found]
    assert not said, "\n".join(said)
