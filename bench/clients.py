"""Many connections that ask a server for a mixture of addresses, each waiting a moment between two questions."""

import http.client
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

PATIENCE = 30.0  # seconds for an answer

# Given an address and what was answered, what is wrong with it.
Check = Callable[[str, bytes], Iterator[str]]


@dataclass(slots=True)
class Seen:
    """What the connections saw: the milliseconds of each kind of address, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: list[str] = field(default_factory=list)

    @property
    def requests(self) -> int:
        """How many were answered."""
        return sum(map(len, self.times.values()))


class Clients:
    """``connections`` threads that ask ``host`` until the block ends; ``kinds`` has addresses by what they are."""

    def __init__(
        self, host: str, kinds: dict[str, Sequence[str]], connections: int, pause: float, check: Check
    ) -> None:
        self.seen = Seen()
        self._host, self._kinds, self._pause, self._check = host, kinds, pause, check
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(seed,)) for seed in range(connections)]

    def __enter__(self) -> "Clients":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, seed: int) -> None:
        rng = random.Random(seed)
        connection = http.client.HTTPConnection(self._host, timeout=PATIENCE)
        names = list(self._kinds)
        while not self._over.wait(self._pause * 2 * rng.random()):
            kind = rng.choice(names)
            path = rng.choice(self._kinds[kind])
            start = time.perf_counter()
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                body = answer.read()
            except (OSError, http.client.HTTPException) as error:
                self.seen.failures.append(f"{path} was not answered: {type(error).__name__}: {error}")
                connection.close()
                continue
            self.seen.times[kind].append((time.perf_counter() - start) * 1000)
            if answer.status != 200:
                self.seen.failures.append(f"{path} was answered {answer.status}")
            else:
                self.seen.failures += self._check(path, body)
        connection.close()
