"""What the most costly queries take, of 500 characters each: ``python -m bench.costly``.

They are made of what an index has most of. Each is asked for a page of 100 hits, in all text and in quotations alone,
and the processor's time is counted, not the clock's: what a query can do to a worker is what matters.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice, pairwise
from pathlib import Path

from bench.corpus import built
from bench.table import markdown
from index.arrays.made import Arrays
from index.store import DataFolder
from search.local import LocalEngine
from search.query import Query, Scope
from web.params import MAX_LENGTH, MAX_SIZE

SHOWN = 10
_COMMON = 3000  # words that most releases have
_LONG = 9  # letters of a word that is misspelt
_IN = {Scope.ALL: "", Scope.QUOTES: ", all in quotations"}


def queries(words: Sequence[str]) -> dict[str, str]:
    """Queries of as many characters as can be sent, of ``words``, the most common first."""
    long = [word for word in words if len(word) >= _LONG]
    begun = [prefix for prefix, _ in Counter(word[:3] for word in words if len(word) >= 3).most_common()]
    made: dict[str, Iterable[str]] = {
        "prefixes": (f"{prefix}*" for prefix in begun),
        "prefixes with OR": (f"{prefix}* OR" for prefix in begun),
        "prefixes in quotations": (f"citat:{prefix}*" for prefix in begun),
        "prefixes in titles": (f"titel:{prefix}*" for prefix in begun),
        "excluded prefixes": (f"-{prefix}*" for prefix in begun),
        "words": words,
        "words with OR": (f"{word} OR" for word in words),
        "excluded words": (f"-{word}" for word in words),
        "phrases": (f'"{one} {other}"' for one, other in pairwise(words)),
        "phrases in quotations": (f'citat:"{one} {other}"' for one, other in pairwise(words)),
        "one long phrase": ('"', *words),
        "misspelt words": (f"{word[:-2]}{word[-1]}{word[-2]}" for word in long),
        "words that there are not": (one + other for one, other in pairwise(long)),
        "every field": (f"titel:{one} citat:{one} -titel:{other}" for one, other in pairwise(words)),
        "years with OR": (f"år:{year} OR" for year in range(1950, 2030)),
        "stars on both sides": ("*a*" for _ in range(MAX_LENGTH)),
        "quotation marks": ('"a' for _ in range(MAX_LENGTH)),
        "hyphens": ("-".join(words),),
        "a long word": ("arbetsmarknadspolitik" * MAX_LENGTH,),
        "a long number": ("1234567890" * MAX_LENGTH,),
    }
    return {name: " ".join(islice(parts, MAX_LENGTH))[:MAX_LENGTH] for name, parts in made.items()}


def common_words(folder: Path) -> list[str]:
    """The words of letters that most releases of the published index have, most common first."""
    arrays = Arrays.load(DataFolder(folder).current().path)
    counted = zip(arrays.inverted.releases.tolist(), arrays.documents.words, strict=True)
    return [word for _, word in sorted(counted, reverse=True) if word.isalpha()][:_COMMON]


def measured(folder: Path) -> Iterator[tuple[str, float]]:
    """Each query's name and the seconds that it takes the processor."""
    engine = LocalEngine(folder)
    engine.prepare()
    for name, text in queries(common_words(folder)).items():
        for scope in Scope:
            start = time.process_time()
            engine.search(Query(text, scope=scope, size=MAX_SIZE))
            yield f"{name}{_IN[scope]}", time.process_time() - start


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given:
        yield given
    else:
        with built() as (folder, _):
            yield folder


def main() -> None:
    """Print the queries that take longest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a data folder with an index (default: one is made)")
    with _folder(parser.parse_args().data) as folder:
        taken = sorted(measured(folder), key=lambda row: -row[1])
    print(markdown(("query", "ms"), [(name, seconds * 1000) for name, seconds in taken[:SHOWN]]))


if __name__ == "__main__":
    main()
