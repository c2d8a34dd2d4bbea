"""Two that write at once: one does, the other says so and changes nothing."""

import subprocess
import sys
from pathlib import Path

from index.build import rebuild
from index.store import DataFolder
from search.local import LocalEngine
from tests.reliability.rounds import asked, write_round

_COMMAND = [sys.executable, "-c", "from web.cli.main import main; main()", "rebuild"]


def test_of_writers_that_start_at_once_one_writes_and_the_others_say_so(tmp_path: Path) -> None:
    data = tmp_path / "data"
    rebuild(DataFolder(data), [write_round(tmp_path / "0.jsonl", 1, all_change=True)])
    started = [
        subprocess.Popen(
            [*_COMMAND, str(write_round(tmp_path / f"{number}.jsonl", number, all_change=True)), "--data", str(data)],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        for number in (2, 3, 4)
    ]
    ended = [(process.communicate(timeout=120)[1], process.returncode) for process in started]
    done = [number for number, (_, status) in zip((2, 3, 4), ended, strict=True) if status == 0]
    told = [(said, status) for said, status in ended if status]
    assert done and told
    for said, status in told:
        assert (status, said.count("\n"), "Another pressok process is writing" in said) == (2, 1, True)
    assert asked(LocalEngine(data)) in done
    assert DataFolder(data).current().number == f"{1 + len(done):06}"
    assert not list((data / "generations").glob("*.new"))


def test_a_lock_goes_with_the_process_that_held_it(tmp_path: Path) -> None:
    held = "import sys; from pathlib import Path; from index.store import DataFolder\n"
    held += "with DataFolder(Path(sys.argv[1])).writing(): print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", held, str(tmp_path / "data")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout and holder.stdout.readline()
        holder.kill()
    with DataFolder(tmp_path / "data").writing():
        pass
