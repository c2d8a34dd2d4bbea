"""Counting hits by period: the cluster counts each span that occurs, and the spans are laid over the periods here."""

import numpy as np

from search.common.periods import counted
from search.opensearch.asking import WINDOW, Asking, Dsl
from search.query import Query
from search.timeline import Step, Timeline, days_asked


def timeline_of(asking: Asking, found: Dsl, query: Query, step: Step, answered: str) -> Timeline:
    """What ``found`` finds, by period."""
    spans, total = _spans(asking, found)
    rows = np.array([(*map(int, days.split()), count) for days, count in spans], np.int64).reshape(-1, 3)
    return counted(rows[:, 0], rows[:, 1], rows[:, 2], total, step, days_asked(query), answered)


def _spans(asking: Asking, found: Dsl) -> tuple[list[tuple[str, int]], int]:
    """How many releases have each span, and how many there are with those of which no date is known."""
    rows: list[tuple[str, int]] = []
    after: Dsl = {}
    while True:
        spans: Dsl = {"size": WINDOW, "sources": [{"days": {"terms": {"field": "days"}}}], **after}
        told = {"spans": {"composite": spans}, "total": {"filter": {"match_all": {}}}}
        answer = asking.aggregated(told, found)
        rows += ((row["key"]["days"], row["doc_count"]) for row in answer["spans"]["buckets"])
        if len(answer["spans"]["buckets"]) < WINDOW:
            return rows, answer["total"]["doc_count"]
        after = {"after": answer["spans"]["after_key"]}
