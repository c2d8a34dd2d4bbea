"""What a source said, frozen: nothing in a :class:`Release` is inferred."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Link:
    """A name and the address that it leads to."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both included; ``None`` is an open end."""

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if self.first and self.last and self.first > self.last:
            raise ValueError(f"the period ends ({self.last}) before it begins ({self.first})")


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office as printed on a page: "Under perioden … var han samordnings- och energiminister"."""

    office: str
    period: Period


@dataclass(frozen=True, slots=True)
class Release:
    """A press release, article, speech, op-ed or statement as its source gave it.

    ``body`` is plain text in blocks separated by an empty line. A block that begins with ``"## "`` or
    ``"### "`` is a heading; lines that begin with ``"• "`` are items of a list; a block in which lines hold
    tabs is a table. There is no other markup: what is written there is what a reader sees.

    ``published`` and ``updated`` are ISO days (``2018-04-12``) or months (``2018-04``) as stated, or None.
    ``type`` is regeringen.se's word in lower case (``pressmeddelande``, ``artikel``, ``tal``, …).
    ``period`` is what an archive banner says; ``terms`` are the terms of office printed on the page.
    ``contact`` is the press contact block, which is neither searched nor shown in snippets.
    """

    id: str
    type: str
    title: str
    url: str | None = None
    summary: str = ""
    body: str = ""
    published: str | None = None
    updated: str | None = None
    senders: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    attachments: tuple[Link, ...] = ()
    period: Period | None = None
    terms: tuple[Term, ...] = ()
    contact: str = ""

    def completed_by(self, other: "Release") -> "Release":
        """This release with what it leaves empty taken from ``other``, another telling of the same one."""
        missing = {f.name: getattr(other, f.name) for f in fields(self) if not getattr(self, f.name)}
        return replace(self, **missing)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON: ISO dates, lists; :meth:`from_dict` is the inverse."""
        return {k: _plain(v) for k, v in asdict(self).items()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The release that :meth:`to_dict` wrote. Raises ``KeyError``, ``TypeError`` or ``ValueError``."""
        return cls(
            **{
                **data,
                "senders": tuple(data.get("senders", ())),
                "categories": tuple(data.get("categories", ())),
                "links": tuple(Link(**x) for x in data.get("links", ())),
                "attachments": tuple(Link(**x) for x in data.get("attachments", ())),
                "period": _period(data.get("period")),
                "terms": tuple(
                    Term(office=x["office"], period=_period(x["period"]) or Period()) for x in data.get("terms", ())
                ),
            }
        )

    def content_hash(self) -> str:
        """A hash of everything that the source said; it changes when, and only when, that does."""
        canonical = json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def _period(data: Mapping[str, str | None] | None) -> Period | None:
    if data is None:
        return None
    first, last = data.get("first"), data.get("last")
    return Period(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)
