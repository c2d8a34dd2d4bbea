"""Every address that a page or an answer holds is built here, so that it works below any mount point."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Protocol, cast
from urllib.parse import quote, quote_plus, urlsplit

from flask import current_app, request, url_for

from search.query import Query
from web import assets, params
from web.i18n import languages
from web.settings import Settings


class _Arguments(Protocol):
    """What a page was asked for."""

    def to_args(self) -> dict[str, list[str]]:
        """The parameters of its address."""


API_SEARCH = "/api/v1/search"
_SAFE = "!$'()*,/:;?@"  # in a query string, as url_for leaves them
_SAFE_IN_PATH = "!$&'()*+,/:;=@"
_KEY = "pressok.rules"
_Args = Mapping[str, list[str]]
_NONE: _Args = {}


def search(query: Query | None = None) -> str:
    """The search page that shows ``query``."""
    return _page("search", args=_args(query))


def facet(key: str, query: Query | None = None) -> str:
    """The page with every value of a facet."""
    return _page("facet", key, _args(query))


def release(release_id: str, query: Query | None = None) -> str:
    """A release's page; it carries the search it was found by, so that one can go back to it."""
    return _page("release", release_id, _args(query))


def changes(release_id: str) -> str:
    """The page that shows how a release has changed."""
    return _page("changes", release_id)


def api_versions(release_id: str) -> str:
    """Every version of a release, from the API."""
    return url_for("api.versions", release_id=release_id)


def minister(key: str) -> str:
    """A minister's page."""
    return _page("minister", key)


def department(key: str) -> str:
    """A department's page."""
    return _page("department", key)


def agency(key: str) -> str:
    """An agency's page."""
    return _page("agency", key)


ENTITIES = {"minister": minister, "department": department, "agency": agency}
"""The facets whose values have pages of their own."""


def trends(words: Iterable[str] = ()) -> str:
    """The page that shows how often ``words`` occur over time."""
    return _page("trends", args={"q": list(words)})


def trends_csv(asked: _Arguments) -> str:
    """The numbers of a page of trends."""
    return _page("trends_csv", args=asked.to_args())


def cite(release_id: str, form: str) -> str:
    """A release's citation as a file: ``form`` is its ending, ``bib`` or ``ris``."""
    return _page(f"cite_{form}", release_id)


def help() -> str:
    """The page that says what can be typed."""
    return _page("help")


def api() -> str:
    """The page about the API."""
    return _page("api")


def below_root(path: str) -> str:
    """An address of the API, as its document has it, below wherever the application is mounted."""
    return f"{request.root_path}{path}"


def feed(query: Query | None = None) -> str:
    """The Atom feed of a search."""
    return _page("feed", args=params.result_args(query) if query else {})


def export(form: str, query: Query) -> str:
    """The whole result of a search in a ``form``: csv, jsonl or ris. It keeps the order that was asked for."""
    order = {"sort": [query.sort.value]} if query.sort is not Query().sort else {}
    return _page(f"export_{form}", args={**params.result_args(query), **order})


def opensearch() -> str:
    """The description by which a browser adds the service to its search engines."""
    return _page("opensearch")


def suggestions() -> str:
    """Suggestions in the format of browsers."""
    return _page("suggestions")


def sitemap(part: str | None = None) -> str:
    """The list of the parts of the site map, or one part."""
    return url_for("sitemap.part", part=part) if part else url_for("sitemap.index")


def absolute(address: str) -> str:
    """One of these addresses with scheme and host, for readers that are not looking at a page of ours.

    The one place where the service says what it is called from outside: what the operator says (``PRESSOK_URL``), else
    the name that it was asked by.
    """
    settings: Settings = current_app.config["PRESSOK"]
    return (settings.url or f"{request.scheme}://{request.host}") + address


def api_search(query: Query) -> str:
    """The API's answer to ``query``. Its path never changes, and building it would be a tenth of an answer's work."""
    return _with_args(quote(request.script_root) + API_SEARCH, params.to_args(query))


def api_suggest() -> str:
    """The API's suggestions, to which the letters typed are added."""
    return url_for("api.suggest")


def static(name: str) -> str:
    """A file of the page's own: style sheet, script or icon. The address changes with what is in it."""
    return url_for("assets.file", version=assets.version(), name=name)


def in_language(language: str) -> str:
    """What is shown now, in ``language``; where there is no such page, its start page."""
    endpoint = (request.endpoint or "").rpartition(".")
    if endpoint[0] not in languages.BLUEPRINTS.values():
        return url_for(f"{languages.BLUEPRINTS[language]}.search")
    # The parameters are a client's, and url_for takes some names (endpoint, _scheme, …) as told by us.
    address = url_for(f"{languages.BLUEPRINTS[language]}.{endpoint[2]}", **(request.view_args or {}))
    return _with_args(address, request.args.to_dict(flat=False))


def web_address(url: str | None) -> str | None:
    """``url`` if a browser may be led there, else None: a source can hold ``javascript:`` and worse."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def host_of(url: str) -> str:
    """The host as people say it: without ``www``."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _page(name: str, part: str = "", args: _Args = _NONE) -> str:
    """The address of a page; ``part`` is what varies in its path.

    A page holds some 200 of them. ``url_for`` gives the same ones, but chooses a rule and its converters anew for each.
    """
    before, after = _rule(f"{languages.BLUEPRINTS[languages.current()]}.{name}")
    return _with_args(f"{request.root_path}{before}{quote(part, safe=_SAFE_IN_PATH)}{after}", args)


def _rule(endpoint: str) -> tuple[str, str]:
    """The path of a page, before and after what varies in it."""
    known = current_app.extensions.setdefault(_KEY, {})
    if endpoint not in known:
        before, _, rest = next(current_app.url_map.iter_rules(endpoint)).rule.partition("<")
        known[endpoint] = before, rest.partition(">")[2]
    return cast(tuple[str, str], known[endpoint])


def _with_args(address: str, args: _Args) -> str:
    text = "&".join([f"{_quoted(name)}={_quoted(value)}" for name, values in args.items() for value in values])
    return f"{address}?{text}" if text else address


@lru_cache(maxsize=1024)
def _quoted(text: str) -> str:
    """A piece of a query string. What was typed stands in most of a page's addresses."""
    return quote_plus(text, safe=_SAFE)


def _args(query: Query | None) -> _Args:
    return params.to_args(query) if query else {}
