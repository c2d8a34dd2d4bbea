from hypothesis import given
from hypothesis import strategies as st

from web.pages.chart import HEIGHT, chart

shares = st.lists(st.none() | st.just(0) | st.floats(1e-9, 1), min_size=1, max_size=40)  # one of a thousand million


def test_a_line_rises_with_its_values_and_stops_where_there_is_none() -> None:
    drawn = chart([("skola", [0.1, 0.2, None, 0.2])], ["a", "b", "c", "d"], [2021, 2022, 2023, 2024])
    (line,) = drawn.lines
    assert [p.period for p in line.points] == [0, 1, 3]
    assert [(a.period, b.period) for a, b in line.joints] == [(0, 1)]
    assert line.points[0].y > line.points[1].y == line.points[2].y
    assert len(drawn.gaps) == 1


def test_the_scale_ends_at_round_numbers() -> None:
    drawn = chart([("skola", [0.034])], ["a"], [2024])
    assert [round(share, 3) for share, _ in drawn.ticks] == [0, 0.01, 0.02, 0.03, 0.04]


@given(shares)
def test_everything_is_drawn_within_its_frame(values: list[float | None]) -> None:
    drawn = chart([("x", values)], ["n"] * len(values), [2000 + at for at in range(len(values))])
    points = [p for line in drawn.lines for p in line.points]
    assert len(points) == sum(v is not None for v in values)
    assert all(0 <= p.y <= HEIGHT and 0 < p.x < 100 for p in points)
    assert len(drawn.names) <= 12
    assert 2 <= len(drawn.ticks) <= 6


def test_nothing_to_draw_is_no_error() -> None:
    assert chart([], [], []).lines == ()
