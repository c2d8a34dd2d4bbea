import gc
import time
import weakref
from pathlib import Path

from search.local import LocalEngine
from search.local.memory import give_back, keep_together
from search.query import Query
from tests.builders import document, publish


def test_a_generation_that_was_replaced_is_let_go_of(tmp_path: Path) -> None:
    publish(tmp_path, [document("a", title="Möte om segregation")])
    engine = LocalEngine(tmp_path)
    gc.disable()  # nobody else looks for garbage
    try:
        engine.search(Query("segregation"))
        held = weakref.ref(engine._snapshot.lookup) if engine._snapshot else None
        publish(tmp_path, [document("b", title="Mer om segregation")], afresh=False)
        assert engine.search(Query("segregation")).total == 2
        end = time.monotonic() + 20
        while held and held() and time.monotonic() < end:  # not before those who waited have had their answer
            time.sleep(0.05)
    finally:
        gc.enable()
    assert held is not None
    assert held() is None


def test_what_the_system_can_not_do_is_left_out() -> None:
    keep_together()
    give_back()
