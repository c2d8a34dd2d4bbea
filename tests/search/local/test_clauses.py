from pathlib import Path

from search.local import LocalEngine
from search.query import Query
from tests import builders
from tests.builders import document


def found(folder: Path, text: str) -> list[str]:
    return [found.release.id for found in LocalEngine(folder).export(Query(text))]


def test_a_long_name_counts_no_more_than_its_acronym(tmp_path: Path) -> None:
    builders.publish(
        tmp_path,
        [
            document("long", title="Myndigheten för samhällsskydd och beredskap", body="Ett ord om skyddsrum."),
            document("short", title="MSB om fler skyddsrum", body="Ett ord om källare."),
            *(document(f"other{n}", title="Ett torg", body="Ett ord om annat.") for n in range(20)),
        ],
    )
    assert found(tmp_path, "MSB skyddsrum") == ["short", "long"]
