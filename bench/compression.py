"""What gzip saves and takes at each level, and what 304 takes: ``python -m bench.compression [DATA]``.

DATA is a data folder; without one it is made first, from the sources that ``bench/corpus.py`` names.
"""

import statistics
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient

from bench.corpus import built
from bench.table import markdown
from search.local import LocalEngine
from web.app import create_app
from web.middleware.compression import packed

LEVELS = (1, 3, 4, 6, 9)
TIMES = 50
_ADDRESSES = ("/", "/?q=segregation", "/api/v1/search?q=segregation", "/api/v1/openapi.json", "/static/x/css/base.css")
_GZIP = 31


def main() -> None:
    """Print a table of sizes and times, and the time of an answer with and without a tag."""
    with _folder() as folder:
        client = create_app(LocalEngine(folder)).test_client()
        print(markdown(["answer", "bytes", *(f"level {level}" for level in LEVELS)], _rows(client)))
        address = _ADDRESSES[2]
        tag = client.get(address).headers["ETag"]
        whole = milliseconds(lambda: client.get(address))
        unchanged = milliseconds(lambda: client.get(address, headers={"If-None-Match": tag}))
        print(f"\n{address}: {whole:.2f} ms, unchanged {unchanged:.2f} ms (both with the test client's own work)")
        rows = [client.get(address).data] * 20
        print(f"20 such answers streamed one by one: {sum(map(len, packed(rows)))} bytes of {sum(map(len, rows))}")


@contextmanager
def _folder() -> Iterator[Path]:
    if len(sys.argv) > 1:
        yield Path(sys.argv[1])
        return
    with built() as (folder, _):
        yield folder


def _rows(client: FlaskClient) -> Iterator[list[str | int]]:
    for address in _ADDRESSES:
        body = client.get(address).data
        yield [address, len(body), *(_cell(body, level) for level in LEVELS)]


def _cell(body: bytes, level: int) -> str:
    took = milliseconds(lambda: zlib.compress(body, level, _GZIP))
    return f"{len(zlib.compress(body, level, _GZIP))}, {took:.2f} ms"


def milliseconds(work: Callable[[], object]) -> float:
    """The median time of ``work``."""
    took = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


if __name__ == "__main__":
    main()
