"""The same release from two sources – a copied text and its page – told from releases that share a title.

72 releases are called "Nya ambassadörer till Sverige", so a title alone says nothing: the texts must say the
same too. Which releases are one is worked out anew from the archive at every run; the archive itself keeps
each as its source gave it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.annotate.dates import stated_span
from index.release import Release
from index.text import flat, fold

_SHINGLE = 4  # words in a row that are compared
_ALIKE = 0.8  # the share of the shorter text's shingles that the other must have
_ENOUGH = 20  # shingles; two texts shorter than this may be alike by chance


@dataclass(frozen=True, slots=True)
class Group:
    """Releases that are one: the ``leader``, and others in whose stead it stands."""

    leader: Release
    others: tuple[Release, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all of them, the leader's first."""
        return (self.leader.id, *(other.id for other in self.others))

    def merged(self) -> Release:
        """The leader with what it leaves empty taken from the others."""
        whole = self.leader
        for other in self.others:
            whole = whole.completed_by(other)
        return whole


def groups(candidates: Iterable[Sequence[Release]]) -> list[Group]:
    """The groups among ``candidates``, each of which holds releases of one title.

    A release with an address leads; two addresses are two releases, whatever they say.
    """
    found = []
    for releases in candidates:
        leaders: dict[str, tuple[Release, list[Release]]] = {}
        for release in sorted(releases, key=lambda r: (r.url is None, r.id)):
            leader = _leader(release, (row[0] for row in leaders.values()))
            if leader is None:
                leaders[release.id] = (release, [])
            else:
                leaders[leader.id][1].append(release)
        found += [Group(leader, tuple(others)) for leader, others in leaders.values() if others]
    return found


def stand_ins(found: Iterable[Group]) -> Mapping[str, str]:
    """The leader's id for the id of each release in whose stead it stands."""
    return {other.id: group.leader.id for group in found for other in group.others}


def _leader(release: Release, leaders: Iterable[Release]) -> Release | None:
    if release.url is not None:
        return None
    return next((leader for leader in leaders if same(leader, release)), None)


def same(one: Release, other: Release) -> bool:
    """Whether two releases of the same title are the same release: alike in text, and at one time."""
    if one.type != other.type or not _may_be_of_one_time(one, other):
        return False
    a, b = _shingles(one), _shingles(other)
    fewer = min(len(a), len(b))
    if fewer < _ENOUGH:
        return bool(fewer) and a == b
    return len(a & b) / fewer >= _ALIKE


def _may_be_of_one_time(one: Release, other: Release) -> bool:
    spans = stated_span(one.published), stated_span(other.published)
    if spans[0] and spans[1]:
        return spans[0].overlaps(spans[1].first, spans[1].last)
    stated = spans[0] or spans[1]
    period = one.period or other.period
    return not (stated and period) or stated.overlaps(period.first, period.last)


def _shingles(release: Release) -> frozenset[tuple[str, ...]]:
    words = fold(f"{release.summary} {flat(release.body)}").split()
    return frozenset(tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))
