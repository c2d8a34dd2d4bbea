"""What lets a browser add the service to its search engines (OpenSearch 1.1, draft 6), and its suggestions."""

from flask import Response, jsonify, request

from web import params, urls
from web.context import engine
from web.feeds import atom, xml
from web.i18n import languages
from web.i18n.translation import gettext as _

MIMETYPE = "application/opensearchdescription+xml"

_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_SUGGESTIONS = "application/x-suggestions+json"
_TERMS = "?q={searchTerms}"


def description() -> Response:
    """The description, in the language of the address: what it leads to is in that language too."""
    root = xml.root(_OPENSEARCH, "OpenSearchDescription")
    xml.add(root, "ShortName", "Pressök")
    xml.add(root, "Description", _("Sök i regeringens pressmeddelanden, artiklar, tal och uttalanden."))
    xml.add(root, "Url", type="text/html", template=urls.absolute(urls.search()) + _TERMS)
    xml.add(root, "Url", type=_SUGGESTIONS, rel="suggestions", template=urls.absolute(urls.suggestions()) + _TERMS)
    xml.add(root, "Url", type=atom.MIMETYPE, template=urls.absolute(urls.feed()) + _TERMS)
    xml.add(root, "Url", type=MIMETYPE, rel="self", template=urls.absolute(urls.opensearch()))
    xml.add(root, "Image", urls.absolute(urls.static("icon.svg")), type="image/svg+xml", width="16", height="16")
    xml.add(root, "Language", languages.current())
    xml.add(root, "InputEncoding", "UTF-8")
    xml.add(root, "OutputEncoding", "UTF-8")
    return Response(xml.written(root), mimetype=MIMETYPE)


def suggestions() -> Response:
    """Completions as browsers read them: what was typed, and a list of texts (OpenSearch Suggestions 1.1)."""
    typed = params.typed_text(request.args)
    found = dict.fromkeys(suggestion.text for suggestion in engine().suggest(typed))
    response = jsonify([typed, list(found)])
    response.mimetype = _SUGGESTIONS
    return response
