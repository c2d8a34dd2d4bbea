"""The Nu HTML checker on every type of page in both languages, in one run."""

import json
import subprocess
from pathlib import Path

from search.engine import Engine
from search.local import LocalEngine
from search.page import Offer
from tests.web.browser.page_types import LANGUAGES, PAGE_TYPES
from tests.web.fake import FakeEngine, NoEngine
from web.app import create_app

HINTS = FakeEngine(some=True, suggestion="uppdrag", offers=(Offer("minister", "test-testsson", "Test Testsson"),))
INVENTED = (
    ("hints", HINTS, "/?q=uppdrag"),
    ("corrected", FakeEngine(suggestion="uppdrag", corrected=True), "/?q=updrag"),
    ("hostile", FakeEngine(), "/releases/p.ond"),
    ("rich", FakeEngine(), "/releases/p.2018.bostad"),
    ("unavailable", NoEngine(), "/"),
)
"""What the releases that come with the project do not lead to."""


def write(engine: Engine, address: str, path: Path) -> int:
    response = create_app(engine).test_client().get(address)
    path.write_bytes(response.data)
    return response.status_code


def test_the_checker_finds_no_error(vnu: list[str], sample_data: Path, tmp_path: Path) -> None:
    engine = LocalEngine(sample_data)
    for language, prefix in LANGUAGES.items():
        for page in PAGE_TYPES:
            assert write(engine, prefix + page.address, tmp_path / f"{page.name}-{language}.html") == page.status, page
        for name, invented, address in INVENTED:
            write(invented, prefix + address, tmp_path / f"invented-{name}-{language}.html")
    pages = sorted(map(str, tmp_path.glob("*.html")))
    done = subprocess.run([*vnu, "--errors-only", "--format", "json", *pages], capture_output=True, text=True)
    found = json.loads(done.stderr)["messages"]
    said = [f"{Path(m['url']).stem}: {m['message']}: {m.get('extract', '')}" for m in found]
    assert not said, "\n".join(said)
