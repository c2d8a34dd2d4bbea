import json
from datetime import date
from pathlib import Path

import pytest

from index.build import update
from index.errors import FetchError
from index.mirror import Client, fetching
from index.mirror.state import Mirror as Place
from index.store import DataFolder
from tests.index.mirror.conftest import HASTY, Mirror
from tests.index.mirror.server import CODES, LATEST, Archive, cut, failing, record, saying


def test_the_first_run_fetches_lists_codes_and_pages(mirror: Mirror) -> None:
    fetched = mirror.fetch()
    assert (fetched.lists, fetched.pages, fetched.kept, fetched.rejected, fetched.stopped) == (3, 5, 0, [], "")
    assert mirror.files() == mirror.wanted()


def test_what_was_fetched_is_a_source_that_is_read_whole(mirror: Mirror, tmp_path: Path) -> None:
    mirror.fetch()
    summary = update(DataFolder(tmp_path / "data"), [mirror.folder])
    assert (summary.releases, summary.rejected) == (5, [])


def test_nothing_but_the_date_is_asked_for_while_the_archive_stays_as_it_is(mirror: Mirror) -> None:
    mirror.fetch()
    fetched = mirror.fetch()
    assert mirror.archive.requests == [LATEST]
    assert (fetched.unchanged, fetched.kept) == (True, 5)


def test_only_what_is_new_or_changed_is_fetched(mirror: Mirror) -> None:
    mirror.fetch()
    archive = mirror.archive
    archive.records["tal"][0]["updated"] = "2024-02-02"
    archive.files["/tal/2024/01/tal-3.md"] = b"# Om tal-3\n\nEn annan text.\n"
    new = archive.add("tal", "tal-4")
    archive.updated("2024-02-02 01:00:00")
    fetched = mirror.fetch()
    assert archive.pages == [new, "/tal/2024/01/tal-3.md"]
    assert (fetched.lists, fetched.pages, fetched.kept) == (1, 2, 4)
    assert mirror.files() == mirror.wanted()


def test_a_list_is_only_sent_when_it_changed(mirror: Mirror) -> None:
    mirror.fetch()
    mirror.archive.updated("2024-02-02 01:00:00")
    mirror.archive.headers.clear()
    fetched = mirror.fetch()
    assert [bool(headers.get("If-None-Match")) for headers in mirror.archive.headers] == [False, True, True, True]
    assert (fetched.lists, fetched.pages, fetched.kept) == (0, 0, 5)


@pytest.mark.parametrize("text", [None, b"null", b"[1]", b'{"latest_updated": 7}', b"<html>", b"", b"{"])
def test_without_a_date_that_can_be_read_the_lists_are_looked_at(mirror: Mirror, text: bytes | None) -> None:
    del mirror.archive.files[LATEST]
    if text is not None:
        mirror.archive.files[LATEST] = text
    mirror.fetch()
    mirror.archive.add("tal", "tal-4")
    fetched = mirror.fetch()
    assert (fetched.unchanged, fetched.pages) == (False, 1)
    assert [one.name for one in fetched.rejected] == ([] if text is None else ["api/latest_updated.json"])


def test_a_page_that_was_lost_here_is_fetched_again(mirror: Mirror) -> None:
    mirror.fetch()
    (mirror.folder / "tal/2024/01/tal-2.md").unlink()
    fetched = mirror.fetch()
    assert mirror.archive.pages == ["/tal/2024/01/tal-2.md"]
    assert (fetched.pages, fetched.kept) == (1, 4)


@pytest.mark.parametrize("name", ["tal.json", "api/codes.json"])
@pytest.mark.parametrize("text", [None, "", "nonsense", "[]"])
def test_a_list_that_was_lost_or_spoilt_here_is_fetched_again(mirror: Mirror, name: str, text: str | None) -> None:
    mirror.fetch()
    if text is None:
        (mirror.folder / name).unlink()
    else:
        (mirror.folder / name).write_text(text)
    fetched = mirror.fetch()
    assert (fetched.lists, fetched.rejected, mirror.archive.pages) == (1, [], [])
    assert mirror.files() == mirror.wanted()


