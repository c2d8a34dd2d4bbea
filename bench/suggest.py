"""How long suggestions take while a title or name is typed, with and without an error: ``python -m bench.suggest``."""

import random
import statistics
import time

from bench.corpus import built
from search.local import LocalEngine
from search.query import Query

SAMPLE = 400
SEED = 4
_LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"


def main() -> None:
    """Print the times of every prefix of seeded titles and names, and how often what was meant is among them."""
    rng = random.Random(SEED)
    with built() as (folder, _):
        engine = LocalEngine(folder)
        start = time.perf_counter()
        engine.suggest("a")
        print(f"made in {(time.perf_counter() - start) * 1000:.0f} ms")
        report("as written", engine, [(text[:n], text) for text in texts(engine, rng) for n in lengths(text, 1)])
        report(
            "one error",
            engine,
            [(misspelt(text[:n], rng), text) for text in texts(engine, rng) for n in lengths(text, 4)],
        )


def texts(engine: LocalEngine, rng: random.Random) -> list[str]:
    """A sample of titles and of the names of ministers, departments and agencies."""
    facets = engine.search(Query(size=1)).facets
    names = [value.label for facet in ("minister", "department", "agency") for value in facets[facet]]
    titles = sorted({document.release.title for document in engine.export(Query())})
    return rng.sample(titles, min(SAMPLE, len(titles))) + rng.sample(sorted(names), min(SAMPLE, len(names)))


def lengths(text: str, shortest: int) -> range:
    """How much of a text is typed: up to 24 letters."""
    return range(shortest, min(len(text), 24) + 1)


def misspelt(typed: str, rng: random.Random) -> str:
    """What is typed with one letter mistaken, left out, put in or swapped with the next."""
    at = rng.randrange(len(typed))
    head, tail, letter = typed[:at], typed[at:], rng.choice(_LETTERS)
    return rng.choice([head + letter + tail[1:], head + tail[1:], head + letter + tail, head + tail[1::-1] + tail[2:]])


def report(name: str, engine: LocalEngine, typed: list[tuple[str, str]]) -> None:
    """Print median, 95th percentile and worst, and the share of prefixes of 8 letters and more that find the text."""
    took, found = [], []
    for text, meant in typed:
        start = time.perf_counter()
        answer = engine.suggest(text)
        took.append((time.perf_counter() - start) * 1000)
        if len(text) >= 8:
            found.append(meant in [suggestion.text for suggestion in answer])
    print(
        f"{name}, {len(typed)} prefixes: median {statistics.median(took):.2f} ms, 95th percentile "
        f"{statistics.quantiles(took, n=20)[-1]:.2f} ms, worst {max(took):.1f} ms; the text itself is among them "
        f"for {statistics.mean(found):.0%} of those of 8 letters and more"
    )


if __name__ == "__main__":
    main()
