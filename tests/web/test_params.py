from datetime import date
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from index.facets import FACETS
from index.text import clean_line
from search.query import Filters, Query, Scope, Sort
from web import params
from web.params import ParameterError

DAYS = st.dates()
KEYS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
YEARS = st.from_regex(r"[0-9]{4}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"])).map(clean_line)


@st.composite
def queries(draw: st.DrawFn) -> Query:
    values = {f.key: draw(st.lists(YEARS if f.key == "year" else KEYS, max_size=3)) for f in FACETS}
    days = sorted([draw(DAYS), draw(DAYS)])
    size = draw(st.integers(1, params.MAX_SIZE))
    return Query(
        draw(TEXTS),
        Filters.of(**values),
        draw(st.sampled_from([None, days[0]])),
        draw(st.sampled_from([None, days[1]])),
        draw(st.sampled_from(Sort)),
        draw(st.sampled_from(Scope)),
        draw(st.integers(1, params.MAX_DEPTH // size)),
        size,
        draw(st.booleans()),
    )


def args_of(query_string: str) -> MultiDict[str, str]:
    return Request(EnvironBuilder(query_string=query_string).get_environ()).args


def parse(query_string: str, *, strict: bool = False) -> Query:
    return params.parse(args_of(query_string), strict=strict)


@given(queries())
def test_a_query_comes_back_from_its_address(query: Query) -> None:
    assert parse(urlencode(params.to_args(query), doseq=True), strict=True) == query


@given(queries())
def test_a_query_comes_back_from_a_forms_fields(query: Query) -> None:
    assert parse(urlencode(params.to_fields(query)), strict=True) == query


@given(st.dictionaries(st.sampled_from([p.name for p in params.SEARCH]), st.lists(st.text(), max_size=3)))
def test_whatever_is_sent_gives_a_query_or_a_parameter_error(sent: dict[str, list[str]]) -> None:
    try:
        query = params.parse(MultiDict(sent), strict=True)
    except ParameterError as error:
        assert error.parameter in str(error)
    else:
        assert params.parse(MultiDict(params.to_args(query))) == query


def test_the_defaults_leave_the_address_empty() -> None:
    assert params.to_args(Query()) == {}


def test_a_year_or_month_stands_for_its_first_or_last_day() -> None:
    query = parse("from=2017&to=2017-02")
    assert (query.first, query.last) == (date(2017, 1, 1), date(2017, 2, 28))
    assert parse("to=2017").last == date(2017, 12, 31)
    assert parse("from=2016-02-29").first == date(2016, 2, 29)


def test_an_address_says_a_day_as_shortly_as_it_can() -> None:
    query = Query(first=date(2017, 1, 1), last=date(2018, 6, 30))
    assert params.to_args(query) == {"from": ["2017"], "to": ["2018-06"]}


def test_names_are_taken_for_keys() -> None:
    assert parse("minister=Åsa+Lindhagen&agency=boverket&agency=Boverket").filters == Filters.of(
        minister=["asa-lindhagen"], agency=["boverket"]
    )


def test_a_value_without_a_key_is_kept_so_that_it_finds_nothing() -> None:
    assert parse("minister=%E6%97%A5%E6%9C%AC").filters["minister"] == ("日本",)


def test_empty_form_fields_are_ignored() -> None:
    assert parse("q=&from=&to=&minister=&year=", strict=True) == Query()


def test_foreign_names_are_refused_only_when_strict() -> None:
    assert parse("q=skola&utm_source=x") == Query("skola")
    with pytest.raises(ParameterError, match="no such parameter: fron, utm") as caught:
        parse("fron=2017&utm=x&q=skola", strict=True)
    assert caught.value.parameter == "fron, utm"


@pytest.mark.parametrize(
    ("query_string", "code", "parameter"),
    [
        ("from=2017-13", "invalid_date", "from"),
        ("from=2017-02-30", "invalid_date", "from"),
        ("to=i+maj", "invalid_date", "to"),
        ("to=0000", "invalid_date", "to"),
        ("from=2018&to=2017", "from_after_to", "from"),
        ("page=0", "invalid_page", "page"),
        ("page=", "invalid_page", "page"),
        ("page=%D9%A3", "invalid_page", "page"),
        ("page=501", "page_too_deep", "page"),
        ("size=101", "invalid_size", "size"),
        ("size=-1", "invalid_size", "size"),
        ("sort=best", "invalid_sort", "sort"),
        ("in=title", "invalid_in", "in"),
        ("verbatim=yes", "invalid_verbatim", "verbatim"),
        ("year=17", "invalid_year", "year"),
        ("q=a&q=b", "repeated_parameter", "q"),
    ],
)
def test_what_can_not_be_read_is_named(query_string: str, code: str, parameter: str) -> None:
    with pytest.raises(ParameterError, match=parameter) as caught:
        parse(query_string)
    assert (caught.value.code, caught.value.parameter) == (code, parameter)


def test_suggestions_need_a_text_to_complete() -> None:
    assert params.suggest_text(args_of("q=segr")) == "segr"
    with pytest.raises(ParameterError, match="q is missing"):
        params.suggest_text(args_of(""))


def test_every_parameter_has_its_help_and_every_facet_its_parameter() -> None:
    assert all(len(row.help) > 15 for row in params.SEARCH + params.SUGGEST)
    assert {f.key for f in FACETS} == {row.name for row in params.SEARCH if row.repeatable}
