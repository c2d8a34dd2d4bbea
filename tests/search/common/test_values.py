import numpy as np
import orjson

from index.arrays.documents import value_name
from index.arrays.files import Strings
from index.facets import FACETS, Facet
from search.common.values import FacetValues, ShownOrder

ALL = [("agency", "boverket"), ("agency", "skolverket"), ("agency-like", "x"), ("year", "2016"), ("year", "2017")]
VALUES = Strings.of(sorted(value_name(facet, key) for facet, key in ALL))
COUNTS = [3, 1, 7, 2, 5]


def facet(key: str) -> Facet:
    return next(one for one in FACETS if one.key == key)


def test_the_values_of_a_facet_stand_together() -> None:
    agencies = FacetValues.of(facet("agency"), VALUES, {"boverket": "Boverket", "skolverket": "Skolverket"}, COUNTS)
    assert (list(agencies.keys), list(agencies.counts), agencies.first) == (["boverket", "skolverket"], [3, 1], 0)
    years = FacetValues.of(facet("year"), VALUES, {"2016": "2016", "2017": "2017"}, COUNTS)
    assert (list(years.keys), list(years.counts), years.first) == (["2016", "2017"], [2, 5], 3)


def test_a_value_is_known_by_number_and_name() -> None:
    years = FacetValues.of(facet("year"), VALUES, {"2016": "År 2016", "2017": "2017", "2018": "2018"}, COUNTS)
    assert [years.number(key) for key in ("2016", "2017", "2018", "x")] == [3, 4, -1, -1]
    assert [years.label(key) for key in ("2016", "x")] == ["År 2016", "x"]


def test_a_facet_without_values() -> None:
    assert list(FacetValues.of(facet("minister"), VALUES, {}, COUNTS).keys) == []


def test_values_are_shown_by_how_many_have_them_then_by_name() -> None:
    values = Strings.of(sorted(value_name(one.key, key) for one in FACETS for key in ("2016", "2017", "2018")))
    named = {"2016": "c", "2017": "b", "2018": "a"}
    facets = {one.key: FacetValues.of(one, values, named, [1] * len(values)) for one in FACETS}
    order = ShownOrder(facets, len(values))
    counts = np.zeros(len(values), np.int64)
    for one in ("agency", "year"):
        counts[facets[one].first : facets[one].first + 3] = (2, 5, 2)
    shown = order.of(counts)
    assert list(shown["agency"]) == [("2017", "b", 5, False), ("2018", "a", 2, False), ("2016", "c", 2, False)]
    assert list(shown["year"]) == [("2018", "a", 2, False), ("2017", "b", 5, False), ("2016", "c", 2, False)]
    assert list(shown["minister"]) == []
    for values_of_one in shown.values():
        assert orjson.loads(values_of_one.json) == [value._asdict() for value in values_of_one]
