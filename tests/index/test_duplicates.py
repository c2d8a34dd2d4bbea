from datetime import date
from typing import Any

import pytest

from index.duplicates import Group, groups, same, stand_ins
from index.release import Period, Release
from tests.builders import release

TEXT = (
    "Regeringen har beslutat om ett uppdrag till myndigheten. Uppdraget går ut på att pröva hur samverkan mellan "
    "kommuner och staten kan bli bättre i områden där många är unga. En redovisning lämnas om två år."
)
PERIOD = Period(date(2014, 10, 3), date(2019, 1, 20))


def page(id: str = "pressmeddelanden.2018.04.uppdrag", **fields: Any) -> Release:
    return release(id, **{"title": "Ett uppdrag", "body": TEXT, "url": f"https://example.se/{id}", **fields})


def copied(id: str = "text.1", **fields: Any) -> Release:
    return release(id, **{"title": "Ett uppdrag", "body": TEXT, "period": PERIOD, **fields})


def test_a_copied_text_and_its_page_are_one_release() -> None:
    (group,) = groups([[copied(), page(published="2018-04")]])
    assert (group.leader.id, [r.id for r in group.others]) == ("pressmeddelanden.2018.04.uppdrag", ["text.1"])
    merged = group.merged()
    assert (merged.id, merged.published, merged.period) == (group.leader.id, "2018-04", PERIOD)
    assert stand_ins([group]) == {"text.1": group.leader.id}


def test_two_copies_of_one_text_are_one_release() -> None:
    assert groups([[copied("text.2"), copied("text.1")]]) == [Group(copied("text.1"), (copied("text.2"),))]


def test_two_pages_are_two_releases_whatever_they_say() -> None:
    assert groups([[page("a"), page("b")]]) == []


def test_a_title_alone_makes_no_release_the_same() -> None:
    assert groups([[page(body=""), copied(body="")]]) == []
    assert not same(page(), copied(body="Något helt annat som regeringen har kommit fram till i en annan fråga. " * 4))


def test_a_copy_may_lack_a_little_and_hold_a_little_more() -> None:
    assert same(page(), copied(body=TEXT + " Läs mer här."))
    assert same(page(), copied(body=TEXT.removesuffix(" En redovisning lämnas om två år.")))
    assert same(page(summary=TEXT[:56], body=TEXT[57:]), copied())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"type": "tal"}, {}),
        ({"published": "2018-04"}, {"published": "2018-05-01"}),
        ({"published": "2019-02"}, {"period": PERIOD}),
    ],
)
def test_another_type_or_time_makes_it_another_release(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert not same(page(**one), copied(**other))


def test_short_texts_must_be_the_same_to_the_letter() -> None:
    assert same(page(body="Kort text om ett möte."), copied(body="Kort text om ett möte."))
    assert not same(page(body="Kort text om ett möte."), copied(body="Kort text om ett annat möte."))
