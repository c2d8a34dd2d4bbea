"""The Whoosh schema of a generation."""

from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, TEXT, Schema

from index.facets import FACETS
from index.swedish.analysis import swedish_analyzer

TEXT_FIELDS = ("title", "summary", "body")


def make_schema() -> Schema:
    """The fields.

    Title, lead and body as terms with positions, and in ``…_parts`` the terms of the parts of their compounds at the
    place of each; what was said in quotations; a keyword field for each facet; the days of the span. ``middle`` is
    twice the middle of the span in days, a whole number. A document with an unknown date has no ``first`` and ``last``,
    and 0 for ``middle``. ``document`` is the JSON of :class:`index.document.Document`.
    """
    analyzer = swedish_analyzer()
    names = (*TEXT_FIELDS, *map(parts_of, TEXT_FIELDS), "quotes")
    texts = {name: TEXT(analyzer=analyzer, phrase=True) for name in names}
    facets = {facet.key: KEYWORD(commas=True) for facet in FACETS}
    return Schema(
        id=ID(unique=True, stored=False, sortable=True),
        first=NUMERIC(int, bits=32),
        last=NUMERIC(int, bits=32),
        middle=NUMERIC(int, bits=32, sortable=True, default=0),
        document=STORED(),
        **texts,
        **facets,
    )


def parts_of(field: str) -> str:
    """The field that holds the parts of a text field's compounds."""
    return f"{field}_parts"
