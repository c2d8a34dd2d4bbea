"""Where direct speech may stand in a text: its paragraphs, the words that attribute it, its sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_LINE = re.compile(r"[^\n]+")
_DASH = re.compile(r"[-–—−‒―] ?(?=[^\W\d_a-zåäö]|[”“\"»…])|[-–—−‒―] ")
_OPENING = re.compile(r"[-–—−‒―]? ?[”“\"»„ ]*")
CLOSING = '”“"»'

_PRESENT = """
    anmärker anser avslutar avrundar bekräftar berättar beskriver betonar fastslår fortsätter framhåller framhävdar
    frågar fyller fyllde förklarar förtydligar förutspår hälsar hävdar inflikar inleder inskärper instämmer
    kommenterar konkluderar konstaterar lovar lyfter manar menar minns noterar poängterar påminner påpekar reflekterar
    replikerar resonerar resumerar sammanfattar skriver slår spår summerar svarar säger tillägger tipsar tror tycker
    understryker undrar upplyser uppmanar uppmuntrar utbrister utvecklar vittnar
"""
_PAST = """
    anmärkte ansåg avslutade avrundade bekräftade berättade beskrev betonade fastslog fortsatte framhöll framhävde
    frågade förklarade förtydligade hävdade inflikade inledde inskärpte instämde kommenterade konstaterade lovade lyfte
    manade menade mindes noterade poängterade påminde påpekade reflekterade replikerade resonerade sade sa skrev
    sammanfattade slog summerade svarade sagt tillade trodde tyckte underströk undrade uppmanade uppmuntrade utbrast
    utvecklade vittnade
"""
_VERBS = "|".join(sorted({*_PRESENT.split(), *_PAST.split()}, key=len, reverse=True))
_ADVERBS = (
    r"också|även|vidare|samtidigt|bland annat|bl\.a\.|till exempel|dock|sedan|därför|nu|i dag|idag|slutligen|själv|så"
    r"|in|fast|fram|avslutningsvis|dessutom|i ett uttalande|i en kommentar|skriftligt|på frågan"
)
_SAYS = re.compile(rf"(?<![\w-])(?P<that>(?:Det|Så|Detta) )?(?i:{_VERBS})(?![\w-])(?: (?:{_ADVERBS})(?![\w-]))*,?[ \n]")
_STOPS = frozenset(",.!?…:;–-)*" + CLOSING)
_SENTENCE_END = re.compile(r"(?:[.!?…]+[”“\"»)]*|:)(?=\s+(?P<next>\S)|\s*\Z)")
_INITIAL = re.compile(r"(?:(?<!\w)[^\W\d_a-zåäö]|Kungl|Dr|[Ff]\.d|[Tt]\.f)\.\Z")


class Kind(Enum):
    """What a paragraph is by its first characters."""

    PLAIN = auto()
    DASH = auto()
    HEADING = auto()
    ITEM = auto()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph from ``start`` to ``end``; ``speech`` is where its words begin after dash and quotation mark."""

    start: int
    end: int
    speech: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying from ``start`` to ``end``, where its subject may begin.

    ``apart``: a stop before it sets it apart from the speech; ``that``: "Det säger".
    """

    start: int
    end: int
    apart: bool
    that: bool


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs of ``text``: lines in a row, but a line with a mark of its own begins a new one."""
    start = end = 0
    for line in _LINE.finditer(text):
        begins = line.start() > end + 1 or _kind(text, line.start()) is not Kind.PLAIN
        if begins and end > start:
            yield _paragraph(text, start, end)
        start = line.start() if begins or end == start else start
        end = line.end()
    if end > start:
        yield _paragraph(text, start, end)


def _paragraph(text: str, start: int, end: int) -> Paragraph:
    opening = _OPENING.match(text, start, end)
    return Paragraph(start, end, opening.end() if opening else start, _kind(text, start))


def _kind(text: str, start: int) -> Kind:
    if text.startswith(("## ", "### "), start):
        return Kind.HEADING
    if text.startswith("• ", start):
        return Kind.ITEM
    return Kind.DASH if _DASH.match(text, start) else Kind.PLAIN


def sayings(text: str, start: int, end: int) -> Iterator[Saying]:
    """Every verb of saying from ``start`` to ``end`` that a subject may follow."""
    for verb in _SAYS.finditer(text, start, end):
        before = text[max(start, verb.start() - 3) : verb.start()].rstrip()
        yield Saying(verb.start(), verb.end(), not before or before[-1] in _STOPS, bool(verb["that"]))


def sentence_end(text: str, start: int, end: int) -> int:
    """Where the sentence that ``start`` lies in ends, with its stop; ``end`` if it does not end before."""
    for stop in _SENTENCE_END.finditer(text, start, end):
        goes_on = (stop["next"] or "").islower() or _INITIAL.search(text, max(start, stop.start() - 6), stop.end())
        if not goes_on:
            return stop.end()
    return end


def trimmed_end(text: str, start: int, end: int) -> int:
    """``end`` without blanks, a comma or a quotation mark before it that belongs to what follows."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;–-*" + CLOSING):
        end -= 1
    return end
