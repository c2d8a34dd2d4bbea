"""The only place where a URL becomes a :class:`~search.query.Query` and back.

One table describes every parameter; the OpenAPI document is written from it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from index.errors import PressokError
from index.facets import FACETS
from index.text import clean_line, key_of
from search.dates import read_day
from search.page import Page
from search.query import Filters, Query, Scope, Sort

Args = MultiDict[str, str]

MAX_SIZE = 100
MAX_LENGTH = 500
"""The longest text that can be sent in a parameter, in characters.

A search looks at 32 words anyway, and an address with as many of the most costly letters still passes every server.
"""
MAX_VALUES = 100
"""How often a parameter can be repeated: an address that a browser can send holds hardly more."""
MAX_DEPTH = 10_000
"""How far down a result can be paged, in hits: deeper pages cost much and help nobody."""

_DEFAULT = Query()
_FACETS = frozenset(facet.key for facet in FACETS)
_YEAR = re.compile("[0-9]{4}")
_COUNT = re.compile("[0-9]{1,9}")


class ParameterError(PressokError):
    """A parameter that the client must change. ``code`` names the kind of mistake, ``value`` what was sent."""

    def __init__(self, code: str, parameter: str, message: str, value: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.parameter = parameter
        self.value = value


@dataclass(frozen=True, slots=True)
class Parameter:
    """A row of the table: a parameter's name, what it is for, and the JSON schema of one value."""

    name: str
    help: str
    schema: Mapping[str, Any]
    example: Any
    repeatable: bool = False
    required: bool = False


def _facet_parameter(key: str, label: str) -> Parameter:
    if key == "year":
        schema = {"type": "string", "pattern": "^([0-9]{4})?$"}
        text = "Only releases that may have been published in this year. Repeat it for several years."
        return Parameter("year", text, schema, ["2017"], repeatable=True)
    text = f"Only releases with this {label.lower()}: its key or its exact name. Repeat it for alternatives."
    return Parameter(key, text, TYPED, _EXAMPLES[key], repeatable=True)


_EXAMPLES = {
    "minister": ["ibrahim-baylan"],
    "department": ["statsradsberedningen"],
    "agency": ["boverket"],
    "type": ["pressmeddelande"],
    "category": ["integration"],
    "speaker": ["ibrahim-baylan"],
}
TYPED = {  # any text that somebody can type
    "type": "string",
    "maxLength": MAX_LENGTH,
    "pattern": r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$",  # as web.api.wellformed has it
}
_DATE_SCHEMA = {
    "type": "string",
    "pattern": "^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$",
}

SEARCH: tuple[Parameter, ...] = (
    Parameter("q", "What to search for. Empty: every release.", TYPED, "segregation"),
    Parameter(
        "in",
        "Where to look for the words: quotes, in what was said alone. A speaker is then the one who said them.",
        {"type": "string", "enum": ["", Scope.QUOTES.value]},
        "quotes",
    ),
    Parameter(
        "verbatim",
        "1: look for exactly what was typed, without correcting its spelling.",
        {"type": "string", "enum": ["", "0", "1"]},
        "1",
    ),
    *(_facet_parameter(f.key, f.label_en) for f in FACETS),
    Parameter(
        "from",
        "The first day: YYYY, YYYY-MM or YYYY-MM-DD. A year or month stands for its first day.",
        _DATE_SCHEMA,
        "2017",
    ),
    Parameter(
        "to",
        "The last day: YYYY, YYYY-MM or YYYY-MM-DD. A year or month stands for its last day.",
        _DATE_SCHEMA,
        "2018-06",
    ),
    Parameter(
        "sort",
        "The order of the hits.",
        {"type": "string", "enum": [s.value for s in Sort], "default": _DEFAULT.sort.value},
        "newest",
    ),
    Parameter(
        "page",
        f"The page of the result, from 1. Page times size is at most {MAX_DEPTH}.",
        {"type": "integer", "minimum": 1, "maximum": MAX_DEPTH, "default": _DEFAULT.page},
        1,
    ),
    Parameter(
        "size",
        f"Hits on a page, 1 to {MAX_SIZE}.",
        {"type": "integer", "minimum": 1, "maximum": MAX_SIZE, "default": _DEFAULT.size},
        20,
    ),
)
SUGGEST: tuple[Parameter, ...] = (Parameter("q", "What has been typed so far.", TYPED, "segr", required=True),)


def parse(args: Args, *, strict: bool = False) -> Query:
    """The search that ``args`` ask for; empty form fields are ignored.

    With ``strict``, names that are no parameters are refused; pages let them be, since links from elsewhere
    often carry some. Raises :class:`ParameterError`.
    """
    if strict:
        refuse_unknown(args, SEARCH)
    page, size = _count(args, "page", _DEFAULT.page, MAX_DEPTH), _count(args, "size", _DEFAULT.size, MAX_SIZE)
    if page * size > MAX_DEPTH:
        message = f"page times size can be at most {MAX_DEPTH}; narrow the search with filters or dates."
        raise ParameterError("page_too_deep", "page", message, str(page))
    first, last = _day(args, "from"), _day(args, "to")
    if first and last and first > last:
        message = f"from ({first}) is after to ({last})."
        raise ParameterError("from_after_to", "from", message, first.isoformat())
    text = clean_line(_one(args, "q") or "")
    return Query(text, _filters(args), first, last, _sort(args), _scope(args), page, size, _verbatim(args))


def suggest_text(args: Args) -> str:
    """The text to complete. Raises :class:`ParameterError` when there is no ``q``."""
    refuse_unknown(args, SUGGEST)
    text = _one(args, "q")
    if text is None:
        raise ParameterError("missing_parameter", "q", "q is missing: say what to complete.")
    return clean_line(text)


