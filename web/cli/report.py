"""What the commands print: the summary of a run, and the status of what is published."""

import json
from dataclasses import asdict

from index.build import Summary
from index.mirror import Fetched
from search.evaluation import Evaluation, Row
from search.page import Status


def summary(run: Summary) -> str:
    """What became of every page and record that was read, and what it took."""
    parts = [f"{run.releases} releases", f"{run.merged} merged", f"{len(run.rejected)} rejected"]
    if run.forgotten:
        parts.append(f"{run.forgotten} forgotten earlier")
    lines = [f"read {run.read} pages and records = {' + '.join(parts)}"] if run.read else []
    if not run.adds_up:
        lines.append("that does not add up, which is a fault of Pressök's own: please report it")
    lines.append(f"archive: {run.new} new, {run.changed} changed, {run.marked_removed} gone from their source")
    published = f"generation {run.generation}" if run.generation else "nothing to publish"
    lines.append(f"index: {published}, {run.indexed} releases, {run.written} written, {run.erased} taken out")
    lines.append(f"{run.seconds:.1f} s, {run.per_second:.0f} releases per second")
    return "\n".join(lines)


def fetched(run: Fetched) -> str:
    """What a run of ``fetch`` did."""
    if run.unchanged:
        return f"nothing new: the archive is as it was when its {run.kept} pages were fetched ({run.seconds:.1f} s)"
    lines = [
        f"lists: {run.lists} new or changed",
        f"pages: {run.pages} fetched, {run.kept} were there, {run.absent} are not in the archive, "
        f"{run.removed} no longer listed and removed",
    ]
    if run.rejected:
        lines.append(f"rejected: {len(run.rejected)}; pages and lists among them are tried again at the next run")
    return "\n".join([*lines, f"{run.seconds:.1f} s"])


def status(found: Status, *, up_to_date: bool) -> str:
    """What is published, for a person; ``up_to_date``: made by the code and tables that are installed."""
    lines = [
        f"generation {found.generation}, made {found.created}",
        f"{found.releases} releases, {found.first or 'unknown'} to {found.last or 'unknown'}",
        f"newest release: {found.newest or 'unknown'}; last updated {found.updated or 'never'}",
        *(f"  {count:>6} {name}" for name, count in found.by_type.items()),
    ]
    if not up_to_date:
        lines.append("made by another version of the code or its tables: run 'pressok update'")
    return "\n".join(lines)


def status_json(found: Status, *, up_to_date: bool) -> str:
    """What is published, for a program."""
    return json.dumps(asdict(found) | {"up_to_date": up_to_date}, ensure_ascii=False, indent=1)


def evaluation(found: Evaluation, *, per_query: bool) -> str:
    """How good the order of the hits is, for a person; ``per_query``: of each query too."""
    lines = [f"{len(found.rows)} judged queries"]
    if per_query:
        lines += ["nDCG@10 judged  nDCG@10  recall@10  hits  unjudged  query", *map(_evaluation_row, found.rows)]
    lines += [
        f"nDCG@10, judged releases only: {found.ndcg_judged:.3f}",
        f"nDCG@10, unjudged as worthless: {found.ndcg:.3f}",
        f"recall@10: {found.recall:.3f}",
        f"unjudged releases in the top ten: {found.unjudged}",
        f"queries without hits: {len(found.without_hits)}",
        *(f"  {query}" for query in found.without_hits),
    ]
    return "\n".join(lines)


def _evaluation_row(row: Row) -> str:
    measured = f"{row.ndcg_judged:14.3f}  {row.ndcg:7.3f}  {row.recall:9.3f}"
    return f"{measured}  {row.hits:4}  {row.unjudged:8}  {row.query}"


def evaluation_json(found: Evaluation) -> str:
    """How good the order of the hits is, for a program."""
    means = {"ndcg_judged": found.ndcg_judged, "ndcg": found.ndcg, "recall": found.recall}
    counts = {"queries": len(found.rows), "unjudged": found.unjudged, "without_hits": found.without_hits}
    rows = [asdict(row) for row in found.rows]
    return json.dumps({**counts, **means, "per_query": rows}, ensure_ascii=False, indent=1)
