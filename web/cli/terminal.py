"""How ``pressok search`` prints a result: wrapped and marked for a person at a terminal, plain for a pipe."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import click

from search.page import Hit, Marked, Offer, Page, Without
from web.i18n import texts

_WIDEST = 100  # characters; longer lines are hard to read
_INDENT = "   "


@dataclass(frozen=True, slots=True)
class Screen:
    """Where it is printed: ``width`` in characters, None for no limit, and whether colours are shown."""

    width: int | None = None
    colour: bool = False

    @classmethod
    def now(cls) -> "Screen":
        """Standard output: a terminal has a width, and colours unless ``NO_COLOR`` is set (https://no-color.org)."""
        if not sys.stdout.isatty():
            return cls()
        return cls(min(shutil.get_terminal_size().columns, _WIDEST), not os.environ.get("NO_COLOR"))


def show(page: Page, screen: Screen) -> None:
    """Print a page of a result."""
    for line in lines(page, screen.width):
        click.echo(line, color=screen.colour)


def lines(page: Page, width: int | None = None) -> Iterator[str]:
    """A page of a result in lines of at most ``width`` characters, an empty one between hits."""
    for line in _head(page):
        yield from wrapped(Marked(line), width)
    query = page.query
    for number, hit in enumerate(page.hits, start=(query.page - 1) * query.size + 1):
        yield ""
        yield from _hit(f"{number}. ", hit, width)
    if not page.hits and page.total:
        yield f"Sidan finns inte: den sista är {page.total_pages}."
    elif page.total_pages > 1:
        more = f" Nästa: --page {query.page + 1}" if query.page < page.total_pages else ""
        yield ""
        yield f"Sida {query.page} av {page.total_pages}.{more}"


def _head(page: Page) -> Iterator[str]:
    if page.corrected:
        yield f"Visar resultat för: {page.suggestion} (sök på det du skrev med --verbatim)"
    elif page.suggestion:
        yield f"Menade du: {page.suggestion}?"
    yield texts.hits(page.total)
    if page.matching == "some" and page.total:
        yield "Få eller inga dokument innehåller alla orden. De med bara några av dem är också med, sist."
    yield from (f"{texts.hits(row.count)} utan {_option_of(row)}" for row in page.without if row.count)
    if page.offers:
        yield f"Visa bara: {', '.join(map(_offer, page.offers))}"


def _option_of(row: Without) -> str:
    return {"dates": "--from och --to"}.get(row.filter, f"--{row.filter}")


def _offer(offer: Offer) -> str:
    return f"{offer.label} (--{offer.facet} {offer.value})"


def _hit(number: str, hit: Hit, width: int | None) -> Iterator[str]:
    facts = hit.facts
    about = [texts.span_in_words(facts.span), *(e.name for e in (*facts.departments, *facts.ministers))]
    about += ["borttaget hos källan"] if facts.removed else []
    room = width - len(_INDENT) if width else None
    title, *rest = wrapped(Marked.at(facts.title, hit.in_title), room and room - len(number) + len(_INDENT)) or [""]
    yield number + title
    rest += [*wrapped(Marked(" · ".join(about)), room), *wrapped(hit.snippet, room)]
    if hit.quoted and hit.quoted.speaker:
        rest.append(f"– {hit.quoted.speaker.name}")
    yield from (_INDENT + line for line in (*rest, facts.url or facts.id))


def wrapped(text: Marked, width: int | None) -> list[str]:
    """``text`` in lines of at most ``width`` characters, but for a longer word; what is marked is styled."""
    if width is None:
        return [_styled(text)] if text else []
    rows: list[tuple[int, int]] = []
    for word in re.finditer(r"\S+", text.text):
        if rows and word.end() - rows[-1][0] <= width:
            rows[-1] = rows[-1][0], word.end()
        else:
            rows.append(word.span())
    return [_styled(_cut(text, *row)) for row in rows]


def _cut(text: Marked, start: int, end: int) -> Marked:
    places = ((max(first, start) - start, min(last, end) - start) for first, last in text.places)
    return Marked(text.text[start:end], tuple(place for place in places if place[0] < place[1]))


def _styled(text: Marked) -> str:
    return "".join(click.style(s.text, bold=True, fg="yellow") if s.marked else s.text for s in text)
