"""What stands beside an office in a text: the name of its holder, "tidigare", the holder's staff."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from index.annotate.mentions import CAPITAL, Hit
from index.annotate.offices import OfficeHit

_GAP = re.compile(r",? ")
_JOINED = re.compile(r",? (?:och|samt) ")
_PARTY = r"(?: \(\w{1,3}\))?"
_TITLE = r"(?:(?:Sveriges|svensk|regeringens|tillträdande|nuvarande) )?"
_AFTER_NAME = re.compile(rf"{_PARTY}(?:, | \(| – | ){_TITLE}")
_WIDEST = 30

_NAME = rf"{CAPITAL}[\w'’-]++(?: {CAPITAL}[\w'’-]++){{1,2}}"
_NAME_AFTER = re.compile(rf",? ({_NAME})")
_NAME_BEFORE = re.compile(rf"(?<!\w)({_NAME}){_PARTY}, {_TITLE}$")
_LONGEST_NAME = 70
_VISITS = re.compile(r"(?<!\w)(?:besök(?:er|te)|invig(?:er|de)|gästa(?:r|de)) (?:[\w-]+(?:,| och) )*$")
_NEARBY = 5_000

_FORMER = re.compile(
    r"(?<!\w)(?:tidigare|förr[ea]|dåvarande|f\.? ?d\.?|före detta|förutvarande)(?: \w+)? $", re.IGNORECASE
)
_STAFF = r"(?:sekreterare|rådgivare|sakkunniga?|samordnare|ställföreträdare|chef|assistent|tjänste(?:man|män)|råd)"
_OF_STAFF = re.compile(rf"{_STAFF}n? (?:hos|till|åt|för) (?:den )?$", re.IGNORECASE)
_IS_STAFF = re.compile(rf" (?:[\w-]*(?:{_STAFF}|kansli|kontor|stab))")
_SPOKESMAN = r"(?:stats|pres)sekreterare"
_OF_SPOKESMAN = re.compile(rf"{_SPOKESMAN}n? (?:hos|till|åt|för) (?:den )?$", re.IGNORECASE)
_IS_SPOKESMAN = re.compile(rf" {_SPOKESMAN}")
_PAST = re.compile(
    r"(?<!\w)(?:tidigare|varit|var|arbetat|tjänstgjort|innehaft|bakgrund)(?!\w)|\d{4} ?[–-]", re.IGNORECASE
)
_SENTENCE = re.compile(r"[^.\n•]*$")
_LONGEST_SENTENCE = 160


def named_holders(
    text: str, offices: Sequence[OfficeHit], names: Sequence[Hit], held: Callable[[Hit, OfficeHit], bool]
) -> list[Hit | None]:
    """Which of ``names`` stands beside each office: after it, before it, or beside an office joined to it.

    "Ministern" after a name and a comma may go on a list instead: there ``held`` says whether it fits.
    """
    ends = {hit.end: hit for hit in names}
    starts = {hit.start: hit for hit in names}
    holders = [_known_after(text, office, starts, ends) for office in offices]
    for at in reversed(range(len(offices) - 1)):
        if holders[at] is None and not offices[at].definite and _are_joined(text, offices[at], offices[at + 1]):
            holders[at] = holders[at + 1]
    for at, office in enumerate(offices):
        before = None if holders[at] else _known_before(text, office, ends)
        holders[at] = before if before and (not office.definite or held(before, office)) else holders[at]
    for at, (left, right) in enumerate(pairwise(offices), start=1):
        if holders[at] is None and not right.definite and _are_joined(text, left, right):
            holders[at] = holders[at - 1]
    return holders


def written_name(text: str, office: OfficeHit) -> tuple[int, int, str] | None:
    """A name that no table knows beside ``office``: where the two begin and end, and the name in its base form."""
    after = None if office.genitive else _NAME_AFTER.match(text, office.end)
    before = _NAME_BEFORE.search(text, max(0, office.start - _LONGEST_NAME), office.start)
    if before and not (after and after[0].startswith(" ")):
        return before.start(), office.end, before[1]
    if after:
        name = _base_form(after[1], text[max(0, office.start - _NEARBY) : office.end + _NEARBY])
        return office.start, after.start(1) + min(len(name), len(after[1])), name
    return None


def name_start(text: str, office: OfficeHit) -> int | None:
    """Where a name may begin after ``office``."""
    gap = _GAP.match(text, office.end)
    return gap.end() if gap and not office.genitive else None


def is_former(text: str, start: int) -> bool:
    """Whether what begins at ``start`` is said of the past: "tidigare statsminister"."""
    return _FORMER.search(text, max(0, start - 30), start) is not None


def is_staff(text: str, office: OfficeHit) -> bool:
    """Whether the minister's staff is spoken of: "statssekreteraren hos finansministern"."""
    before = _OF_STAFF.search(text, max(0, office.start - 40), office.start)
    return bool(before or _IS_STAFF.match(text, office.end))


def has_spokesman(text: str, office: OfficeHit) -> bool:
    """Whether it is staff that speaks for the minister of the day: "kontakta finansministerns pressekreterare"."""
    before = _OF_SPOKESMAN.search(text, max(0, office.start - 40), office.start)
    if not before and not _IS_SPOKESMAN.match(text, office.end):
        return False
    near = _SENTENCE.search(text, max(0, office.start - _LONGEST_SENTENCE), office.start)
    return near is None or not _PAST.search(near[0])


def is_visiting(text: str, office: OfficeHit) -> bool:
    """Whether "besöker" stands before ``office``, so that a place follows it: "besöker statsministern …"."""
    return _VISITS.search(text, max(0, office.start - 60), office.start) is not None


def _known_after(text: str, office: OfficeHit, starts: dict[int, Hit], ends: dict[int, Hit]) -> Hit | None:
    """A name after a comma is the next one of a list when there is one before a comma as well."""
    start = name_start(text, office)
    hit = starts.get(start) if start is not None else None
    listed = hit and text[office.end] == "," and text.endswith(", ", 0, office.start)
    return None if listed and _known_before(text, office, ends) else hit


def _known_before(text: str, office: OfficeHit, ends: dict[int, Hit]) -> Hit | None:
    for end in range(office.start - 1, max(-1, office.start - _WIDEST), -1):
        if end in ends:
            return ends[end] if _AFTER_NAME.fullmatch(text, end, office.start) else None
    return None


def _are_joined(text: str, left: OfficeHit, right: OfficeHit) -> bool:
    return _JOINED.fullmatch(text, left.end, right.start) is not None


def _base_form(name: str, text: str) -> str:
    """``name`` without a genitive s and without a following name, if ``text`` has it so elsewhere."""
    short = " ".join(name.split()[:2])
    for form in (short.removesuffix("s"), short, name.removesuffix("s")):
        if re.search(rf"(?<!\w){re.escape(form)}(?!\w)(?! {CAPITAL})", text):
            return form
    return name
