"""Recognises ministers, departments, agencies, direct speech and the time of publication, by the tables."""

import re
from collections.abc import Iterable, Iterator

from index.annotate.agencies import AgencyFinder
from index.annotate.dates import inferred_span, stated_span
from index.annotate.departments import DepartmentFinder, speaking
from index.annotate.mentions import CAPITAL
from index.annotate.ministers import Mention, MinisterFinder, Named
from index.annotate.offices import STATSRAD
from index.annotate.quotes import find_speech
from index.annotate.tables import Tables
from index.annotations import Annotations, DateSpan, Entity, Quote
from index.release import Release
from index.text import key_of

__all__ = ["Annotator", "Tables"]

_PERSON = re.compile(rf"{CAPITAL}[\w'’-]+(?: {CAPITAL}[\w'’-]+){{1,3}}")
# The one type of which no record states the senders.
_UNSTATED = "pressmeddelande"
# What follows such a title is the lives of other countries' ambassadors, whose courts and agencies are not ours.
_FOREIGN_ENVOYS = re.compile(r"\bambassadör(?:er)? till Sverige$")
_OWN_WORDS = frozenset({"tal", "debattartikel"})
_NOT_PERSONS = frozenset({"Regeringen", "Regeringskansliet", "Sveriges"})


class Annotator:
    """Makes :class:`Annotations` from a :class:`Release` and the tables, and from nothing else."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._ministers = MinisterFinder(tables.holdings, tables.true_of)
        self._departments = DepartmentFinder(tables.departments, tables.holdings)
        self._agencies = AgencyFinder(tables.agencies)

    def annotate(self, release: Release) -> Annotations:
        """What is recognised in ``release``: senders first, then in the order of the text."""
        text, lead = _text_and_lead(release)
        mentions = self._ministers.mentions(text)
        span = stated_span(release.published) or self._inferred(release, mentions)
        named = self._ministers.resolve(mentions, span)
        senders = [person for sender in release.senders if (person := self._person(sender, span))]
        ministers = _once([*senders, *(n.person for n in named)])
        quotes = tuple(_quotes(release, text, mentions, named, {minister.id for minister in ministers}))
        speakers = [q.speaker for q in quotes if q.speaker and q.minister]
        sending = [Named(Mention(0, 0, STATSRAD, sender), sender) for sender in senders[:1]]
        spoken = sending or speaking(named, len(release.title), lead, speakers)
        return Annotations(
            span=span,
            ministers=ministers,
            departments=self._departments_of(release, spoken, span),
            agencies=() if _FOREIGN_ENVOYS.search(release.title) else self._agencies.find(text, span),
            categories=_once(Entity(key, name) for name in release.categories if (key := key_of(name))),
            quotes=quotes,
        )

    def _inferred(self, release: Release, mentions: tuple[Mention, ...]) -> DateSpan | None:
        senders = [Mention(0, 0, STATSRAD, p) for s in release.senders if (p := self._ministers.known(s))]
        contact = self._ministers.mentions(release.contact)
        everyone = [*mentions, *contact, *senders]
        return inferred_span(release, everyone, self._tables.holdings, self._tables.true_of)

    def _person(self, sender: str, span: DateSpan | None) -> Entity | None:
        """The minister who is stated as the sender, also one that the table does not know."""
        known = self._ministers.known(sender)
        if known or self._departments.stated(sender, span):
            return known
        is_person = _PERSON.fullmatch(sender) and not _NOT_PERSONS & set(sender.split())
        return Entity(key_of(sender), sender) if is_person else None

    def _departments_of(self, release: Release, speaking: Iterable[Named], span: DateSpan | None) -> tuple[Entity, ...]:
        """The departments stated as senders; where none is, and not on record, those of the ministers speaking."""
        stated = _once(d for sender in release.senders if (d := self._departments.stated(sender, span)))
        if stated or release.type != _UNSTATED:
            return stated
        return _once(d for one in speaking if (d := self._departments.of_minister(one, span)))


def _text_and_lead(release: Release) -> tuple[str, int]:
    """Title, summary and body as one text, and where the title and what leads into the text end."""
    top = "\n\n".join(part for part in (release.title, release.summary) if part)
    lead = release.summary or release.body.partition("\n\n")[0]
    return f"{top}\n\n{release.body}", len(release.title) + 2 + len(lead)


def _quotes(
    release: Release, text: str, mentions: tuple[Mention, ...], named: tuple[Named, ...], ministers: set[str]
) -> Iterator[Quote]:
    """Direct speech in ``text``, of which the summary and the body of ``release`` are the end."""
    body = len(text) - len(release.body)
    summary = body - 2 - len(release.summary) if release.summary else body
    for said in find_speech(text, summary, mentions, named, own_words=release.type in _OWN_WORDS):
        is_minister = said.speaker is not None and said.speaker.id in ministers
        if said.start >= body:
            yield Quote(said.start - body, said.end - body, said.speaker, is_minister)
        else:
            yield Quote(said.start - summary, said.end - summary, said.speaker, is_minister, "summary")


def _once(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """``entities`` without repetition of a key, each where it came first."""
    found: dict[str, Entity] = {}
    for entity in entities:
        found.setdefault(entity.id, entity)
    return tuple(found.values())
