"""A service over a cluster, asked all the while by several clients at once; each answer is looked at."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from flask import Flask

from index.opensearch.connection import Connection
from search.opensearch import OpenSearchEngine
from tests.reliability.rounds import RELEASES
from web.app import create_app
from web.server import InTime

MARGIN = 1.0  # seconds beside the time limit, for what is done here, by threads that share two cores with a cluster
CLIENTS = 8
_IDS = {f"r{n}" for n in range(RELEASES)}


@dataclass
class Load:
    """What became of the requests: when each ended, how many seconds it took, and its status."""

    answers: list[tuple[float, float, int]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def since(self, moment: float) -> list[int]:
        """The status of each answer to what was asked after a moment (of ``time.monotonic``)."""
        return [status for ended, took, status in self.answers if ended - took > moment]

    @property
    def slowest(self) -> float:
        """Seconds that the slowest answer took."""
        return max(took for _, took, _ in self.answers)

    def disturbed(self, moment: float) -> float:
        """How many seconds after a moment the last 503 was answered; 0 when there was none."""
        return max((ended - moment for ended, _, status in self.answers if status == 503), default=0.0)

    def tell(self, what: str, moment: float) -> None:
        """Print what came of it, for docs/reliability.md."""
        failed = sum(status == 503 for _, _, status in self.answers)
        print(
            f"{what}: {len(self.answers)} answers, {failed} of them 503, the last {self.disturbed(moment):.1f} s "
            f"after; the slowest took {self.slowest:.2f} s"
        )


def service(connection: Connection) -> Flask:
    """The application over the cluster, each request with its time, as it is served."""
    app = create_app(OpenSearchEngine(connection))
    app.wsgi_app = InTime(app.wsgi_app, connection.timeout)  # type: ignore[method-assign]
    return app


def problem(address: str, answer: Any) -> str:
    """What is wrong with an answer: it is neither whole nor a 503 that says when to ask again; nothing: empty."""
    if answer.status_code == 503:
        return "" if is_a_pause(address, answer) else f"{address}: a 503 of another kind: {answer.text[:300]}"
    if answer.status_code != 200:
        return f"{address}: {answer.status_code}"
    return "" if _is_whole(address, answer) else f"{address}: not whole: {answer.text[:1000]}"


def is_a_pause(address: str, answer: Any) -> bool:
    """Whether an answer says, in its language or as JSON, that it may be over soon, and when to ask again."""
    if not answer.headers.get("Retry-After", "").isdigit():
        return False
    if address.startswith("/api/"):
        error = json.loads(answer.data)["error"]
        return bool(error.keys() == {"code", "message", "parameter"} and error["code"] == "temporarily_unavailable")
    said = "The search is not answering" if address.startswith("/en/") else "Sökningen svarar inte just nu"
    return said in str(answer.text)


def _is_whole(address: str, answer: Any) -> bool:
    if not address.startswith("/api/"):
        return all(f"/releases/{name}" in answer.text for name in _IDS)
    told = json.loads(answer.data)
    if "/releases/" in address:
        return bool(told["id"] == "r3" and told["title"] == "Skolan varv1")
    counted = [value["count"] for value in told["facets"]["category"]]
    return {hit["id"] for hit in told["hits"]} == _IDS and [told["total"], *counted] == [RELEASES, RELEASES]


@contextmanager
def loaded(connection: Connection) -> Iterator[Load]:
    """Clients that ask for as long as the block lasts. Any answer that is wrong, or late, fails the test."""
    app, load, done = service(connection), Load(), threading.Event()
    assert app.test_client().get(f"/api/v1/search?q=skolan&size={RELEASES}").status_code == 200

    def ask() -> None:
        client = app.test_client()
        searches = (f"q=skolan&size={RELEASES}", f"q=varv1&size={RELEASES}", f"q=&size={RELEASES}&sort=oldest")
        addresses = cycle(
            [
                *(f"{at}?{search}" for at in ("/api/v1/search", "/", "/en/") for search in searches),
                "/api/v1/releases/r3",
            ]
        )
        while not done.is_set():
            address, start = next(addresses), time.monotonic()
            try:
                answer = client.get(address)
            except Exception as error:
                load.wrong.append(f"{address}: {error!r}")
                return
            end = time.monotonic()
            load.answers.append((end, end - start, answer.status_code))
            load.wrong += filter(None, [problem(address, answer)])

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert not load.wrong, load.wrong[:3]
    assert load.slowest < connection.timeout + MARGIN
