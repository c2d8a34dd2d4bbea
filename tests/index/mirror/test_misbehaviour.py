"""Whatever the archive does, no half file is kept, no file is lost, and the next run mends it."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index.build import update
from index.mirror import Manners
from index.store import DataFolder
from search.local import LocalEngine
from tests.index.mirror import server
from tests.index.mirror.conftest import Mirror
from tests.index.mirror.server import HTML, Fault, failing, record, saying

QUICK = Manners(delay=0, first_wait=0, read=0.2, whole=0.3, tries=2)
FAULTS: dict[str, Fault] = {
    "500": failing(500),
    "403": failing(403),
    "silent": server.silent,
    "dripping": server.dripping,
    "cut": server.cut,
    "cut in pieces": server.cut_in_pieces,
    "cut and packed": server.cut_packed,
    "HTML by its header": saying(b"<!-- Sorry -->\n<p>Tillbaka snart", Content_Type="text/html; charset=utf-8"),
    "HTML by its beginning": saying(HTML),
    "empty": saying(b""),
    "blank": saying(b" \n\n"),
    "an image": saying(b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "binary": saying(b"# Title\0"),
    "Latin-1": saying("# Öar\n".encode("latin-1")),
    "too long": saying(b"x" * 2_000_001),
    "another host": server.moved("https://example.invalid/"),
    "no length": server.without_length,
    "babbling": server.babbling,
}
WRONG_LISTS = {
    "nothing": b"[]",
    "null": b"null",
    "a table": b'{"tal": []}',
    "a text": b'"tal"',
    "half": b'[{"title": "Om broar", "url": "/tal/2024/01/br',
    "numbers": b"[1, 2, 3]",
    "lists": b"[[], [], []]",
    "records without address": b'[{"title": "Om broar"}]',
    "an address that is a number": b'[{"title": "Om broar", "url": 7}]',
    "addresses elsewhere": json.dumps([record("https://example.se/tal/2024/01/x")] * 9).encode(),
    "half characters": b'[{"title": "\\ud800", "url": "/tal/2024/01/x"}]',
    "too deep": b"[" * 100_000,
    "others altogether": json.dumps([record(f"/tal/2020/01/annat-{number}/") for number in range(30)]).encode(),
}


UNASKED = {"as before, it says": failing(304)}  # a page is never asked for on conditions


@pytest.mark.parametrize("name", [*FAULTS, *UNASKED])
def test_a_new_page_that_goes_wrong_is_absent_and_comes_with_the_next_run(mirror: Mirror, name: str) -> None:
    page = "/tal/2024/01/tal-2.md"
    mirror.archive.always[page] = (FAULTS | UNASKED)[name]
    fetched = mirror.fetch(QUICK)
    assert [one.name for one in fetched.rejected] == [page[1:]]
    assert fetched.pages == 4
    assert mirror.files() == {path: body for path, body in mirror.wanted().items() if path != page}
    mirror.archive.always.clear()
    fetched = mirror.fetch()
    assert mirror.archive.pages == [page]
    assert (fetched.rejected, mirror.files()) == ([], mirror.wanted())


@pytest.mark.parametrize("name", [*FAULTS, *UNASKED])
def test_a_changed_page_that_goes_wrong_stays_as_it_was(mirror: Mirror, name: str) -> None:
    mirror.fetch()
    page = "/tal/2024/01/tal-2.md"
    before = mirror.archive.files[page]
    mirror.archive.files[page] = b"# Om tal-2\n\nEn annan text.\n"
    mirror.archive.records["tal"][1]["updated"] = "2024-02-02"
    mirror.archive.write_lists()
    mirror.archive.updated("2024-02-02 01:00:00")
    mirror.archive.always[page] = (FAULTS | UNASKED)[name]
    assert [one.name for one in mirror.fetch(QUICK).rejected] == [page[1:]]
    assert mirror.files() == mirror.wanted() | {page: before}
    mirror.archive.always.clear()
    assert mirror.fetch().pages == 1
    assert mirror.files() == mirror.wanted()


@pytest.mark.parametrize("name", [*FAULTS, *WRONG_LISTS])
def test_a_list_that_goes_wrong_stays_as_it_was_and_the_others_are_fetched(mirror: Mirror, name: str) -> None:
    mirror.fetch()
    before = mirror.files()["/tal.json"]
    mirror.archive.add("tal", "tal-4")
    new = mirror.archive.add("artiklar", "artikel-3")
    mirror.archive.updated("2024-02-02 01:00:00")
    mirror.archive.always["/tal.json"] = FAULTS[name] if name in FAULTS else saying(WRONG_LISTS[name])
    for _ in range(2):  # the second run is not led to believe that nothing changed
        fetched = mirror.fetch(QUICK)
        assert [one.name for one in fetched.rejected] == ["tal.json"]
        assert fetched.removed == 0
    assert mirror.files()["/tal.json"] == before
    assert mirror.files()[new] == mirror.archive.files[new]
    mirror.archive.always.clear()
    assert mirror.fetch().pages == 1
    assert mirror.files() == mirror.wanted()


@pytest.mark.parametrize("name", sorted(WRONG_LISTS.keys() - {"others altogether"}))
def test_a_wrong_list_is_not_taken_the_first_time_either(mirror: Mirror, name: str) -> None:
    mirror.archive.always["/tal.json"] = saying(WRONG_LISTS[name])
    fetched = mirror.fetch()
    assert [one.name for one in fetched.rejected] == ["tal.json"]
    assert "/tal.json" not in mirror.files()
    assert fetched.pages == 2


@pytest.mark.parametrize("left", [0, 14])
def test_a_list_that_shrinks_does_not_empty_the_index(mirror: Mirror, tmp_path: Path, left: int) -> None:
    for number in range(17):
        mirror.archive.add("tal", f"fler-{number}")
    data = DataFolder(tmp_path / "data")
    mirror.fetch()
    update(data, [mirror.folder])
    whole = mirror.archive.records["tal"]
    mirror.archive.records["tal"] = whole[:left]
    mirror.archive.write_lists()
    mirror.archive.updated("2024-02-02 01:00:00")
    fetched = mirror.fetch()
    assert [one.name for one in fetched.rejected] == ["tal.json"]
    summary = update(data, [mirror.folder])
    assert (summary.indexed, summary.marked_removed, summary.rejected) == (22, 0, [])
    assert LocalEngine(data.path).status().releases == 22
    if left:
        assert mirror.fetch(may_shrink=True).removed == 20 - left
        assert mirror.files().keys() == {*mirror.wanted()} - {row["url"].rstrip("/") + ".md" for row in whole[left:]}


def test_a_list_that_was_never_here_is_not_taken_to_be_as_before(mirror: Mirror) -> None:
    mirror.archive.faults["/tal.json"] = [failing(304)]
    assert [one.name for one in mirror.fetch().rejected] == ["tal.json"]


def test_a_page_that_the_server_takes_for_html_may_still_be_one(mirror: Mirror) -> None:
    page = "/tal/2024/01/tal-2.md"
    mirror.archive.faults[page] = [saying(mirror.archive.files[page], Content_Type="text/html")]
    assert mirror.fetch().rejected == []
    assert mirror.files() == mirror.wanted()


def test_a_list_with_a_few_bad_records_is_taken_and_they_are_named(mirror: Mirror) -> None:
    rows = [*mirror.archive.records["tal"], {"title": "Utan adress"}, 7]
    mirror.archive.files["/tal.json"] = json.dumps(rows).encode()
    fetched = mirror.fetch()
    assert [one.name for one in fetched.rejected] == ["tal.json#3", "tal.json#4"]
    assert mirror.files() == mirror.wanted()


def test_going_on_after_a_cut_body_asks_for_that_page_alone(mirror: Mirror) -> None:
    mirror.archive.always["/artiklar/2024/01/artikel-2.md"] = server.cut
    assert mirror.fetch(QUICK).pages == 4
    mirror.archive.always.clear()
    mirror.fetch()
    assert mirror.archive.pages == ["/artiklar/2024/01/artikel-2.md"]


RUN = """
import sys
from pathlib import Path
from index.mirror import Client, Manners, fetch
fetch(Path(sys.argv[2]), Client(sys.argv[1], "Pressok/test", Manners(delay=0)), types=("tal", "artiklar"))
"""


@pytest.mark.parametrize("moment", [3, 20])
def test_a_run_that_is_killed_leaves_whole_files_only(mirror: Mirror, moment: int) -> None:
    for number in range(40):
        mirror.archive.add("tal", f"fler-{number}")
    with subprocess.Popen([sys.executable, "-c", RUN, mirror.archive.url, str(mirror.folder)]) as process:
        wait_until(lambda: len(mirror.archive.requests) >= moment)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL, "it was done before it was killed"
    assert mirror.files().items() <= mirror.wanted().items()
    assert mirror.fetch().rejected == []
    assert mirror.files() == mirror.wanted()


def wait_until(ready: Callable[[], bool]) -> None:
    for _ in range(6000):
        if ready():
            return
        time.sleep(0.005)
    raise AssertionError("it took more than 30 s")
