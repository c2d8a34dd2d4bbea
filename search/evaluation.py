"""How well an engine's order agrees with releases that people have judged.

The measures are those of ``ir-measures`` (trec_eval's code), which is imported when something is measured: whoever
only searches needs neither it nor the SciPy that comes with it. nDCG has the gain 2^grade - 1 and the discount
log2(rank + 1) (Burges et al., *Learning to Rank using Gradient Descent*, 2005); recall counts every release with a
grade above 0.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from index.errors import EvaluationError
from search.engine import Engine
from search.query import Filters, Query

DEPTH = 10  # of nDCG, recall and the count of unjudged releases
LOOKED_AT = 1000  # hits from which the judged ones are taken, for nDCG over these alone
_GRADES = {str(grade): grade for grade in range(10)}

Judgements = Mapping[str, Mapping[str, int]]
"""Query → release id → grade; 0 is worthless."""

Rank = Callable[[str], Sequence[str]]
"""A query's text to the ids of the releases found, best first."""


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one query. ``hits`` counts no further than ``LOOKED_AT``, ``unjudged`` in the top ten."""

    query: str
    ndcg_judged: float
    ndcg: float
    recall: float
    hits: int
    unjudged: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured of every query, and the means over them. There is at least one query."""

    rows: tuple[Row, ...]

    @property
    def ndcg_judged(self) -> float:
        """nDCG@10 of the judged releases in their order, as if there were no others."""
        return mean(row.ndcg_judged for row in self.rows)

    @property
    def ndcg(self) -> float:
        """nDCG@10 with unjudged releases as worthless."""
        return mean(row.ndcg for row in self.rows)

    @property
    def recall(self) -> float:
        """The share of the releases graded above 0 that is in the top ten."""
        return mean(row.recall for row in self.rows)

    @property
    def without_hits(self) -> tuple[str, ...]:
        """The queries that find nothing."""
        return tuple(row.query for row in self.rows if not row.hits)

    @property
    def unjudged(self) -> int:
        """The unjudged releases in the top ten, over all queries."""
        return sum(row.unjudged for row in self.rows)


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """The judgements of a tab-separated file with the columns ``query``, ``grade``, and ``path`` or ``id``.

    A path is that of the release's address. Raises :class:`EvaluationError` naming the line that can't be used.
    """
    found: dict[str, dict[str, int]] = {}
    for where, row in _table(path):
        query, release_id, grade = _judgement(row, where)
        grades = found.setdefault(query, {})
        if release_id in grades:
            raise EvaluationError(f"{where}: {release_id} is judged twice for {query!r}. Keep one of the two.")
        grades[release_id] = grade
    if not found:
        raise EvaluationError(f"{path}: there are no judgements in it. Put a line for each below the header.")
    for query, grades in found.items():
        if not any(grades.values()):
            raise EvaluationError(f"{path}: nothing is graded above 0 for {query!r}. Grade a release or leave it out.")
    return found


def _table(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Every row by its columns' names, and where it stands. A quotation mark is a character of the query."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{path}: not UTF-8 ({error.reason}). Save it as UTF-8.") from None
    rows = ([cell.strip() for cell in line.split("\t")] for line in lines)
    header = next(rows)
    if not {"query", "grade"} <= set(header) or not {"path", "id"} & set(header):
        raise EvaluationError(f"{path}, line 1: the header has to name the columns query, path (or id) and grade.")
    for number, cells in enumerate(rows, start=2):
        if not any(cells):
            continue
        where = f"{path}, line {number}"
        if len(cells) != len(header):
            raise EvaluationError(f"{where}: {len(cells)} columns where the header has {len(header)}. Check the tabs.")
        yield where, dict(zip(header, cells, strict=True))


def _judgement(row: Mapping[str, str], where: str) -> tuple[str, str, int]:
    release_id = row.get("id") or row.get("path", "").strip("/").replace("/", ".")
    if not row["query"] or not release_id:
        raise EvaluationError(f"{where}: the query or the release is empty. Fill both in.")
    if row["grade"] not in _GRADES:
        raise EvaluationError(f"{where}: the grade {row['grade']!r} is not a whole number from 0 to 9. Mend it.")
    return row["query"], release_id, _GRADES[row["grade"]]


def ranking(engine: Engine, filters: Filters) -> Rank:
    """The engine as a function from a query's text to its first ``LOOKED_AT`` hits."""
    return lambda text: [hit.facts.id for hit in engine.search(Query(text, filters, size=LOOKED_AT)).hits]


def evaluate(rank: Rank, judged: Judgements) -> Evaluation:
    """Measure ``rank`` on every judged query. Raises :class:`EvaluationError` without ir-measures."""
    ranked = {query: rank(query)[:LOOKED_AT] for query in judged}
    measured = _measure(ranked, judged)
    return Evaluation(tuple(_row(query, ranked[query], judged[query], measured[query]) for query in judged))


def _row(query: str, ranked: Sequence[str], grades: Mapping[str, int], values: tuple[float, float, float]) -> Row:
    unjudged = sum(release_id not in grades for release_id in ranked[:DEPTH])
    return Row(query, *values, hits=len(ranked), unjudged=unjudged)


def _measure(ranked: Mapping[str, Sequence[str]], judged: Judgements) -> dict[str, tuple[float, float, float]]:
    library = _library()
    gains = {grade: 2**grade - 1 for grade in _GRADES.values()}
    measures = (
        library.nDCG(gains=gains, judged_only=True) @ DEPTH,
        library.nDCG(gains=gains) @ DEPTH,
        library.R @ DEPTH,
    )
    # Falling scores, because trec_eval sorts by score and would break ties by id.
    run = {query: {release_id: -float(n) for n, release_id in enumerate(ids)} for query, ids in ranked.items()}
    values = {(m.query_id, m.measure): m.value for m in library.iter_calc(measures, judged, run)}
    return {query: tuple(values.get((query, measure), 0.0) for measure in measures) for query in judged}


def _library() -> Any:
    try:
        import ir_measures
    except ImportError:
        raise EvaluationError(
            "evaluating needs the package ir-measures, which is not installed. Install it with: pip install ir-measures"
        ) from None
    return ir_measures
