"""The blocks of a body: cleaning them, and telling the lead and the contact block from the rest.

See :class:`index.release.Release` for what a body is made of. :func:`index.text.clean` makes tabs into
spaces, so the cells of a table are cleaned one by one here.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from index.text import clean, clean_line, fold

_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\u0085")
_ALREADY_CLEAN = re.compile("[!-~åäöÅÄÖéÉü–”’…•§]+(?:[ \n][!-~åäöÅÄÖéÉü–”’…•§]+)*")
_HEADING = re.compile(r"#{1,6} +")
_BULLET = re.compile(r"[•●▪◦·] *(?=\S)")
_DASH = re.compile(r"[-−] +(?=\S)")
_QUOTE = re.compile(r"[–—−-]")
_SENTENCE_END = re.compile(r"[.!?…][\"”»’')\]]*$")

_LABEL = re.compile(
    r"(?:#{2,3} )?(?:presskontakt(?:er)?|kontakt(?:person(?:er)?|uppgifter)?|press contacts?|contacts?"
    r"|media contacts?)\s*:?$",
    re.IGNORECASE,
)
_LABEL_AND_MORE = re.compile(
    r"(?:presskontakt(?:er)?|kontaktperson(?:er)?|press contacts?)(?: för [^:\n]{1,80})?(?::|(?=[A-ZÅÄÖ]))",
    re.IGNORECASE,
)
_LABEL_START = re.compile(r"(?:Pressk|K)ontakt|Press contact")
_PRESS_OFFICER = re.compile(r"[^\n.]{3,80}\nPress(?:ekreterare|kommunikatör|chef|ansvarig)\b[^\n.]{0,120}(?:\n|$)")
_REACHABLE = re.compile(r"(?:\+|\b)\d[\d \-–/()]{5,}\d|\S@\S|e-post till", re.IGNORECASE)
_CONTACT_LINE = 160
_CONTACT_GAP = 3
_CONTACT_BLOCKS = 100


def clean_body(text: str) -> str:
    """``text`` with every line clean, blocks parted by one empty line, and tabs between cells. Idempotent."""
    blocks = _EMPTY_LINES.split(_LINE_ENDS.sub("\n", text).strip("\n"))
    return "\n\n".join(filter(None, map(_clean_block, blocks)))


def _clean_block(block: str) -> str:
    return "\n".join(line for line in map(_clean_line, block.split("\n")) if line)


def _clean_line(line: str) -> str:
    if "\t" not in line:
        return clean_line(line)
    # A cell keeps its column, so empty cells before the last filled one stay.
    return "\t".join(clean_line(cell) for cell in line.split("\t")).rstrip("\t")


def tidy(text: str) -> str:
    """What :func:`index.text.clean` gives, faster where there is nothing to clean: most lines are so."""
    return text if _ALREADY_CLEAN.fullmatch(text) else clean(text)


def paragraph(text: str) -> str:
    """A block of plain text or a table: typed bullets and dashes in one form, and no line like a heading."""
    lines = clean_body(text) if "\t" in text else tidy(text)
    return "\n".join(filter(None, map(_plain_line, lines.split("\n"))))


def _plain_line(line: str) -> str:
    line = _HEADING.sub("", line) if _HEADING.match(line) else line
    if _BULLET.match(line):
        return _BULLET.sub("• ", line, count=1)
    return _DASH.sub("– ", line, count=1) if _DASH.match(line) else line


def is_lead(block: str) -> bool:
    """Whether the first block of a text is its lead: a plain paragraph of whole sentences, not a quotation."""
    first = block.split("\n", 1)[0]
    plain = "\t" not in block and "\n• " not in block and not first.startswith(("## ", "### ", "• "))
    return plain and not _QUOTE.match(first) and bool(_SENTENCE_END.search(first))


def split_lead(blocks: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The lead (empty if there is none) and the blocks that remain. A single block is all text, not a lead."""
    if len(blocks) > 1 and is_lead(blocks[0]):
        return blocks[0], blocks[1:]
    return "", blocks


def without_beginning(body: str, beginning: str) -> str:
    """``body`` without ``beginning``, when it begins so but for spaces, punctuation and case.

    A body that begins otherwise, or goes on within the word, is returned as it is.
    """
    wanted, seen = _letters(beginning), 0
    if not wanted:
        return body
    for place, char in enumerate(body):
        letters = _letters(char)
        if not wanted.startswith(letters, seen):
            return body
        seen += len(letters)
        if seen == len(wanted):
            return _from_next_word(body, place + 1)
    return body


def _letters(text: str) -> str:
    return "".join(c for c in fold(unicodedata.normalize("NFC", text)) if c.isalnum())


def _from_next_word(body: str, place: int) -> str:
    rest = body[place:]
    if rest and rest[0].isalnum():
        return body
    return re.sub(r"^\S*", "", rest).strip("\n ")


@dataclass(frozen=True, slots=True)
class Parted:
    """A text's blocks without the contact block, and the contact block."""

    blocks: tuple[str, ...]
    contact: str


def part_contact(blocks: Sequence[str]) -> Parted:
    """The press contact block told from the rest.

    It begins with a line of its own ("Presskontakt") and goes on for as long as short blocks lead to a
    telephone number or an e-mail address; without either, it is the one short block after that line.
    """
    kept: list[str] = []
    contact: list[str] = []
    i = 0
    while i < len(blocks):
        block = blocks[i]
        own = _begins_contact(block)
        if own is not None:
            count = _contact_length(blocks[i + 1 : i + 1 + _CONTACT_BLOCKS], bool(own))
            if own or count:
                contact += [*own, *blocks[i + 1 : i + 1 + count]]
                i += 1 + count
                continue
        if _is_contact_line(block):
            contact.append(block)
        else:
            kept.append(block)
        i += 1
    return Parted(_without_empty_headings(kept), "\n\n".join(contact))


def _begins_contact(block: str) -> list[str] | None:
    """What the block itself holds of a contact that begins with it; None when no contact begins with it."""
    if _PRESS_OFFICER.match(block) and _is_short(block):
        return [block]
    first, _, rest = block.partition("\n")
    return ([rest] if rest else []) if _LABEL.match(first) else None


def _is_contact_line(block: str) -> bool:
    return bool(
        len(block) < 3 * _CONTACT_LINE
        and _LABEL_START.match(block)
        and _LABEL_AND_MORE.match(block)
        and _REACHABLE.search(block)
    )


def _contact_length(blocks: Sequence[str], has_own: bool) -> int:
    length = 0
    for i, block in enumerate(blocks):
        if i - length >= _CONTACT_GAP or not _is_short(block):
            break
        if _REACHABLE.search(block):
            length = i + 1
    return length or int(not has_own and bool(blocks) and _is_short(blocks[0]))


def _is_short(block: str) -> bool:
    return not block.startswith(("#", "• ", "– ")) and all(len(line) <= _CONTACT_LINE for line in block.split("\n"))


def _without_empty_headings(blocks: Sequence[str]) -> tuple[str, ...]:
    return tuple(block for block in blocks if block.strip("# "))
