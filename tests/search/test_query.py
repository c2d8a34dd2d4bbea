import pytest

from search.query import Filters, Query


def test_filters_change_by_making_new_ones() -> None:
    none = Filters()
    one = none.add("minister", "a")
    two = one.add("minister", "b").add("year", "2016")
    assert (bool(none), one["minister"], two["minister"], two["year"]) == (False, ("a",), ("a", "b"), ("2016",))
    assert two.remove("minister", "a").remove("minister", "b").remove("year", "2016") == none


def test_filters_stand_in_the_order_of_the_facets_and_hold_each_value_once() -> None:
    filters = Filters.of(year=["2016"], minister=["b", "a", "b"])
    assert filters.chosen == (("minister", ("b", "a")), ("year", ("2016",)))


def test_an_unknown_facet_is_refused() -> None:
    with pytest.raises(ValueError, match="no such facet: colour"):
        Filters.of(colour=["red"])


def test_narrowing_a_search_starts_it_from_its_first_page() -> None:
    query = Query("skola", page=7)
    assert query.with_filter("year", "2016").page == 1
    assert query.with_filter("year", "2016").without_filter("year", "2016") == Query("skola")
    assert query.on_page(3).page == 3


@pytest.mark.parametrize("wrong", [{"page": 0}, {"size": 0}])
def test_pages_are_counted_from_one(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="from 1"):
        Query(**wrong)  # type: ignore[arg-type]
