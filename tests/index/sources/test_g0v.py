import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Link
from index.sources import Found, read
from tests.index.sources.helpers import CODES, found, lay_out, rejected, units
from tests.index.sources.wellformed import complaints

PATH = "/artiklar/2024/01/en-nyhet"


def record(path: str = f"{PATH}/", **fields: Any) -> dict[str, Any]:
    return {"title": "En nyhet", "url": path, "published": "2024-01-31", "types": ["2097"], **fields}


def tree(tmp_path: Path, *records: Any, page: str | None = "# En nyhet\n\nText.", **files: Any) -> Path:
    pages = {f"{PATH[1:]}.md": page} if page is not None else {}
    return lay_out(tmp_path / "g0v", {"api/codes.json": CODES, "artiklar.json": list(records), **pages, **files})


def test_a_page_and_its_record_are_one_release(tmp_path: Path) -> None:
    source = tree(
        tmp_path,
        record(
            types=["1343", "2097"],
            senders=["1294"],
            categories=["1276", "9999"],
            updated="2024-02-01",
            summary="Ingressen  är kort.",
            shortcuts=[
                {"name": "Sidan - extern webbplats,\n", "url": "/sidan/"},
                {"name": "Fil", "url": "file:C:/fil.pdf"},
            ],
            attachments=[{"name": "Bi\u00adlaga", "url": "/contentassets/bilaga.pdf"}],
        ),
        page="# En nyhet\n\nIngressen är kort.\n\n- Ja, säger Test Testsson.\n\n[Mer](https://example.com/)",
    )

    (release,) = found(source).values()

    assert rejected(source) == {}
    assert units(source) == {PATH: 2}
    assert release.id == "artiklar.2024.01.en-nyhet"
    assert release.url == "https://www.regeringen.se/artiklar/2024/01/en-nyhet/"
    assert (release.type, release.published, release.updated) == ("artikel", "2024-01-31", "2024-02-01")
    assert (release.senders, release.categories) == (("Utbildningsdepartementet",), ("Skola", "9999"))
    assert (release.summary, release.body) == ("Ingressen är kort.", "– Ja, säger Test Testsson.\n\nMer")
    assert release.links == (
        Link("Sidan", "https://www.regeringen.se/sidan/"),
        Link("Mer", "https://example.com/"),
    )
    assert release.attachments == (Link("Bilaga", "https://www.regeringen.se/contentassets/bilaga.pdf"),)


@pytest.mark.parametrize(
    ("path", "kind", "month"),
    [
        ("pressmeddelanden/2018/04/x", "pressmeddelande", "2018-04"),
        ("debattartiklar/2018/04/x", "debattartikel", "2018-04"),
        ("uttalanden/2018/13/x", "uttalande", None),
        ("tal/2023/022/x", "tal", None),
        ("tal/x", "tal", None),
        ("podd/2018/04/x", "podd", "2018-04"),
    ],
)
def test_a_page_without_a_record_takes_type_and_month_from_its_address(
    tmp_path: Path, path: str, kind: str, month: str | None
) -> None:
    source = tree(tmp_path, record(), **{f"{path}.md": "# Titel\n\nIngress.\n\nText."})

    release = found(source)[f"/{path}"]

    assert (release.type, release.published) == (kind, month)
    assert (release.title, release.summary, release.body) == ("Titel", "Ingress.", "Text.")


def test_a_quotation_is_not_the_lead(tmp_path: Path) -> None:
    source = tree(tmp_path, page=None, **{"tal/2018/04/x.md": "# T\n\n– Ja, säger Test Testsson.\n\nText."})

    assert found(source)["/tal/2018/04/x"].summary == ""


def test_a_record_without_a_page_has_title_and_summary(tmp_path: Path) -> None:
    source = tree(tmp_path, record(), record("/artiklar/2024/02/utan-sida", title="Utan", summary="Kort."))

    release = found(source)["/artiklar/2024/02/utan-sida"]

    assert (release.title, release.summary, release.body) == ("Utan", "Kort.", "")
    assert units(source)["/artiklar/2024/02/utan-sida"] == 1
    assert rejected(source) == {}


def test_the_record_wins_over_the_address(tmp_path: Path) -> None:
    source = tree(tmp_path, record("/tal/2023/022/x/", published="2023-02-27"), page=None)

    assert found(source)["/tal/2023/022/x"].published == "2023-02-27"


def test_nothing_but_title_and_url_is_needed(tmp_path: Path) -> None:
    empty = dict.fromkeys(("published", "updated", "types", "senders", "summary", "shortcuts", "attachments"))
    source = tree(tmp_path, {"title": "En nyhet", "url": PATH, **empty}, {"title": "Två", "url": "artiklar/2024/03/b"})

    releases = found(source)

    assert (releases[PATH].type, releases[PATH].published) == ("artikel", "2024-01")
    assert releases["/artiklar/2024/03/b"].title == "Två"


