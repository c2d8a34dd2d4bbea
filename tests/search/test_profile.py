from datetime import date

import pytest

from index.annotate.tables import Tables
from index.annotations import Entity
from search.profile import Change, Existence, Office, history_of, names_of, offices_of, tables

MINISTERS = [
    ("ett", "Ett Ettsson", "finansminister", "fin", "2014-10-03", "2019-01-21", ""),
    ("ett", "Ett Ettsson", "finansminister", "fin-2", "2019-01-21", "2021-11-30", "start uncertain"),
    ("ett", "Ett Ettsson", "penningminister", "fin", "2014-10-03", "2019-01-21", "short for finansminister"),
    ("ett", "Ett Ettsson", "vice statsminister", "fin", "2016-05-25", "2017-01-01", ""),
    ("ett", "Ett Ettsson", "finansminister", "fin-2", "2022-10-18", "", ""),
    ("två", "Två Tvåsson", "finansminister", "fin-2", "2021-11-30", "2022-05-01", "acting, after Ett Ettsson"),
    ("två", "Två Tvåsson", "finansminister", "fin-2", "2022-05-01", "2022-10-18", ""),
    ("tre", "Tre Tresson", "statsråd", "okant", "2000-01-01", "2001-01-01", ""),
]
DEPARTMENTS = [
    ("fin", "Finans", "1990-01-01", "2018-12-31", "fin-2"),
    ("fin-2", "Finans och mer", "2019-01-01", "", ""),
    ("skola", "Skola", "1991-01-01", "1998-12-31", "kunskap"),
    ("skola", "Skola", "2005-01-01", "", ""),
    ("forskning", "Forskning", "", "1998-12-31", "kunskap"),
    ("kunskap", "Kunskap", "1999-01-01", "2004-12-31", "skola|fin"),
]
AGENCIES = [
    ("verk", "Verket", "Statens verk", "Gamla Verket", "SV|?VT", "1991-07-01", "1999-06-30", "myndighet"),
    ("myndighet", "Myndigheten", "", "", "", "2000-01-01", "", "finns-inte"),
]
TABLES = Tables.of(
    [dict(zip(("key", "name", "office", "department", "start", "end", "note"), row, strict=True)) for row in MINISTERS],
    [dict(zip(("key", "name", "start", "end", "successors"), row, strict=True)) for row in DEPARTMENTS],
    [
        dict(zip(("key", "name", "official", "aliases", "acronyms", "start", "end", "successors"), row, strict=True))
        for row in AGENCIES
    ],
)
ONE, TWO = Entity("ett", "Ett Ettsson"), Entity("två", "Två Tvåsson")
FINANCE, MORE = Entity("fin", "Finans"), Entity("fin-2", "Finans och mer")
SCHOOL, RESEARCH, KNOWLEDGE = Entity("skola", "Skola"), Entity("forskning", "Forskning"), Entity("kunskap", "Kunskap")


def test_offices_are_newest_first_and_terms_that_follow_on_each_other_are_one() -> None:
    assert offices_of("ett", TABLES) == (
        Office(ONE, "finansminister", date(2022, 10, 18), None, (MORE,)),
        Office(ONE, "vice statsminister", date(2016, 5, 25), date(2016, 12, 31), (FINANCE,)),
        Office(ONE, "finansminister", date(2014, 10, 3), date(2021, 11, 29), (FINANCE, MORE)),
    )


def test_acting_in_an_office_is_not_holding_it() -> None:
    assert [(o.acting, o.first, o.last) for o in offices_of("två", TABLES)] == [
        (False, date(2022, 5, 1), date(2022, 10, 17)),
        (True, date(2021, 11, 30), date(2022, 4, 30)),
    ]


def test_a_department_that_the_table_does_not_have_is_left_out() -> None:
    (office,) = offices_of("tre", TABLES)
    assert office.departments == ()
    assert offices_of("ingen", TABLES) == ()


def test_a_department_has_its_ministers_and_what_it_became() -> None:
    history = history_of("department", "fin", TABLES)
    assert history is not None
    assert history.entity == FINANCE
    assert history.times == (
        Existence(date(1990, 1, 1), date(2018, 12, 31), (Change(KNOWLEDGE, date(2005, 1, 1), False),),
                  (Change(MORE, date(2019, 1, 1), True),)),
    )  # fmt: skip
    assert [(o.holder, o.title, o.last) for o in history.ministers] == [
        (ONE, "vice statsminister", date(2016, 12, 31)),
        (ONE, "finansminister", date(2019, 1, 20)),
    ]


def test_what_has_been_there_twice_has_two_times_newest_first() -> None:
    history = history_of("department", "skola", TABLES)
    assert history is not None
    assert history.times == (
        Existence(date(2005, 1, 1), None, (Change(KNOWLEDGE, date(2005, 1, 1), False),), ()),
        Existence(date(1991, 1, 1), date(1998, 12, 31), (), (Change(KNOWLEDGE, date(1999, 1, 1), False),)),
    )


def test_what_several_went_into_is_no_new_name_of_one() -> None:
    history = history_of("department", "kunskap", TABLES)
    assert history is not None
    (time,) = history.times
    assert time.before == (Change(RESEARCH, date(1999, 1, 1), False), Change(SCHOOL, date(1999, 1, 1), False))
    assert [change.entity for change in time.after] == [SCHOOL, FINANCE]


def test_an_agency_may_be_followed_later_and_by_what_the_table_does_not_have() -> None:
    before, after = history_of("agency", "verk", TABLES), history_of("agency", "myndighet", TABLES)
    assert before is not None and after is not None
    assert before.times[0].after == (Change(Entity("myndighet", "Myndigheten"), date(2000, 1, 1), False),)
    assert after.times[0].before == (Change(Entity("verk", "Verket"), date(2000, 1, 1), False),)
    assert (after.times[0].after, after.ministers) == ((), ())


def test_only_departments_and_agencies_have_a_history() -> None:
    assert history_of("agency", "ingen", TABLES) is None
    with pytest.raises(ValueError, match="ask for a department or an agency"):
        history_of("minister", "ett", TABLES)


def test_names_are_all_that_the_tables_have() -> None:
    verket = Entity("verk", "Verket")
    assert names_of("agency", verket, TABLES) == ("Verket", "Statens verk", "Gamla Verket", "SV", "VT")
    assert names_of("department", verket, TABLES) == ("Verket",)
    assert names_of("minister", ONE, TABLES) == ("Ett Ettsson",)


def test_the_project_s_own_tables_tell_of_everyone_in_them() -> None:
    notes = {holding.note for holding in tables().holdings}
    assert {"acting", "short for utrikeshandelsminister", "also written for näringsminister"} <= notes
    assert [office.title for office in offices_of("johan-forssell")] == [
        "migrationsminister",
        "bistånds- och utrikeshandelsminister",
    ]
    for holding in tables().holdings:
        assert offices_of(holding.person.id)
    for facet, bodies in (("department", tables().departments), ("agency", tables().agencies)):
        for body in bodies:
            history = history_of(facet, body.entity.id)
            assert history is not None
            for time in history.times:
                for change in time.before:
                    there = history_of(facet, change.entity.id)
                    assert there is not None
                    assert any(c.entity == body.entity and c.day == change.day for t in there.times for c in t.after)
