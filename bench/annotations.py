"""How right the recognition is, on the real corpus: ``python -m bench.annotations [--seen]``.

Against releases labelled by hand (bench/labels/), against the senders that the corpus's lists state, and by the
capitalised phrases that no table explains. ``--seen`` prints each mistake on the half that the rules were written by.
"""

import json
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bench.corpus import ROOT, SHARED
from index.annotate import Annotator, Tables
from index.annotate.mentions import NameIndex
from index.annotations import Annotations
from index.document import Document, Provenance
from index.release import Release
from index.sources import Found, read
from index.swedish.analysis import terms
from index.text import clean, key_of

ARCHIVE = SHARED / "corpus" / "g0v-2014-2024.tar.gz"
LABELS = ROOT / "bench" / "labels"
PARTS = {
    "seen": "open when the rules were written",
    "checked": "closed when the rules were written, looked at after a first measurement",
    "unseen": "never looked at",
}
KINDS = ("ministers", "departments", "agencies")
_ALIKE = 0.9  # the share of their words that two quotations share when they are the same
_SHOWN = 100
_PHRASE = re.compile(r"(?<![.!?:–•\n] )(?<!\n)\b[A-ZÅÄÖ][\w-]+(?: (?:för|och|i|av|mot|om|[A-ZÅÄÖ])[\w-]*)*")


@dataclass
class Score:
    """How many labels were found, missed, and what was found beside them."""

    found: int = 0
    missed: int = 0
    wrong: int = 0

    def add(self, wanted: Counter[Any], got: Counter[Any]) -> None:
        """Count another release's."""
        self.found += (wanted & got).total()
        self.missed += (wanted - got).total()
        self.wrong += (got - wanted).total()

    def __str__(self) -> str:
        precision = self.found / max(1, self.found + self.wrong)
        recall = self.found / max(1, self.found + self.missed)
        counts = f"{self.found} found, {self.missed} missed, {self.wrong} wrong"
        return f"precision {precision:.3f}  recall {recall:.3f}  ({counts})"


def main() -> None:
    """Print everything."""
    if not ARCHIVE.exists():
        raise SystemExit("the real corpus is not here: put it in ../shared")
    releases = {f.release.id: f.release for f in read(ARCHIVE) if isinstance(f, Found)}
    annotator = Annotator(Tables.load())
    for part, when in PARTS.items():
        labelled(part, when, releases, annotator, tell=part == "seen" and "--seen" in sys.argv)
    senders(releases.values(), annotator)
    unexplained(releases.values())


def labelled(part: str, when: str, releases: Mapping[str, Release], annotator: Annotator, *, tell: bool) -> None:
    """Print precision and recall on one part of the labelled releases."""
    labels = [json.loads(line) for line in (LABELS / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()]
    pages = _pages({label["path"] for label in labels})
    scores = {kind: Score() for kind in (*KINDS, "quotations with speakers", "spans")}
    for label in labels:
        release = releases[label["path"].strip("/").replace("/", ".")]
        found = annotator.annotate(release)
        for kind, wanted, got in _compared(label, pages[label["path"]], release, found):
            scores[kind].add(wanted, got)
            if tell and wanted != got:
                print(f"  {release.id}: {kind}: missed {list(wanted - got)}, wrong {list(got - wanted)}")
    print(f"{len(labels)} labelled releases, {when}:")
    for kind, score in scores.items():
        print(f"  {kind:<25} {score}")


def _compared(
    label: Mapping[str, Any], page: str, release: Release, found: Annotations
) -> Iterator[tuple[str, Counter[Any], Counter[Any]]]:
    for kind in KINDS:
        yield kind, Counter(map(key_of, label[kind])), Counter(e.id for e in getattr(found, kind))
    span = found.span
    yield "spans", Counter([tuple(label["span"])]), Counter([(str(span.first), str(span.last)) if span else ()])
    document = Document(release, found, Provenance("", ""))
    got = [(q.speaker.id if q.speaker else "", _words(document.said(q))) for q in found.quotes]
    wanted = [(key_of(q["speaker"]), _words(clean(page[q["start"] : q["end"]]))) for q in label["quotes"]]
    yield "quotations with speakers", *_matched(wanted, got)


Speech = tuple[str, frozenset[str]]


def _matched(wanted: list[Speech], got: list[Speech]) -> tuple[Counter[Any], Counter[Any]]:
    """Both as counters in which the same quotation of the same speaker is the same value."""
    left = list(got)
    names: Counter[Any] = Counter()
    for speaker, words in wanted:
        same = next((q for q in left if q[0] == speaker and _alike(words, q[1])), None)
        names[(speaker, words) if same is None else same] += 1
        if same:
            left.remove(same)
    return names, Counter(got)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * max(1, len(one | other))


def _words(text: str) -> frozenset[str]:
    return frozenset(t.term for t in terms(re.sub(r"\]\([^)]*\)", "]", text)))


def _pages(paths: set[str]) -> dict[str, str]:
    """The pages at these addresses, as they stand in the archive: what the labels' offsets count in."""
    found = {}
    with tarfile.open(ARCHIVE) as archive:
        for member in archive:
            path = "/" + member.name.partition("/")[2].removesuffix(".md")
            if path in paths and (file := archive.extractfile(member)):
                found[path] = file.read().decode()
    return found


def senders(releases: Iterable[Release], annotator: Annotator) -> None:
    """Print how many of the ministers stated as senders are found in the text, with the senders hidden."""
    named = found = 0
    for release in releases:
        hidden = None
        for sender in release.senders:
            text = clean(f"{release.title}\n{release.summary}\n{release.body}")
            if " " not in sender or sender not in text or sender.endswith("departementet"):
                continue
            hidden = hidden or annotator.annotate(replace(release, senders=()))
            named += 1
            found += key_of(sender) in {e.id for e in hidden.ministers}
    print(f"stated senders whose name stands in the text: {found} of {named} found, {found / max(1, named):.4f}")


def unexplained(releases: Iterable[Release]) -> None:
    """Print the most frequent capitalised phrases, not at the beginning of a sentence, that no table explains."""
    tables = Tables.load()
    known = NameIndex(
        [
            *(h.person.name for h in tables.holdings),
            *(name for body in (*tables.departments, *tables.agencies) for name in (*body.names, *body.acronyms)),
        ]
    )
    counts: Counter[str] = Counter()
    for release in releases:
        phrases = {match.group() for match in _PHRASE.finditer(f"{release.summary}\n{release.body}")}
        counts.update(phrase for phrase in phrases if not next(known.find(phrase), None))
    print(f"the {_SHOWN} capitalised phrases in most releases that no table explains:")
    print("  " + ", ".join(f"{phrase} {count}" for phrase, count in counts.most_common(_SHOWN)))


if __name__ == "__main__":
    main()
