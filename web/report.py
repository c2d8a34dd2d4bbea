"""What the commands print: the summary of a run, and the status of what is published."""

import json
from dataclasses import asdict

from index.archive import Archive
from index.build import Summary
from index.errors import ArchiveError
from index.store import DataFolder
from search.page import Status


def summary(run: Summary) -> str:
    """What became of every page and record that was read, and what it took."""
    parts = [f"{run.releases} releases", f"{run.merged} merged", f"{len(run.rejected)} rejected"]
    if run.forgotten:
        parts.append(f"{run.forgotten} forgotten earlier")
    lines = [f"read {run.read} pages and records = {' + '.join(parts)}"] if run.read else []
    lines.append(f"archive: {run.new} new, {run.changed} changed, {run.marked_removed} gone from their source")
    published = f"generation {run.generation}" if run.generation else "nothing to publish"
    lines.append(f"index: {published}, {run.indexed} releases, {run.written} written, {run.erased} taken out")
    lines.append(f"{run.seconds:.1f} s, {run.per_second:.0f} releases per second")
    return "\n".join(lines)


def status(found: Status) -> str:
    """What is published, for a person."""
    lines = [
        f"generation {found.generation}, made {found.created}",
        f"{found.releases} releases, {found.first or 'unknown'} to {found.last or 'unknown'}",
        *(f"  {count:>6} {name}" for name, count in found.by_type.items()),
    ]
    return "\n".join(lines)


def status_json(found: Status) -> str:
    """What is published, for a program."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=1)


def verify_archive(folder: DataFolder) -> None:
    """Raise :class:`ArchiveError` unless the archive is there and whole."""
    if not folder.archive.exists():
        raise ArchiveError(f"{folder.archive} is missing: put a backup back, or rebuild from the sources.")
    with Archive.open(folder.archive) as archive:
        archive.check()
