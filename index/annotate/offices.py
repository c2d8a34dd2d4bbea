"""The words for a minister's office: found in text, and taken apart into the single offices they join."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.annotate.mentions import CAPITAL

Offices = frozenset[str]

STATSRAD: Offices = frozenset({"statsråd"})

_JOINTS = re.compile(r",? (?:och|samt) |, |/")
_WORD = re.compile(r"(?:[mM]inister|[sS]tatsråd(?P<et>et)?)(?P<n>n?)(?P<s>s?)(?![\w-])")
# What belongs to the office before its last word: "arbetsmarknads- och integrations", "biträdande finans".
_LEFT = re.compile(
    r"(?<![\w-])(?:[^\W\d_][\w-]*-(?:,? (?:och|samt) |, |/)(?:vice |biträdande )?)*"
    r"(?:vice |biträdande )?[\w-]*$",
    re.IGNORECASE,
)
_LONGEST = 90
_FOR_SOMETHING = rf" för [a-zåäö]+(?:(?: och)? [a-zåäö]+){{0,2}}(?=,? {CAPITAL})"


@dataclass(frozen=True, slots=True)
class OfficeHit:
    """An office in a text, from ``start`` to ``end``. ``definite``: "ministern"; ``genitive``: "ministerns"."""

    start: int
    end: int
    offices: Offices
    definite: bool
    genitive: bool


def offices_of(title: str) -> Offices:
    """The single offices that a title joins, in lower case and the indefinite form.

    ``"energi- och näringsminister"`` gives energiminister and näringsminister; the title of a "minister för …"
    is one office, whatever it is for.
    """
    if " för " in title:
        return frozenset({title.casefold().strip()})
    return frozenset(_whole(part.strip()).casefold() for part in _JOINTS.split(title) if part.strip())


def _whole(part: str) -> str:
    """``"energi-"`` is "energiminister", but ``"EU-"`` is "EU-minister"."""
    if not part.endswith("-"):
        return part
    return f"{part if part[:-1].isupper() else part[:-1]}minister"


def ministers_for(titles: Iterable[str]) -> re.Pattern[str]:
    """What follows the word minister in those titles that say what the minister is for.

    Also something that no title says, when a name comes next.
    """
    tails = {title.casefold().removeprefix("minister") for title in titles}
    known = sorted((re.escape(tail) for tail in tails if tail.startswith(" för ")), key=len, reverse=True)
    return re.compile("|".join([*known, _FOR_SOMETHING]))


def find_offices(text: str, tails: re.Pattern[str]) -> Iterator[OfficeHit]:
    """Every office in ``text`` in order; ``tails`` is from :func:`ministers_for`.

    The bare word "ministern" is none: it says nothing of who is meant.
    """
    for word in _WORD.finditer(text):
        left = _LEFT.search(text, max(0, word.start() - _LONGEST), word.start())
        start = left.start() if left else word.start()
        tail = tails.match(text, word.end())
        end = tail.end() if tail else word.end()
        title = _indefinite(text[start : word.end()], word) + (tail[0] if tail else "")
        if title.casefold() == "minister":
            continue
        yield OfficeHit(start, end, offices_of(title), bool(word["n"] or word["et"]), bool(word["s"]))


def _indefinite(title: str, word: re.Match[str]) -> str:
    ending = len(word["et"] or "") + len(word["n"]) + len(word["s"])
    return title[: len(title) - ending]
