"""How much a client may ask for, and what it is told when that is too much."""

import multiprocessing
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient

from tests.web.fake import FakeEngine
from web.app import create_app
from web.middleware.limits import Buckets
from web.settings import Settings


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def answers(buckets: Buckets, client: str, times: int) -> int:
    return sum(buckets.wait(client) == 0 for _ in range(times))


def test_a_client_may_ask_for_a_minutes_worth_at_once_and_then_steadily() -> None:
    clock = Clock()
    buckets = Buckets(30, clock)
    assert answers(buckets, "192.0.2.1", 100) == 30
    assert buckets.wait("192.0.2.1") == pytest.approx(2)
    clock.now += 2
    assert answers(buckets, "192.0.2.1", 100) == 1
    clock.now += 20
    assert answers(buckets, "192.0.2.1", 100) == 10
    clock.now += 3600
    assert answers(buckets, "192.0.2.1", 100) == 30


def test_each_client_has_its_own_and_a_household_one() -> None:
    buckets = Buckets(5, Clock())
    assert answers(buckets, "192.0.2.1", 9) == 5
    assert answers(buckets, "192.0.2.2", 9) == 5
    assert answers(buckets, "::ffff:192.0.2.2", 9) == 0
    assert answers(buckets, "2001:db8:1:2::1", 9) == 5
    assert answers(buckets, "2001:db8:1:2:ffff::2", 9) == 0
    assert answers(buckets, "2001:db8:1:3::1", 9) == 5
    assert answers(buckets, "unknown", 9) == 5


def test_processes_count_together() -> None:
    buckets = Buckets(20)
    fork = multiprocessing.get_context("fork")
    others = [fork.Process(target=answers, args=(buckets, "192.0.2.1", 8)) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert answers(buckets, "192.0.2.1", 20) in (4, 5)  # a share is 3 s, which may have gone by


def limited(**settings: int) -> FlaskClient:
    return create_app(FakeEngine(), Settings(**settings)).test_client()  # type: ignore[arg-type]


def test_too_many_requests_are_refused_on_pages_and_in_the_api() -> None:
    client = limited(rate=3)
    assert [client.get("/?q=a").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    page = client.get("/?q=a")
    assert "Vänta en minut" in page.text
    assert 1 <= int(page.headers["Retry-After"]) <= 20
    answer = client.get("/api/v1/search")
    assert answer.status_code == 429
    assert answer.json["error"]["code"] == "too_many_requests"  # type: ignore[index]
    assert answer.headers["Retry-After"] == page.headers["Retry-After"]
    assert client.get("/?q=a", environ_overrides={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200


def test_who_asks_whether_something_is_new_is_counted_too() -> None:
    client = limited(rate=2)
    known = {"If-None-Match": client.get("/").headers["ETag"]}
    assert [client.get("/", headers=known).status_code for _ in range(2)] == [304, 429]


def test_files_and_whoever_watches_over_the_service_are_not_counted() -> None:
    client = limited(rate=1)
    for address in ("/static/x/css/base.css", "/healthz", "/readyz") * 3:
        with client.get(address) as response:
            assert response.status_code == 200
    assert [client.get("/").status_code for _ in range(2)] == [200, 429]


def test_exports_have_a_limit_of_their_own() -> None:
    client = limited(rate=100, exports=2)
    addresses = ("/export.csv", "/en/export.ris", "/export.jsonl", "/sitemaps/1.xml")
    assert [client.get(address).status_code for address in addresses] == [200, 200, 429, 429]
    assert [client.get(address).status_code for address in ("/", "/sitemap.xml")] == [200, 200]


def test_without_limits_none_is_met() -> None:
    client = limited(rate=0, exports=0)
    assert {client.get("/export.csv").status_code for _ in range(30)} == {200}


def test_a_client_behind_a_proxy_is_told_apart_only_when_the_proxy_is_known() -> None:
    def asked(proxies: int) -> list[int]:
        client = limited(rate=1, proxies=proxies)
        return [client.get("/", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(3)]

    assert asked(0) == [200, 429, 429]
    assert asked(1) == [200, 200, 200]