def test_a_page_that_the_archive_lacks_is_no_fault_and_is_asked_for_again_in_a_week(
    mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_today", lambda: date(2024, 2, 1))
    page = "/tal/2024/01/tal-2.md"
    body = mirror.archive.files.pop(page)
    fetched = mirror.fetch()
    assert (fetched.pages, fetched.absent, fetched.rejected) == (4, 1, [])
    mirror.archive.files[page] = body
    for day, asked in ((7, []), (8, [page])):
        monkeypatch.setattr(fetching, "_today", lambda day=day: date(2024, 2, day))
        mirror.archive.updated(f"2024-02-0{day} 01:00:00")
        mirror.fetch()
        assert mirror.archive.pages == asked
    assert mirror.files() == mirror.wanted()


def test_a_page_that_the_archive_lost_stays_as_it_was(mirror: Mirror) -> None:
    mirror.fetch()
    page = "/tal/2024/01/tal-2.md"
    body = mirror.archive.files.pop(page)
    mirror.archive.records["tal"][1]["updated"] = "2024-02-02"
    mirror.archive.write_lists()
    mirror.archive.updated("2024-02-02 01:00:00")
    fetched = mirror.fetch()
    assert (fetched.absent, fetched.removed, fetched.rejected) == (1, 0, [])
    assert mirror.files() == mirror.wanted() | {page: body}


def test_a_page_that_is_no_longer_listed_is_removed_and_its_release_said_to_be_gone(
    mirror: Mirror, tmp_path: Path
) -> None:
    data = DataFolder(tmp_path / "data")
    mirror.fetch()
    update(data, [mirror.folder])
    del mirror.archive.records["tal"][0], mirror.archive.files["/tal/2024/01/tal-3.md"]
    mirror.archive.write_lists()
    mirror.archive.updated("2024-02-02 01:00:00")
    assert mirror.fetch().removed == 1
    assert mirror.files() == mirror.wanted()
    summary = update(data, [mirror.folder])
    assert (summary.marked_removed, summary.indexed) == (1, 5)


def test_a_page_that_moved_to_a_list_in_doubt_is_not_removed(mirror: Mirror) -> None:
    mirror.fetch()
    archive = mirror.archive
    archive.records["artiklar"].append(archive.records["tal"].pop())
    archive.write_lists()
    archive.updated("2024-02-02 01:00:00")
    archive.always["/artiklar.json"] = failing(500)
    assert mirror.fetch().removed == 0
    archive.always.clear()
    assert (mirror.fetch().removed, archive.pages) == (0, [])


@pytest.mark.parametrize("text", [None, "nonsense"])
def test_pages_of_a_list_that_was_spoilt_here_are_not_removed(mirror: Mirror, text: str | None) -> None:
    mirror.fetch()
    (mirror.folder / "artiklar.json").unlink()
    if text:
        (mirror.folder / "artiklar.json").write_text(text)
    mirror.archive.updated("2024-02-02 01:00:00")
    assert mirror.fetch(types=("tal",)).removed == 0
    assert mirror.fetch().lists == 1
    assert (mirror.archive.pages, mirror.files()) == ([], mirror.wanted())


def test_pages_of_other_lists_and_of_other_hands_are_left_alone(mirror: Mirror) -> None:
    mirror.fetch()
    own = mirror.folder / "tal/2020/01/egen.md"
    own.parent.mkdir(parents=True)
    own.write_text("# Egen\n")
    mirror.archive.updated("2024-02-02 01:00:00")
    assert mirror.fetch(types=("tal",)).removed == 0
    with_own = mirror.wanted() | {"/tal/2020/01/egen.md": b"# Egen\n"}
    assert mirror.files() == with_own


def test_other_lists_may_be_fetched_later_from_the_same_archive(mirror: Mirror) -> None:
    mirror.fetch(types=("tal",))
    fetched = mirror.fetch()
    assert (fetched.unchanged, fetched.lists, fetched.pages) == (False, 1, 2)


def test_a_folder_that_was_filled_in_another_way_is_gone_on_with(mirror: Mirror) -> None:
    mirror.fetch()
    (mirror.folder / ".pressok-fetch.json").unlink()
    mirror.archive.add("tal", "tal-4")
    fetched = mirror.fetch()
    assert mirror.archive.pages == ["/tal/2024/01/tal-4.md"]
    assert (fetched.pages, fetched.kept) == (1, 5)


STATE: dict[str, object] = {"base": "x", "latest": "", "types": [], "failed": [], "lists": {}, "pages": {}}


@pytest.mark.parametrize(
    "state", ["", "{", "[]", "null", "{}", '{"pages": 1}', json.dumps({**STATE, "absent": {"a": ["b"]}, "more": 1})]
)
def test_a_damaged_state_costs_no_page(mirror: Mirror, state: str) -> None:
    mirror.fetch()
    (mirror.folder / ".pressok-fetch.json").write_text(state)
    assert mirror.fetch().kept == 5
    assert mirror.archive.pages == []


def test_another_archive_is_looked_at_from_the_beginning(mirror: Mirror, tmp_path: Path) -> None:
    mirror.fetch()
    mirror.archive.url += "/./"
    mirror.archive.headers.clear()
    assert mirror.fetch().unchanged is False
    assert not any(headers.get("If-None-Match") for headers in mirror.archive.headers)


def test_two_runs_never_fill_one_folder(mirror: Mirror) -> None:
    with Place(mirror.folder).alone(), pytest.raises(FetchError, match="Another pressok fetch"):
        mirror.fetch()
    assert mirror.archive.requests == []


def test_a_cut_in_the_middle_is_gone_on_with_where_it_was(mirror: Mirror) -> None:
    """Here it is the operator who cuts; the same holds for the archive going away."""

    def interrupted(total: int, pages: object) -> object:
        for number, page in enumerate(pages):
            if number == 2:
                raise KeyboardInterrupt
            yield page

    with pytest.raises(KeyboardInterrupt):
        mirror.fetch(progress=interrupted)
    first = mirror.archive.pages
    assert len(first) == 2
    assert mirror.files().items() <= mirror.wanted().items()
    fetched = mirror.fetch()
    assert (fetched.pages, fetched.kept) == (3, 2)
    assert not set(mirror.archive.pages) & set(first)
    assert mirror.files() == mirror.wanted()


def test_an_archive_that_goes_away_is_not_asked_for_every_page(mirror: Mirror) -> None:
    for number in range(30):
        mirror.archive.add("tal", f"fler-{number}")
    for path in mirror.archive.files:
        if path.endswith(".md") and path != "/tal/2024/01/fler-29.md":
            mirror.archive.always[path] = failing(403)
    fetched = mirror.fetch()
    assert "10 pages in a row failed" in fetched.stopped
    assert (fetched.pages, len(mirror.archive.pages)) == (1, 11)
    failed = mirror.archive.pages[1:]
    mirror.archive.always.clear()
    assert mirror.fetch().stopped == ""
    assert len(mirror.archive.pages) == 34
    assert mirror.archive.pages[-10:] == failed  # so that they don't stand in the way of the rest
    assert mirror.files() == mirror.wanted()


def test_an_archive_that_can_t_be_reached_is_told(mirror: Mirror) -> None:
    mirror.archive.url = "http://127.0.0.1:1"
    fetched = mirror.fetch()
    assert "can't be asked: the server can't be reached" in fetched.stopped
    assert mirror.files() == {}


def test_an_address_without_any_list_is_told(mirror: Mirror) -> None:
    mirror.archive.files.clear()
    assert "gave no list (the archive does not have it)" in mirror.fetch().stopped


def test_addresses_that_lead_elsewhere_are_refused_by_name(mirror: Mirror, tmp_path: Path) -> None:
    evil = ["/tal/../../ond", "/tal/%2e%2e/%2e%2e/ond", "/tal/2024/.dold", "https://example.se/tal/a", "/tal/a\0b/"]
    rows = mirror.archive.records["tal"] = [*map(record, evil), *mirror.archive.records["tal"]]
    mirror.archive.files["/tal.json"] = json.dumps(rows).encode()
    fetched = mirror.fetch()
    assert [one.name for one in fetched.rejected] == [f"tal.json#{number}" for number in range(5)]
    assert fetched.pages == 5
    assert {path.name for path in tmp_path.iterdir()} == {"g0v"}


def test_something_else_in_the_place_of_a_page_is_told_and_left(mirror: Mirror, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (mirror.folder / "artiklar").mkdir(parents=True)
    (mirror.folder / "artiklar/2024").symlink_to(outside)
    (mirror.folder / "tal/2024/01/tal-1.md").mkdir(parents=True)
    fetched = mirror.fetch()
    assert {one.name for one in fetched.rejected} == {
        *("tal/2024/01/tal-1.md", "artiklar/2024/01/artikel-1.md", "artiklar/2024/01/artikel-2.md")
    }
    assert not any(path.is_file() for path in outside.rglob("*"))
    assert fetched.pages == 2


def test_one_connection_is_enough(mirror: Mirror) -> None:
    mirror.fetch()
    assert mirror.archive.connections == 1


def test_codes_that_are_refused_leave_the_earlier_ones(mirror: Mirror) -> None:
    mirror.fetch()
    for wrong in (b"{}", b"[]", b'{"1": 2}', b"<html></html>", b'{"1": "Tal"'):
        mirror.archive.updated(str(wrong))
        mirror.archive.faults[CODES] = [saying(wrong)]
        fetched = mirror.fetch()
        assert [one.name for one in fetched.rejected] == ["api/codes.json"]
        assert mirror.files() == mirror.wanted()


def test_a_fault_that_passes_leaves_no_trace(mirror: Mirror) -> None:
    for path in mirror.archive.files:
        mirror.archive.faults[path] = [failing(500), cut]
    fetched = mirror.fetch()
    assert fetched.rejected == []
    assert mirror.files() == mirror.wanted()


def test_requests_say_who_asks(archive: Archive, tmp_path: Path) -> None:
    client = Client(archive.url, "Pressok/1.0 (+press@example.se)", HASTY, sleep=lambda _: None)
    fetching.fetch(tmp_path, client, types=("tal",))
    assert {headers["User-Agent"] for headers in archive.headers} == {"Pressok/1.0 (+press@example.se)"}
