import os
import signal
from collections.abc import Iterable, Iterator
from itertools import count, islice
from multiprocessing import active_children
from pathlib import Path

import pytest

from index import stock
from index.build import rebuild
from index.corrections import Corrections
from index.document import Document
from index.errors import WorkerLost
from index.recognising import recognised
from index.release import Release
from index.store import DataFolder
from tests.builders import document
from tests.index.files_of_releases import write_lines

NOBODY = Corrections({})

pytestmark = pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="takes two cores")


def release(number: int) -> Release:
    body = f"Skolverket får uppdrag {number}.\n\n– Det är bra, säger Ett Ettsson."
    return document(f"r{number}", title=f"Uppdrag {number}", body=body).release


def test_several_processes_recognise_what_one_does_in_the_same_order(tmp_path: Path) -> None:
    (tmp_path / "corrections.csv").write_text("release,field,action,value\nr7,agency,remove,Skolverket\n")
    corrections = Corrections.load(tmp_path / "corrections.csv")
    releases = [release(number) for number in range(130)]
    alone = list(recognised(releases, corrections))
    assert list(recognised(releases, corrections, 2)) == alone
    assert [one.agencies for _, one in alone[6:9]] == [alone[0][1].agencies, (), alone[0][1].agencies]


def test_nothing_is_recognised_of_nothing() -> None:
    assert list(recognised([], NOBODY, 2)) == []


def test_no_more_is_read_ahead_than_keeps_the_processes_busy() -> None:
    read = count()
    found = recognised((release(next(read)) for _ in range(10**9)), NOBODY, 2)
    assert [one.id for one, _ in islice(found, 50)] == [f"r{n}" for n in range(50)]
    found.close()
    assert next(read) < 1000
    assert active_children() == []


def test_a_process_that_is_killed_is_told_and_nothing_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = DataFolder(tmp_path / "data")
    lines = write_lines(tmp_path / "a.jsonl", *(f"Uppdrag {n}" for n in range(800)))
    monkeypatch.setattr(stock, "FEW", 10)

    def killing(_: int, documents: Iterable[Document]) -> Iterator[Document]:
        for number, one in enumerate(documents):
            if not number:
                for child in active_children():
                    os.kill(child.pid or 0, signal.SIGKILL)
            yield one

    with pytest.raises(WorkerLost, match="PRESSOK_PROCESSES=1"):
        rebuild(data, [lines], killing, processes=2)
    assert not data.is_published
    assert list((data.path / "generations").iterdir()) == []
    assert active_children() == []
    assert rebuild(data, [], processes=2).indexed == 800
