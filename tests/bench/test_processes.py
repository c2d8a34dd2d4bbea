import os
import subprocess
import sys
import time

from bench.processes import Watch, peak, pss, tree

HOLD = "import sys; held = bytearray(b'x') * 40_000_000; print('held', flush=True); sys.stdin.read()"


def test_memory_is_added_up_over_a_process_and_its_descendants() -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert child.pid in tree(os.getpid())
        assert pss(child.pid) >= 40_000_000
        assert peak(child.pid) >= 40_000_000
        child.communicate(b"")


def test_a_watch_sees_what_a_process_held_for_a_while() -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        with Watch(child.pid) as watch:
            child.stdout.readline()
            time.sleep(0.3)
            child.communicate(b"")
    assert watch.most >= 40_000_000


def test_a_process_that_has_ended_has_no_memory() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    assert (pss(child.pid), peak(child.pid)) == (0, 0)
