from bench.workers import rows


def test_what_the_last_worker_adds_is_told_of_all_processes_together() -> None:
    megabyte = 1_000_000
    found = {1: [100 * megabyte, 150 * megabyte], 2: [90 * megabyte, 90 * megabyte, 95 * megabyte]}
    assert rows(found) == [["1", 100.0, 150.0, 250.0, None], ["2", 90.0, 185.0, 275.0, 25.0]]
