from search.page import Offer, not_chosen
from search.query import Filters, Query


def test_what_is_chosen_is_not_offered() -> None:
    baylan, year = Offer("minister", "ibrahim-baylan", "Ibrahim Baylan"), Offer("year", "2018", "2018")
    assert not_chosen(Query("baylan 2018"), (baylan, year)) == (baylan, year)
    assert not_chosen(Query("baylan 2018", Filters.of(year=["2018"])), (baylan, year)) == (baylan,)
    assert not_chosen(Query("baylan 2018", Filters.of(minister=["x", "ibrahim-baylan"])), (baylan, year)) == (year,)
