from bench.constant import constant
from bench.load import figures


def test_the_scripts_last_line_is_read() -> None:
    seen = figures(["Running 10s test", "figures 4000 10000000 1500 6250 3"])
    assert (seen.per_second, seen.median, seen.p95, seen.requests, seen.failed) == (400, 1.5, 6.25, 4000, 3)


def test_the_bare_view_gives_json_of_the_size_asked_for() -> None:
    answer = constant(1000).test_client().get("/?q=skog")
    assert len(answer.data) == 1000
    assert answer.json is not None
