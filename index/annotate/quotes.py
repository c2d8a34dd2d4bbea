"""Direct speech in a text and who speaks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.annotate.ministers import Mention, Named
from index.annotate.speakers import People, Person, Subject
from index.annotate.speech import Kind, Paragraph, Saying, paragraphs, sayings, sentence_end, trimmed_end
from index.annotations import Entity

_MARKS = re.compile(r"^[-–—−‒―]|[”“\"»]", re.MULTILINE)
_SENTENCES = re.compile(r"(?![a-zåäö]).*[.!?…”“\"»:]\Z", re.DOTALL)
_GOES_ON = re.compile(r",? (?:och (?:fortsätter|tillägger|lägger till)[^:.\n]{0,40}:|(?:att|men|utan|så|för) )")
_NARRATIVE = re.compile(r"\s*(?:Han|Hon|Ministern|Statsrådet)\s")
_PRONOUN = re.compile(r"(?<!\w)(?:[Hh]an|[Hh]on|[Hh]en|[Mm]inistern)(?!\w)")
_FIRST_PERSON = re.compile(r"(?<!\w)(?:jag|vi|mig|oss|min|mitt|mina|vår|vårt|våra)(?!\w)", re.IGNORECASE)
_LIST_COMES = re.compile(r"(?<!\w)(?:(?:följande|nedan|såsom|exempelvis|till exempel|dessa)(?!\w)|bland annat:)")
_QUOTED = re.compile(r"[”“\"»„]([^”“\"»„]{12,}?)[”“\"»]")
_SPOKEN = re.compile(r"[,.?!…][”“\"»]?.? \Z")
_LINK = re.compile(r"[,.]? ")
_STRONG = re.compile(
    r"(?i:(?:det |så )?(?:säger|sade|sa|skriver|skrev|berättar|konstaterar|förklarar|menar|fortsätter))"
)
_UNKNOWN_VERB = re.compile(r"(?:[a-zåäö]+(?:[aeoöå]r|er|de|te)(?: [a-zåäö-]+){0,4} )?")
_DESCRIPTION = re.compile(r"(?:,[^.!?]{0,90})?\.?")
_LONGEST_ATTRIBUTION = 150
_LONGEST_SENTENCE = 1_000
_LONGEST_SPEECH = 3  # paragraphs in a row


@dataclass(frozen=True, slots=True)
class Said:
    """Speech from ``start`` to ``end`` of a text; ``speaker`` is None when the text does not say."""

    start: int
    end: int
    speaker: Entity | None


@dataclass(frozen=True, slots=True)
class _Attribution:
    """What attributes speech, from the end of the words said to where more of them may follow."""

    start: int
    end: int
    subject: Subject


def find_speech(
    text: str, begin: int, mentions: Sequence[Mention], named: Sequence[Named], own_words: bool = False
) -> tuple[Said, ...]:
    """Direct speech in ``text`` from ``begin``, where its title ends, in order and without overlaps.

    ``mentions`` are of ministers, and ``named`` are those of them that were resolved. In the
    ``own_words`` of one person, a speech or an op-ed, only what is attributed there is direct speech.
    """
    if not _MARKS.search(text, begin):
        return ()
    return tuple(_Reader(text, begin, People(text, mentions, named), own_words).read())


class _Reader:
    """Reads a text from its beginning to its end, and remembers who spoke and who was named since."""

    def __init__(self, text: str, begin: int, people: People, own_words: bool) -> None:
        self._text = text
        self._begin = begin
        self._people = people
        self._own_words = own_words
        self._speaker: Entity | None = None
        self._named: list[Person] = []

    def read(self) -> Iterator[Said]:
        group: list[Paragraph] = []
        before: Paragraph | None = None
        for paragraph in paragraphs(self._text):
            if paragraph.kind is Kind.DASH and paragraph.start >= self._begin:
                group.append(paragraph)
                continue
            yield from self._group(group, before, paragraph)
            group, before = [], paragraph
            if paragraph.start >= self._begin:
                yield from self._quoted(paragraph)
            self._named = self._people.between(paragraph.start, paragraph.end) or self._named
        yield from self._group(group, before, None)

    def _group(self, group: list[Paragraph], before: Paragraph | None, after: Paragraph | None) -> Iterator[Said]:
        """Speech in paragraphs that follow each other, all with a dash, between two others."""
        attributed = [self._attributions(paragraph) for paragraph in group]
        if not any(attributed):
            yield from self._unattributed(group, before, after)
            return
        told = self._introduced(before)
        ahead = next(found for found in attributed if found)
        for paragraph, found in zip(group, attributed, strict=True):
            told, ahead = (None if found else told), found or ahead
            self._speaker = self._speaker_of([told] if told else [a.subject for a in ahead])
            self._named = []
            if found or _SENTENCES.match(self._text, paragraph.speech, paragraph.end):
                yield from self._said(paragraph.speech, self._end(paragraph, found), self._speaker)

    def _unattributed(
        self, group: list[Paragraph], before: Paragraph | None, after: Paragraph | None
    ) -> Iterator[Said]:
        """Speech that what comes before or after attributes, or that is clearly the speaker's own words."""
        if not group or not all(_SENTENCES.match(self._text, p.speech, p.end) for p in group):
            return
        told = self._introduced(before) or self._followed(after)
        for paragraph in group:
            if told or self._is_own_speech(paragraph, len(group), before):
                self._speaker = self._speaker_of([told]) if told else self._referred()
                self._named = []
                yield from self._said(paragraph.speech, self._end(paragraph, []), self._speaker)

    def _is_own_speech(self, paragraph: Paragraph, count: int, before: Paragraph | None) -> bool:
        """Whether a paragraph, one of ``count`` that nothing attributes, is speech and not an item of a list."""
        last = self._text[before.end - 1] if before else ""
        if self._own_words or last == ":" or not (self._speaker or self._named):
            return False
        first_person = _FIRST_PERSON.search(self._text, paragraph.speech, paragraph.end) is not None
        return last == "?" or count == 1 or (first_person and count <= _LONGEST_SPEECH)

    def _introduced(self, before: Paragraph | None) -> Subject | None:
        """Who is to speak according to the paragraph before, which ends with a colon."""
        if before is None or before.kind is not Kind.PLAIN or self._text[before.end - 1] != ":":
            return None
        start = before.start
        while (end := sentence_end(self._text, start, before.end)) < before.end:
            start = end
        for saying in sayings(self._text, start, before.end):
            subject = self._people.subject(saying.end, before.end)
            if subject and (subject.entity or subject.refers):
                return subject
        if _LIST_COMES.search(self._text, start, before.end):
            return None
        named = self._people.between(start, before.end)
        if named:
            return Subject(named[0].end, named[0].entity)
        pronoun = _PRONOUN.search(self._text, start, before.end)
        return Subject(pronoun.end(), None, True) if pronoun else None

    def _followed(self, after: Paragraph | None) -> Subject | None:
        """Who spoke according to the paragraph after: "Det säger …", or the speech goes on there and ends so."""
        if after is None or after.kind is not Kind.PLAIN:
            return None
        for found in self._attributions(after):
            begins = found.start == after.start
            if (begins or found.end == after.end) and (found.subject.entity or found.subject.refers):
                return found.subject
        return None

    def _attributions(self, paragraph: Paragraph) -> list[_Attribution]:
        found: list[_Attribution] = []
        verbs = list(sayings(self._text, paragraph.speech, paragraph.end))
        stops = [*(verb.start for verb in verbs[1:]), paragraph.end]
        for saying, stop in zip(verbs, stops, strict=False):
            if found and saying.start < found[-1].end:
                continue
            subject = self._people.subject(saying.end, stop)
            if subject and self._attributes(saying, subject, stop, paragraph):
                goes_on = _GOES_ON.match(self._text, subject.end)
                end = goes_on.end() if goes_on else self._sentence_end(subject, paragraph)
                found.append(_Attribution(saying.start, end, subject))
        return found or self._by_name_alone(paragraph)

    def _by_name_alone(self, paragraph: Paragraph) -> list[_Attribution]:
        """An attribution by a verb that we don't know or by none: a comma, and a name up to the end."""
        start = max(paragraph.speech, paragraph.end - _LONGEST_ATTRIBUTION)
        for person in self._people.between(start, paragraph.end):
            comma = self._text.rfind(", ", start, person.start)
            link = self._text[comma + 2 : person.start]
            rest = self._text[person.end : paragraph.end]
            if comma >= 0 and _UNKNOWN_VERB.fullmatch(link) and _DESCRIPTION.fullmatch(rest):
                return [_Attribution(comma, paragraph.end, Subject(person.end, person.entity))]
        return []

    def _attributes(self, saying: Saying, subject: Subject, stop: int, paragraph: Paragraph) -> bool:
        """Whether the verb attributes speech. One without a name must be the last thing that the paragraph says."""
        strong = _STRONG.match(self._text, saying.start) is not None
        if subject.entity or subject.refers:
            return saying.apart or strong
        last = stop == paragraph.end and self._sentence_end(subject, paragraph) == stop
        return saying.apart and strong and last

    def _sentence_end(self, subject: Subject, paragraph: Paragraph) -> int:
        return sentence_end(self._text, subject.end, min(paragraph.end, subject.end + _LONGEST_SENTENCE))

    def _end(self, paragraph: Paragraph, found: list[_Attribution]) -> int:
        """Where the words said end: before an attribution after which nothing more is said."""
        end = paragraph.end
        for attribution in reversed(found):
            if attribution.end < end and not _NARRATIVE.match(self._text, attribution.end, paragraph.end):
                break
            end = attribution.start
        return trimmed_end(self._text, paragraph.speech, end)

    def _speaker_of(self, subjects: list[Subject]) -> Entity | None:
        """The first who is named; else who "han" or "hon" is; None for one without a name."""
        for subject in subjects:
            if subject.entity:
                return subject.entity
        return self._referred() if any(subject.refers for subject in subjects) else None

    def _referred(self) -> Entity | None:
        """Who is meant by "han": who spoke last, unless only others have been named since."""
        named = [person.entity for person in self._named]
        return named[0] if named and self._speaker not in named else self._speaker

    def _quoted(self, paragraph: Paragraph) -> Iterator[Said]:
        """Speech within quotation marks in running text."""
        latest: tuple[int, int, int] | None = None  # speech, and where its attribution ends
        speaker = self._speaker
        for quoted in _QUOTED.finditer(self._text, paragraph.start, paragraph.end):
            if latest and not self._text[latest[2] : quoted.start()].strip():
                latest = (latest[0], quoted.end(1), quoted.end())
                continue
            found = self._attributed(quoted, paragraph)
            if found:
                if latest:
                    yield from self._said(latest[0], latest[1], speaker)
                near = max(paragraph.start, quoted.start() - _LONGEST_SENTENCE)
                self._named = self._people.between(near, quoted.start()) or self._named
                speaker = self._speaker = self._speaker_of([found.subject])
                latest = (quoted.start(1), quoted.end(1), found.end)
        if latest:
            yield from self._said(latest[0], latest[1], speaker)

    def _attributed(self, quoted: re.Match[str], paragraph: Paragraph) -> _Attribution | None:
        link = _LINK.match(self._text, quoted.end(), paragraph.end)
        saying = link and next(sayings(self._text, link.end(), min(paragraph.end, link.end() + 60)), None)
        if link and saying and saying.start == link.end():
            subject = self._people.subject(saying.end, paragraph.end)
            is_told = subject and (subject.entity or subject.refers or _STRONG.match(self._text, saying.start))
            if subject and is_told and _SPOKEN.search(quoted[0][-2:] + link[0]):
                return _Attribution(quoted.end(1), self._sentence_end(subject, paragraph), subject)
        return None

    def _said(self, start: int, end: int, speaker: Entity | None) -> Iterator[Said]:
        if start < end:
            yield Said(start, end, speaker)
