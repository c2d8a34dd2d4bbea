from hypothesis import given
from hypothesis import strategies as st

from web.feeds.stream import chunks


@given(st.lists(st.text(max_size=5)), st.integers(1, 40_000))
def test_all_is_sent_in_its_order(lines: list[str], times: int) -> None:
    lines = [line * times for line in lines]
    assert "".join(chunks(lines)) == "".join(lines)


def test_nothing_is_read_before_it_is_needed() -> None:
    read: list[int] = []
    sent = chunks(read.append(n) or "x" * 1000 for n in range(1000))  # type: ignore[func-returns-value]
    assert len(next(sent)) == 66_000
    assert len(read) == 66
