"""The people of a text: who is named where, and who the subject of a verb of saying is."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from index.annotate.mentions import CAPITAL
from index.annotate.ministers import Mention, Named, surnames_of
from index.annotate.names import is_title, names_in
from index.annotate.speech import sentence_end
from index.annotations import Entity
from index.text import key_of

_ALONE = re.compile(rf"(?<![\w-]){CAPITAL}[\w'’-]+")
_PREPOSITIONS = """
    från på vid i som till när efter under och om inför med för hos sedan apropå angående kring idag samt medan då där
    av över via å innan inom per utanför bakom enligt genom vidare själv också även sin men bland nu gällande ur att
    trots avslutningsvis samtidigt tidigare fortsatt dessutom mot
"""
# What may follow a name that is a subject; a noun after it would be what the name belongs to.
_FOLLOWS = re.compile(rf"[ \n]?(?:[^\w \n]|\Z)|\n|[ \n](?:{'|'.join(_PREPOSITIONS.split())})(?!\w)")
_PRONOUN = re.compile(r"(?:han|hon|hen|ministern|statsrådet)(?!\w)|(?:statssekreteraren|generaldirektören)(?=[.,])")
_NO_SUBJECTS = """
    jag vi man du ni att sig ja nej mig oss som om inte emot upp till ifrån någon något mycket precis många alla det
    allt mer bara lite så och men på i för av med vad hur när under från ju nog snarare aldrig ingen andra vissa både
    tack hej varför vilka vilken tydligt klart bland
"""
_NOBODY = re.compile(rf"(?:{'|'.join(_NO_SUBJECTS.split())})(?!\w)", re.IGNORECASE)
_ON_BEHALF = re.compile(
    r"(?:sekreterare|rådgivare|samordnare|chef|sakkunnig|tjänsteman)(?:e?n)? (?:hos|till|åt|för) [^,]*\Z"
)
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in a text from ``start`` to ``end``."""

    start: int
    end: int
    entity: Entity


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a verb of saying, which ends at ``end``.

    ``entity`` is None for a pronoun (``refers``: "han", "ministern") and for those who have no name in the text.
    """

    end: int
    entity: Entity | None
    refers: bool = False


class People:
    """Everyone who is named in ``text``: ministers as they were found there, others by the form of a name."""

    def __init__(self, text: str, mentions: Sequence[Mention], named: Sequence[Named]) -> None:
        self._text = text
        resolved = {n.mention.start: n.person for n in named}
        ours = [Person(m.start, m.end, e) for m in mentions if (e := resolved.get(m.start) or m.person)]
        others = [Person(start, end, Entity(key, n)) for start, end, n in names_in(text) if (key := key_of(n))]
        alone = (m for m in mentions if not (m.foreign or m.former or m.written or m.person))
        self._unclear = {m.start: m.end for m in alone if m.start not in resolved}
        self._persons = _merged(ours, others)
        self._starts = [person.start for person in self._persons]
        self._known: dict[str, Entity] = {}
        for person in self._persons:
            for part in (person.entity.name.split()[0], *surnames_of(person.entity.name)):
                self._known.setdefault(part, person.entity)

    def between(self, start: int, end: int) -> list[Person]:
        """Those named from ``start`` to ``end``, in order."""
        return self._persons[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def subject(self, start: int, end: int) -> Subject | None:
        """The person who is the subject at ``start``, in a text that ends at ``end``; None if there is none."""
        stop = sentence_end(self._text, start, min(end, start + _LONGEST))
        found = _PRONOUN.match(self._text, start, stop)
        pronoun = found.end() if found else self._unclear.get(start)
        for person in self.between(start, stop):
            if self._is_subject(start, person) and not (pronoun and "," in self._text[start : person.start]):
                return Subject(person.end, person.entity)
        if pronoun:
            return Subject(pronoun, None, True)
        alone = self._alone(start, stop)
        if alone or _NOBODY.match(self._text, start, stop):
            return alone
        return Subject(start, None)

    def _alone(self, start: int, stop: int) -> Subject | None:
        """A first name or surname alone, of one who is named in full elsewhere or whose title stands before it."""
        name = _ALONE.search(self._text, start, stop)
        if not name:
            return None
        before = self._text[start : name.start()].rstrip()
        entity = self._known.get(name[0])
        if entity and (not before or is_title(before)):
            return Subject(name.end(), entity)
        if is_title(before) and "," not in before and _FOLLOWS.match(self._text, name.end()):
            entity = self._known.setdefault(name[0], Entity(key_of(name[0]) or name[0], name[0]))
            return Subject(name.end(), entity)
        return None

    def _is_subject(self, start: int, person: Person) -> bool:
        before = self._text[start : person.start]
        if not before and self._text.endswith(person.entity.name.split()[-1], start, person.end):
            return True
        in_aside = "," in before and _NOBODY.match(before)
        return bool(_FOLLOWS.match(self._text, person.end)) and not _ON_BEHALF.search(before) and not in_aside


def _merged(ours: list[Person], others: list[Person]) -> list[Person]:
    """All in order; where two overlap, the minister."""
    starts = [person.start for person in ours]
    kept = []
    for other in others:
        at = bisect_left(starts, other.end) - 1
        if at < 0 or ours[at].end <= other.start:
            kept.append(other)
    return sorted([*ours, *kept], key=lambda person: person.start)