def test_a_contact_on_the_page_is_kept_apart(tmp_path: Path) -> None:
    source = tree(tmp_path, page="# T\n\n## A\n\nText.\n\n### Kontaktperson:\n\nTest Testsson 08-000 00 00")

    assert found(source)[PATH].contact == "Test Testsson 08-000 00 00"
    assert "08-000" not in found(source)[PATH].body


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("text", "not a JSON object"),
        ({"title": "Utan adress"}, "no url"),
        ({"url": PATH}, "no title"),
        (record("javascript:alert(1)"), "not a page of regeringen.se"),
        (record("https://example.com/x"), "not a page of regeringen.se"),
        (record(title=["x"]), "title is not text"),
        (record(types="2097"), "types are not a list"),
        (record(senders=[{}]), "not a code"),
        (record(shortcuts=["/x"]), "not a link"),
        (record(published="2024-02-30"), "not a date that exists"),
        (record(summary="\ud800"), "half a character"),
    ],
)
def test_a_bad_record_is_named_and_the_rest_is_read(tmp_path: Path, bad: Any, reason: str) -> None:
    source = tree(tmp_path, **{"tal.json": json.dumps([bad, record("/tal/2024/01/x", title="Tal")])})
    lay_out(source, {"tal/2024/01/x.md": "# Tal"})

    (name, why), *more = rejected(source).items()

    assert (name, more) == ("tal.json#0", [])
    assert reason in why
    assert set(found(source)) == {PATH, "/tal/2024/01/x"}
    assert units(source)["/tal/2024/01/x"] == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('[{"title": "Halv', "not valid JSON, perhaps cut short"),
        ('{"title": "x"}', "not a list"),
        ("", "empty"),
        ("[" * 100_000, "not valid JSON"),
        (b"\xff\xff[]", "not UTF-8"),
    ],
)
def test_a_bad_list_is_named_and_its_pages_are_read(tmp_path: Path, content: Any, reason: str) -> None:
    source = tree(tmp_path, **{"artiklar.json": content})

    assert list(rejected(source)) == ["artiklar.json"]
    assert reason in rejected(source)["artiklar.json"]
    assert units(source) == {PATH: 1}


def test_a_list_whose_pages_are_all_missing_is_told(tmp_path: Path) -> None:
    source = tree(tmp_path, record(), record("/artiklar/2024/02/b"), page=None)

    assert "none of its 2 pages is there" in rejected(source)["artiklar.json"]
    assert "put the folder artiklar/" in rejected(source)["artiklar.json"]
    assert len(found(source)) == 2


def test_without_a_table_of_codes_codes_are_names(tmp_path: Path) -> None:
    source = tree(tmp_path, record(senders=["1294"]))
    (source / "api" / "codes.json").unlink()

    assert list(rejected(source)) == ["api/codes.json"]
    assert found(source)[PATH].senders == ("1294",)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("tal/2024/01/a.md", "", "empty"),
        ("tal/2024/01/a.md", b"# T\n\n\xff", "not UTF-8"),
        ("tal/2024/01/a.md", b"\x89PNG\r\n\x1a\n\0", "PNG"),
        ("tal/2024/01/a.md", "Ingen rubrik.", "no title"),
        ("tal/2024/01/a.md", "# T\n" + "x" * 2_000_001, "larger than 2 MB"),
        ("tal/2024/01/a.pdf", b"%PDF", "not a kind of file"),
        ("tal/2024/01/a.json", "[]", "not a kind of file"),
        ("README.md", "# Läs mig", "not the page of an address"),
    ],
)
def test_a_bad_file_is_named_and_the_rest_is_read(tmp_path: Path, name: str, content: Any, reason: str) -> None:
    source = tree(tmp_path, record(), **{name: content})

    assert list(rejected(source)) == [name]
    assert reason in rejected(source)[name]
    assert units(source) == {PATH: 2}


def test_a_page_that_cannot_be_read_leaves_its_record(tmp_path: Path) -> None:
    source = tree(tmp_path, record(summary="Kort."), record("/artiklar/2024/02/b"), page="")
    lay_out(source, {"artiklar/2024/02/b.md": "# B"})

    assert list(rejected(source)) == [f"{PATH[1:]}.md"]
    assert found(source)[PATH].summary == "Kort."


def test_two_records_of_a_page_are_one_release(tmp_path: Path) -> None:
    source = tree(tmp_path, record(), record(title="En gång till"))

    assert units(source) == {PATH: 3}
    assert rejected(source) == {}


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["/sidan/", "2097", "2024-02"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "url"]), inner),
    max_leaves=5,
)
_FIELDS = ("title", "url", "published", "updated", "types", "senders", "categories", "summary", "shortcuts")


@given(st.dictionaries(st.sampled_from([*_FIELDS, "attachments", "other"]), _JSON), st.text(max_size=60))
def test_any_record_and_page_are_releases_or_are_refused(fields: dict[str, Any], page: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = tree(Path(folder), record(**fields), page=page.encode("utf-8", "replace"))
        items = list(read(source))
    assert items
    for item in items:
        assert list(complaints(item.release)) == [] if isinstance(item, Found) else item.reason
