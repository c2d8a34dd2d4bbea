"""Page text that somebody copied from regeringen.se and saved as a file.

A page begins with what the site adds (archive banner, terms of office), then a line with type and sender,
the title, "Publicerad" with or without a day, the text, and a press contact. Any of them may be missing;
what makes a page a release is a title.
"""

import re
from dataclasses import dataclass, field

from index.release import Period, Release, Term
from index.sources import kinds
from index.sources.addresses import id_of_key
from index.sources.blocks import clean_body, paragraph, part_contact, split_lead
from index.sources.dates import DATE, MONTH, day, stated
from index.sources.items import Unreadable
from index.text import clean_line

MAX_TITLE = 1_000
"""Characters in a title; a longer one is not a title but a text without line ends."""

_BANNER = re.compile(
    rf"(?:Detta innehåll|Innehållet) publicerades under perioden (?P<first>{DATE}) (?:till|–|-)"
    rf"(?: och med)?(?: den)? (?P<last>{DATE})\.?",
    re.IGNORECASE,
)
_DISMISSED = re.compile(r"Statsråd på denna sida som har entledigats:?", re.IGNORECASE)
_TERM = re.compile(
    rf"Under perioden(?: den)? (?P<first>{DATE}) (?:till|och|–|-)(?: och med)?(?: den)? (?P<last>{DATE})"
    r" var (?:han|hon|hen) (?P<office>.+?)\.?",
    re.IGNORECASE,
)
_TYPE = re.compile(rf"(?P<type>{'|'.join(kinds.OF_LINE)})(?: (?:från|from) (?P<senders>.+))?", re.IGNORECASE)
_SENDER_END = re.compile(r"(departementet|beredningen|kansliet|kommittén|Ministry of .+|Office)$", re.IGNORECASE)
_BETWEEN_SENDERS = re.compile(r"(?<!-),\s*(?:(?:och|samt|and)\s+)?|(?<!-)\s+(?:och|samt)\s+")
_INDENT = re.compile(r"^[ \t]+(?=[^\t\n]*$|[•●▪◦·])", re.MULTILINE)
_TABBED_BULLET = re.compile(r"^([•●▪◦·])[ \t]+", re.MULTILINE)
_TIME = r"(?: ?,? ?(?:kl\.? ?)?\d{1,2}[.:]\d{2})?"
_PUBLISHED = re.compile(
    rf"(?:(?P<word>Publicerad|Uppdaterad|Published|Updated)\b(?: den)?:?\s*)?(?P<date>{DATE}|{MONTH})?{_TIME}"
    r"(?P<rest>(?:\s*[·|,–-]?\s*(?:Uppdaterad|Updated)\b.*)?)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Head:
    """What has been read of the lines before the text."""

    type: str | None = None
    type_line: str = ""
    senders: tuple[str, ...] = ()
    title: str = ""
    published: str | None = None
    updated: str | None = None
    awaits: str = ""
    """The date field whose word has been read while its day has not."""
    text: list[str] = field(default_factory=list)


def parse(text: str, key: str) -> Release:
    """The release in a copied page. ``key`` is the source's own name of it, from which the id is made.

    Raises :class:`Unreadable` when there is no title in it.
    """
    lines, period, terms = without_site_lines(clean_body(_untabbed(text)).split("\n"))
    head = _read_head(lines)
    if not head.title:
        raise Unreadable("it has no title: nothing is left when the site's own lines are taken away")
    if len(head.title) > MAX_TITLE:
        raise Unreadable(f"its title would be {len(head.title):,} characters long; put the title on a line of its own")
    parted = part_contact(_blocks(head.text))
    summary, blocks = split_lead(parted.blocks)
    return Release(
        id=id_of_key(key),
        type=head.type or kinds.DEFAULT,
        title=head.title,
        summary=summary,
        body="\n\n".join(blocks),
        published=head.published,
        updated=head.updated,
        senders=head.senders,
        period=period,
        terms=terms,
        contact=parted.contact,
    )


def _untabbed(text: str) -> str:
    """The text with tabs only between the cells of tables, not where a word processor puts them in a list."""
    return _TABBED_BULLET.sub(r"\1 ", _INDENT.sub("", text))


def without_site_lines(lines: list[str]) -> tuple[list[str], Period | None, tuple[Term, ...]]:
    """The lines without banner and terms of office, and what those said; the site prints terms many times."""
    kept: list[str] = []
    periods: list[Period] = []
    terms: dict[Term, None] = {}
    for line in lines:
        if banner := _BANNER.fullmatch(line):
            periods += filter(None, [_period(banner)])
        elif (term := _TERM.fullmatch(line)) and (period := _period(term)):
            terms[Term(term["office"], period)] = None
        elif not _DISMISSED.fullmatch(line):
            kept.append(line)
    return kept, periods[0] if periods else None, tuple(terms)


def _period(match: re.Match[str]) -> Period | None:
    first, last = day(match["first"]), day(match["last"])
    return Period(first, last) if first and last and first <= last else None


def _read_head(lines: list[str]) -> _Head:
    head = _Head()
    for i, line in enumerate(lines):
        if not line or _read_date(head, line):
            continue
        if head.title:
            head.text = lines[i:]
            break
        if not _read_type(head, line):
            head.title = clean_line(re.sub(r"^#+ +", "", line))
    if not head.title:  # the line that looked like type and sender was the title
        head.title, head.type, head.senders = head.type_line, head.type, ()
    return head


def _read_type(head: _Head, line: str) -> bool:
    found = None if head.type else type_and_senders(line)
    if found is None:
        return False
    (head.type, head.senders), head.type_line = found, line
    return True


def type_and_senders(line: str) -> tuple[str, tuple[str, ...]] | None:
    """The type and the senders that a line ("Pressmeddelande från …") states; None when it is another line."""
    match = _TYPE.fullmatch(line)
    if not match or (match["senders"] and not _SENDER_END.search(match["senders"])):
        return None
    return kinds.OF_LINE[match["type"].lower()], split_senders(match["senders"] or "")


def split_senders(text: str) -> tuple[str, ...]:
    """The senders in a line; "Miljö- och energidepartementet" is one."""
    return tuple(filter(None, (clean_line(part) for part in _BETWEEN_SENDERS.split(text))))


def _read_date(head: _Head, line: str) -> bool:
    match = _PUBLISHED.fullmatch(line)
    if not match or not (match["word"] or (match["date"] and head.awaits)):
        return False
    name = _field(match["word"]) if match["word"] else head.awaits
    head.awaits = "" if match["date"] else name
    if match["date"]:
        _set_date(head, name, stated(match["date"]))
    if match["rest"]:
        _read_date(head, match["rest"].strip(" ·|,–-"))
    return True


def _field(word: str) -> str:
    return "published" if word.lower().startswith("publi") else "updated"


def _set_date(head: _Head, name: str, value: str | None) -> None:
    if name == "published":
        head.published = head.published or value
    else:
        head.updated = head.updated or value


def _blocks(lines: list[str]) -> list[str]:
    return [block for part in "\n".join(lines).split("\n\n") if (block := paragraph(part))]
