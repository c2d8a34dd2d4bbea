"""Recognises departments, ministers, agencies and the time of publication in a release, by the tables."""

import re
from collections.abc import Iterable

from index.annotate.agencies import AgencyFinder
from index.annotate.dates import inferred_span, stated_span
from index.annotate.departments import DepartmentFinder, speaking
from index.annotate.mentions import CAPITAL
from index.annotate.ministers import Mention, MinisterFinder, Named
from index.annotate.offices import STATSRAD
from index.annotate.tables import Tables
from index.annotations import Annotations, DateSpan, Entity
from index.release import Release
from index.text import key_of

__all__ = ["Annotator", "Tables"]

_PERSON = re.compile(rf"{CAPITAL}[\w'’-]+(?: {CAPITAL}[\w'’-]+){{1,3}}")
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
        return Annotations(
            span=span,
            ministers=_once([*senders, *(n.person for n in named)]),
            departments=self._senders(release, span) or self._by_minister(senders, named, text, lead, span),
            agencies=self._agencies.find(text, span),
            categories=_once(Entity(key, name) for name in release.categories if (key := key_of(name))),
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

    def _senders(self, release: Release, span: DateSpan | None) -> tuple[Entity, ...]:
        stated = (self._departments.stated(sender, span) for sender in release.senders)
        return _once(department for department in stated if department)

    def _by_minister(
        self, senders: list[Entity], named: tuple[Named, ...], text: str, lead: int, span: DateSpan | None
    ) -> tuple[Entity, ...]:
        if senders:
            one: Named | None = Named(Mention(0, 0, STATSRAD, senders[0]), senders[0])
        else:
            one = speaking(named, text, lead)
        department = self._departments.of_minister(one, span) if one else None
        return (department,) if department else ()


def _text_and_lead(release: Release) -> tuple[str, int]:
    """Title, summary and body as one text, and where the title and what leads into the text end."""
    top = "\n\n".join(part for part in (release.title, release.summary) if part)
    lead = release.summary or release.body.partition("\n\n")[0]
    return f"{top}\n\n{release.body}", len(release.title) + 2 + len(lead)


def _once(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """``entities`` without repetition of a key, each where it came first."""
    found: dict[str, Entity] = {}
    for entity in entities:
        found.setdefault(entity.id, entity)
    return tuple(found.values())
