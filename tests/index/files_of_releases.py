"""Short ways to write sources, and to see what became of them."""

import json
from pathlib import Path

from index.store import DataFolder
from search.local import LocalEngine
from search.query import Query
from tests.builders import release

PAGE = "Pressmeddelande från {sender}\n\n{title}\n\nPublicerad\n\n{text}\n"


def write_page(folder: Path, name: str, title: str, text: str = "Regeringen har beslutat.") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(PAGE.format(sender="Finansdepartementet", title=title, text=text), encoding="utf-8")
    return path


def write_lines(path: Path, *titles: str) -> Path:
    rows = [release(f"r{n}", title=title, url=f"https://example.se/r{n}").to_dict() for n, title in enumerate(titles)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def titles(data: DataFolder, text: str = "") -> set[str]:
    return {hit.facts.title for hit in LocalEngine(data.path).search(Query(text)).hits}


TEXT = "Regeringen har beslutat om ett uppdrag till myndigheten som ska pröva hur samverkan kan bli bättre i alla län. "


def write_telling(data: DataFolder, tmp_path: Path) -> list[Path]:
    """A release as copied page text and as a line with an address; both say the same."""
    page = write_page(tmp_path / "pages", "a.txt", "Ett uppdrag", TEXT + "\n\n" + TEXT.replace("län", "kommuner") * 2)
    row = release(
        "r1", title="Ett uppdrag", summary=TEXT, body=TEXT.replace("län", "kommuner") * 2, published="2018-04"
    )
    lines = tmp_path / "lines.jsonl"
    lines.write_text(json.dumps(row.to_dict() | {"url": "https://example.se/r1"}) + "\n")
    return [page, lines]
