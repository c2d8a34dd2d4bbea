"""Every type of page, once: whoever adds a page adds a row, and it is held to what all pages are held to."""

from typing import NamedTuple

import pytest

LANGUAGES = {"sv": "", "en": "/en"}
"""Each language and what its addresses begin with."""


class PageType(NamedTuple):
    """``address`` is the Swedish one, over the releases that come with the project."""

    name: str
    address: str
    status: int = 200


PAGE_TYPES = (
    PageType("start", "/"),
    PageType("hits", "/?q=myndighet"),
    PageType("paged", "/?q=myndighet&sort=newest&page=2"),
    PageType("filters", "/?q=myndighet&type=pressmeddelande&agency=trafikverket&from=2016"),
    PageType("corrected", "/?q=segergation"),
    PageType("empty", "/?q=xyzzyx&type=tal&from=2016"),
    PageType("values", "/facets/agency?q=myndighet"),
    PageType("release", "/releases/artiklar.2015.08.prisbasbeloppet-faststallt?q=prisbasbelopp"),
    PageType("minister", "/ministers/magdalena-andersson"),
    PageType("department", "/departments/finansdepartementet"),
    PageType("agency", "/agencies/trafikverket"),
    PageType("trends", "/trends"),
    PageType("trend", "/trends?q=myndighet&q=regeringen&all=1"),
    PageType("api", "/api"),
    PageType("changes", "/releases/artiklar.2015.08.prisbasbeloppet-faststallt/changes"),
    PageType("help", "/help"),
    PageType("missing", "/nothing", 404),
    PageType("refused", "/?from=x", 400),
)

EVERY_PAGE = pytest.mark.parametrize(
    "address",
    [
        pytest.param(prefix + page.address, id=f"{page.name}-{language}")
        for page in PAGE_TYPES
        for language, prefix in LANGUAGES.items()
    ],
)
"""The test is run with the address of every page type in both languages."""
