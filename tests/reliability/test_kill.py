"""Runs killed at any moment: what was published answers, what was acknowledged is there, the next run cleans up."""

import os
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import pytest

from index.archive import Archive
from index.store import DataFolder
from search.local import LocalEngine
from tests.reliability.rounds import asked, write_round
from tests.reliability.writer import Ended, run

KILLS = 100  # of each command, at random moments
STRIDE = 1 if os.environ.get("FAULTS") == "all" else 19  # of the steps on files, one run is killed at every so manieth
_SEED = 1
_LEFT = {"CURRENT", "LAST_UPDATE", "archive.sqlite", "generations", "rejects.jsonl", "writer.lock"}


@contextmanager
def reading(data: Path) -> Iterator[list[int]]:
    """Somebody who searches all the while: the rounds of the answers. Any that is mixed fails the test."""
    engine, rounds, failed, done = LocalEngine(data), [0], [], threading.Event()

    def search() -> None:
        try:
            while not done.wait(0.02):
                rounds.append(asked(engine))
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=search)
    thread.start()
    try:
        yield rounds
    finally:
        done.set()
        thread.join()
    if failed:
        raise failed[0]
    assert rounds == sorted(rounds), "a reader went back to an earlier generation"


@dataclass
class Trial:
    """A data folder that one run after the other writes a round into."""

    command: str
    data: Path
    round: int = 0
    acknowledged: int = 0
    left: set[str] = field(default_factory=set)
    """What lay in the data folder after the last run that would not after a whole one."""
    outcomes: list[str] = field(default_factory=list)

    def run(self, *, kill_after: float | None = None, kill_at: int = 0) -> Ended:
        """Run for the next round, and look at what is there then."""
        self.round += 1
        source = write_round(self.data.parent / "source.jsonl", self.round, all_change=self.command == "rebuild")
        ended = run(
            self.command if self.round > 1 else "rebuild", source, self.data, kill_after=kill_after, kill_at=kill_at
        )
        if ended.acknowledged:
            self.acknowledged = self.round
        self.look(ended)
        return ended

    def look(self, ended: Ended) -> None:
        """A new reader gets a whole answer that has all that was acknowledged; the archive is sound and has it too."""
        self.left = self.leftovers()  # before the archive is read, for which SQLite makes files of its own
        there = asked(LocalEngine(self.data))
        assert self.acknowledged <= there <= self.round
        with Archive.open(self.data / "archive.sqlite", "ro") as archive:
            archive.check()
            ((release, _),) = archive.present(["r0"])
        kept = int(release.title.rpartition("varv")[2])
        assert there <= kept <= self.round, "the archive lacks what is published"
        self.outcomes.append(_outcome(ended, self.round, kept, there, self.left))

    def leftovers(self) -> set[str]:
        """What lies in the data folder now and would not after a whole run."""
        made = {p.name for p in (self.data / "generations").iterdir()}
        new = {name for name in made if name.endswith(".new") or name > DataFolder(self.data).current().number}
        many = {"old generations"} if len(made - new) > 2 else set()
        return new | many | {p.name for p in self.data.iterdir()} - _LEFT

    def finish(self) -> None:
        """A run that nobody kills leaves nothing of those that were."""
        assert self.run().acknowledged
        assert not self.left
        assert not list((self.data.parent / "temporary").iterdir())


def _outcome(ended: Ended, wanted: int, kept: int, there: int, left: set[str]) -> str:
    if ended.acknowledged:
        return "done"
    assert ended.status < 0, "it failed, and was not killed"
    if there == wanted:
        return "killed when published"
    if left - {"archive.sqlite-wal", "archive.sqlite-shm"}:
        return "killed while a generation was made"
    return "killed when in the archive" if kept == wanted else "killed before that"


@pytest.fixture
def trial(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trial:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    return Trial(request.param, tmp_path / "data")


@pytest.mark.parametrize("trial", ["rebuild", "update"], indirect=True)
def test_runs_killed_at_random_moments_leave_whole_answers(trial: Trial) -> None:
    chance = random.Random(_SEED)
    trial.run()
    usual = median(trial.run().seconds for _ in range(5))
    with reading(trial.data) as rounds:
        killed = 0
        while killed < KILLS:
            killed += trial.run(kill_after=chance.uniform(0, 1.1 * usual)).status < 0
            if killed % 10 == 0:
                trial.finish()
        trial.finish()
    assert len(set(rounds)) > 3, "the reader saw next to nothing"
    tell(trial, rounds)


@pytest.mark.parametrize("trial", ["rebuild", "update"], indirect=True)
def test_a_run_killed_at_any_of_its_steps_on_files_leaves_whole_answers(trial: Trial) -> None:
    trial.run()
    trial.run()
    step = 1
    with reading(trial.data) as rounds:
        while trial.run(kill_at=step).status < 0:
            step += STRIDE
        trial.finish()
    told = tell(trial, rounds)
    assert step > 100
    few = {"killed when in the archive", "killed when published"} if STRIDE == 1 else set()
    assert {"killed before that", "killed while a generation was made", *few} <= told.keys()


def tell(trial: Trial, rounds: list[int]) -> dict[str, int]:
    """Print what became of the runs, for docs/reliability.md."""
    told = {outcome: trial.outcomes.count(outcome) for outcome in sorted(set(trial.outcomes))}
    killed = sum(number for outcome, number in told.items() if outcome != "done")
    print(f"{trial.command}: {killed} killed ({told}); {len(rounds)} answers of {len(set(rounds))} rounds")
    return told
