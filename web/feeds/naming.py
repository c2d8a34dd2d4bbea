"""What a search is called: in the title of its feed, and as a file that somebody keeps."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from index.text import key_of
from search.page import Page
from search.query import Query, Scope
from web import params
from web.i18n import texts
from web.i18n.translation import gettext as _

_IN_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\ud800-\udfff]+')
_LONGEST = 80  # letters of a search in a file's name; systems allow 255 bytes


def title(page: Page) -> str:
    """ "Pressök: segregation · Ibrahim Baylan · tiden från 1 januari 2017"."""
    return f"Pressök: {' · '.join(_parts(page)) or _('alla dokument')}"


def _parts(page: Page) -> Iterator[str]:
    query = page.query
    if query.text:
        yield query.text
    if query.scope is Scope.QUOTES:
        yield _("bara i citat")
    for facet, values in query.filters.chosen:
        labels = {v.value: v.label for v in page.facets[facet]}
        yield from (texts.value_label(facet, value, labels.get(value, value)) for value in values)
    if query.first or query.last:
        yield texts.interval(query.first, query.last)


def attachment(query: Query, suffix: str) -> str:
    """A ``Content-Disposition`` (RFC 6266) that names the file after the search, for old programs in ASCII too."""
    words = [word for name, values in params.result_args(query).items() if name != "verbatim" for word in values]
    said = " ".join(_IN_NO_FILE_NAME.sub(" ", " ".join(words)).split())[:_LONGEST].strip(" .")
    plain = f"pressok-{key_of(said)}".strip("-") + suffix
    full = f"pressök {said}".strip() + suffix
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(full, safe='')}"