def typed_text(args: Args) -> str:
    """The text to complete, for browsers: nothing when there is no ``q``."""
    return clean_line(_one(args, "q") or "")


def values_of(args: Args, name: str) -> list[str]:
    """Every value of a parameter. Raises :class:`ParameterError` when there are too many, or one is too long."""
    values = args.getlist(name)
    if len(values) > MAX_VALUES:
        message = f"{name} can have at most {MAX_VALUES} values, not {len(values)}: leave some out."
        raise ParameterError("too_many_values", name, message)
    length = max(map(len, values), default=0)
    if length > MAX_LENGTH:
        message = f"{name} can have at most {MAX_LENGTH} characters, not {length}: shorten it."
        raise ParameterError("too_long", name, message)
    return values


def refuse_unknown(args: Args, known: Iterable[Parameter] = ()) -> None:
    """Raise :class:`ParameterError` when ``args`` hold names that are not in ``known``."""
    names = [p.name for p in known]
    others = [name for name in args if name not in names]
    if others:
        unknown = ", ".join(others)
        hint = f"the parameters are {', '.join(names)}." if names else "there are none here."
        raise ParameterError("unknown_parameter", unknown, f"no such parameter: {unknown}; {hint}", unknown)


def to_args(query: Query) -> dict[str, list[str]]:
    """The parameters that :func:`parse` makes ``query`` from; what is at its default is left out."""
    args = {
        "q": [query.text],
        "in": [query.scope.value if query.scope != _DEFAULT.scope else ""],
        "verbatim": ["1" if query.verbatim else ""],
        **dict(query.filters.chosen),
        "from": [short_from(query.first)],
        "to": [short_to(query.last)],
        "sort": [query.sort.value if query.sort != _DEFAULT.sort else ""],
        "page": [str(query.page) if query.page != _DEFAULT.page else ""],
        "size": [str(query.size) if query.size != _DEFAULT.size else ""],
    }
    return {name: list(values) for name, values in args.items() if any(values)}


def result_args(query: Query) -> dict[str, list[str]]:
    """The parameters that say what the result is, without those of how it is shown: order, page and size."""
    return {name: values for name, values in to_args(query).items() if name not in ("sort", "page", "size")}


def to_fields(query: Query, *without: str) -> list[tuple[str, str]]:
    """The same as pairs of a form's hidden fields, except those that the form asks for itself."""
    rows = to_args(query).items()
    return [(name, value) for name, values in rows if name not in without for value in values]


def short_from(day: date | None) -> str:
    """``day`` as ``from`` says it: 1 January 2017 is ``2017``."""
    return _shortest(day, at_end=False) if day else ""


def short_to(day: date | None) -> str:
    """``day`` as ``to`` says it: 31 December 2017 is ``2017``."""
    return _shortest(day, at_end=True) if day else ""


def last_page(page: Page) -> int:
    """The last page of a result that can be asked for."""
    return min(page.total_pages, MAX_DEPTH // page.query.size)


def has_next(page: Page) -> bool:
    """Whether there is a page after this one to ask for."""
    return page.query.page < last_page(page)


def _one(args: Args, name: str) -> str | None:
    if name not in args:
        return None
    values = values_of(args, name)
    if len(values) > 1:
        raise ParameterError("repeated_parameter", name, f"{name} can be given once only.", ", ".join(values))
    return values[0] if values else None


def _filters(args: Args) -> Filters:
    if _FACETS.isdisjoint(args):
        return _DEFAULT.filters
    return Filters.of(**{f.key: [_value(f.key, v) for v in values_of(args, f.key) if v.strip()] for f in FACETS})


def _value(facet: str, text: str) -> str:
    """The key of a value; a text that has none is kept, and finds nothing."""
    if facet == "year" and not _YEAR.fullmatch(text):
        raise ParameterError("invalid_year", "year", f"year can't be {text!r}: write YYYY.", text)
    return key_of(text) or text


def _sort(args: Args) -> Sort:
    text = _one(args, "sort")
    try:
        return Sort(text) if text is not None else _DEFAULT.sort
    except ValueError:
        message = f"sort can't be {text!r}: choose {', '.join(Sort)}."
        raise ParameterError("invalid_sort", "sort", message, text or "") from None


def _scope(args: Args) -> Scope:
    text = _one(args, "in") or ""
    if text not in ("", Scope.QUOTES):
        raise ParameterError("invalid_in", "in", f"in can't be {text!r}: write quotes, or leave it out.", text)
    return Scope(text) if text else _DEFAULT.scope


def _verbatim(args: Args) -> bool:
    text = _one(args, "verbatim") or ""
    if text not in ("", "0", "1"):
        message = f"verbatim can't be {text!r}: write 1, or leave it out."
        raise ParameterError("invalid_verbatim", "verbatim", message, text)
    return text == "1"


def _count(args: Args, name: str, default: int, most: int) -> int:
    text = _one(args, name)
    if text is None:
        return default
    if not _COUNT.fullmatch(text) or not 1 <= int(text) <= most:
        raise ParameterError(
            f"invalid_{name}", name, f"{name} can't be {text!r}: write a number from 1 to {most}.", text
        )
    return int(text)


def _day(args: Args, name: str) -> date | None:
    text = (_one(args, name) or "").strip()
    if not text:
        return None
    try:
        return read_day(text, at_end=name == "to")
    except ValueError:
        message = f"{name} can't be {text!r}: write YYYY, YYYY-MM or YYYY-MM-DD."
        raise ParameterError("invalid_date", name, message, text) from None


def _shortest(day: date, *, at_end: bool) -> str:
    """The shortest text that is read as ``day``: a year, a month or the day itself."""
    iso = day.isoformat()
    return next(text for text in (iso[:4], iso[:7], iso) if read_day(text, at_end=at_end) == day)
