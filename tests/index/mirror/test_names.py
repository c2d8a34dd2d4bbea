import json
import re
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.mirror import names
from index.sources.addresses import page_path
from index.sources.items import Unreadable


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/tal/2024/12/om-broar/", "tal/2024/12/om-broar.md"),
        ("https://www.regeringen.se/tal/2024/12/om-broar", "tal/2024/12/om-broar.md"),
        ("/artiklar/2024/01/yttrande--och-tryckfrihet_2.0/?a=b#c", "artiklar/2024/01/yttrande--och-tryckfrihet_2.0.md"),
        ("/tal/2024/12/om-%C3%B6ar/", "tal/2024/12/om-öar.md"),
        ("/tal/../../artiklar/./om-broar", "artiklar/om-broar.md"),  # as a browser understands it
    ],
)
def test_a_page_lies_where_its_address_says(address: str, name: str) -> None:
    assert names.of_address(address) == name


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/",
        "/tal",
        "/tal/%2e%2e/%2e%2e/x",
        "/tal/%2E%2E%2F%2E%2E%2Fx",
        "/tal//x",
        "/tal/.pressok-fetch",
        "/tal/a%00b",
        "/tal/a%0Ab",
        "/tal/a%5C..%5Cb",
        "/tal/a:b",
        "/tal/100%25",
        "/tal/" + "a" * 300,
        "/a" * 20,
        "https://example.se/tal/2024/01/x",
        "//example.se/tal/2024/01/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://[broken/tal/x",
    ],
)
def test_an_address_that_leads_elsewhere_or_holds_odd_characters_is_refused(address: str) -> None:
    with pytest.raises(Unreadable, match=r"not a page of regeringen\.se|no safe name"):
        names.of_address(address)


PARTS = st.one_of(
    st.sampled_from(
        ["..", ".", "", "%2e%2e", "%2f", "%252e", "tal", "2024", "om-broar", "~", "C:", "\\", "å", "\u0308"]
    ),
    st.text(max_size=6),
)


@given(st.lists(PARTS, max_size=6), st.sampled_from(["", "/", "https://regeringen.se/", "https://g0v.se/", "//"]))
def test_no_address_leads_out_of_the_folder_and_the_reader_finds_what_was_put_there(
    parts: list[str], start: str
) -> None:
    address = start + "/".join(parts)
    try:
        name = names.of_address(address)
    except Unreadable:
        return
    root = Path("/srv/g0v")
    place = (root / name).resolve()
    assert place.is_relative_to(root)
    assert place != root
    assert not any(part.startswith(".") for part in place.relative_to(root).parts)
    assert page_path("/" + name.removesuffix(".md")) == page_path(address)


@pytest.mark.corpus
def test_every_real_address_has_a_name_and_every_real_page_has_its_own(shared: Path) -> None:
    with tarfile.open(shared / "corpus" / "g0v-2014-2024.tar.gz") as archive:
        members = [member.name.removeprefix("g0v/") for member in archive if member.isfile()]
        files = [archive.extractfile(member) for member in archive if re.fullmatch(r"g0v/[a-z]+\.json", member.name)]
        addresses = [record["url"] for file in files if file for record in json.load(file)]
    assert len(addresses) > 1500
    assert all(names.of_address(address).endswith(".md") for address in addresses)
    pages = [name for name in members if name.endswith(".md")]
    assert len(pages) > 7000
    assert [names.of_address(f"/{name.removesuffix('.md')}/") for name in pages] == pages
