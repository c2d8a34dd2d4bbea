from web.pages.listing import page_numbers


def test_few_pages_are_all_shown() -> None:
    assert page_numbers(1, 3) == [1, 2, 3]


def test_of_many_pages_the_ends_and_the_near_ones_are_shown() -> None:
    assert page_numbers(10, 20) == [1, 8, 9, 10, 11, 12, 20]


def test_a_page_beyond_the_last_still_leads_back() -> None:
    assert page_numbers(9, 2) == [1, 2]


def test_no_hits_have_no_pages() -> None:
    assert page_numbers(1, 0) == []
