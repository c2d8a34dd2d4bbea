"""What every engine must do: a suite that a test module runs over its own engine.

A module imports ``EngineContract``, and defines a fixture ``publish`` that, given documents, returns an engine
that answers over them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

import pytest

from index.annotations import DateSpan
from index.document import Document, Provenance, Version
from search.engine import Engine
from search.page import Marked, Page
from search.query import Filters, Query, Scope, Sort
from tests.builders import NOW, document, month, release


class Publish(Protocol):
    """Gives an engine that answers over documents, and over ``earlier`` versions of them by their ids."""

    def __call__(
        self, documents: Iterable[Document], earlier: Mapping[str, Sequence[Version]] | None = None, /
    ) -> Engine: ...


BAYLAN, SHEKARABI = "Ibrahim Baylan", "Ardalan Shekarabi"
TERM = DateSpan(date(2016, 5, 25), date(2019, 1, 20), "span")

DOCUMENTS = [
    document(
        "a", span=TERM, title="Möte om segregation", body="Myndigheter samlas.", ministers=[BAYLAN],
        agencies=["Boverket", "Skolverket"], categories=("Bostäder",), url="https://www.regeringen.se/a/",
    ),
    document(
        "b", span=month(2017, 3), title="Stöd till skolor", body="Mot segregation i skolor.", ministers=[SHEKARABI],
        agencies=["Skolverket"], departments=["Finansdepartementet"],
    ),
    document("c", span=month(2022, 6), title="Nya poliser", summary="Polisen växer.", agencies=["Polismyndigheten"]),
    document("d", span=None, title="Utan datum", body="Polisen och skolor.", type="artikel"),
    document(
        "f", span=month(2014, 10), title="Tåg",
        body="– Fler tåg ska gå, säger Ett.\n\n– Nya spår byggs till tåg, säger Två.",
        quotes=[("Ett Ettsson", "Fler tåg ska gå"), ("Två Tvåsson", "Nya spår byggs till tåg")],
    ),
    document(
        "g", span=month(2014, 9), title="Spår",
        body="Spår byggs.\n\n– Fler bussar, säger Ett.\n\n– Nya spår, sägs det.",
        quotes=[("Ett Ettsson", "Fler bussar"), ("", "Nya spår")],
    ),
    document("e", span=month(2022, 6), title="Ännu fler poliser", ministers=[BAYLAN, SHEKARABI]),
]  # fmt: skip

PARTS = document(
    "parts",
    title="Allt möjligt",
    body="Kommun. Statsminister. Näring. Politik. Miljö. Energi. Stöd. Villkor. Gård. Vård. Minister. Sänker.",
)
"""Words that compounds are made of: a part that no release has finds nothing."""


def ids(page: Page) -> list[str]:
    return [hit.facts.id for hit in page.hits]


def counts(page: Page, facet: str) -> dict[str, int]:
    return {value.value: value.count for value in page.facets[facet]}


def shown(marked: Marked) -> str:
    return "".join(f"[{s.text}]" if s.marked else s.text for s in marked)


class EngineContract:
    """The tests. Each gets an engine over ``DOCUMENTS``."""

    @pytest.fixture
    def engine(self, publish: Publish) -> Engine:
        return publish(DOCUMENTS)

    def test_words_find_releases_in_any_field_and_form(self, engine: Engine) -> None:
        assert set(ids(engine.search(Query("skola")))) == {"b", "d"}
        assert set(ids(engine.search(Query("segregationen")))) == {"a", "b"}
        assert set(ids(engine.search(Query("SKOLOR segregation")))) >= {"b"}

    def test_the_title_counts_more_than_the_text(self, engine: Engine) -> None:
        assert ids(engine.search(Query("segregation"))) == ["a", "b"]

    def test_all_words_come_before_some_words(self, engine: Engine) -> None:
        page = engine.search(Query("segregation skolor"))
        assert page.matching == "some"
        assert ids(page)[0] == "b"
        assert set(ids(page)[1:]) == {"a", "d"}
        assert page.total == 3

    def test_phrases_exclusions_alternatives_and_prefixes(self, engine: Engine) -> None:
        assert ids(engine.search(Query('"stöd till skolor"'))) == ["b"]
        assert ids(engine.search(Query('"skolor stöd"'))) == []
        assert ids(engine.search(Query("segregation -skolor"))) == ["a"]
        assert set(ids(engine.search(Query("segregation OR polisen")))) == {"a", "b", "c", "d", "e"}
        assert set(ids(engine.search(Query("myndig*")))) == {"a"}
        assert set(ids(engine.search(Query("-segregation")))) == {"c", "d", "e", "f", "g"}

    @pytest.mark.parametrize("typed", ["", "   ", "*", "🎉", '"', "()"])
    def test_nothing_meant_finds_everything_newest_first(self, engine: Engine, typed: str) -> None:
        page = engine.search(Query(typed))
        assert ids(page) == ["c", "e", "a", "b", "f", "g", "d"]
        assert page.matching == "all"

    @pytest.mark.parametrize(
        "typed", ['"', "OR OR", "- - -", "x" * 2000, "ord " * 500, "\u202eabc", "a*" * 50, "år:", "-typ:"]
    )
    def test_whatever_is_typed_gives_an_answer(self, engine: Engine, typed: str) -> None:
        engine.search(Query(typed))

    def test_a_field_looks_in_the_title_alone(self, engine: Engine) -> None:
        assert ids(engine.search(Query("titel:skola"))) == ["b"]
        assert ids(engine.search(Query('titel:"stöd till skolor"'))) == ["b"]
        assert set(ids(engine.search(Query("titel:polis*")))) == {"c", "e"}
        assert ids(engine.search(Query("skola -titel:skola"))) == ["d"]
        (hit,) = engine.search(Query("titel:skola")).hits
        assert (shown(hit.marked_title), hit.score > 0) == ("Stöd till [skolor]", True)

    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("minister:baylan", {"a", "e"}),
            ("minister:bay", {"a", "e"}),
            ('minister:"Ibrahim Baylan"', {"a", "e"}),
            ('minister:"Baylan Ibrahim"', set()),
            ("minister:aylan", set()),
            ("minister:ibrahim-baylan minister:shekarabi", {"e"}),
            ("minister:baylan OR minister:shekarabi", {"a", "b", "e"}),
            ("-minister:baylan", {"b", "c", "d", "f", "g"}),
            ("myndighet:skol -minister:baylan", {"b"}),
            ("departement:finans", {"b"}),
            ("typ:artikel", {"d"}),
            ("-typ:pressmeddelande", {"d"}),
            ("område:bostader", {"a"}),
            ("talare:tvåsson", {"f"}),
            ("speaker:ettsson", {"f", "g"}),
            ("år:2016", {"a"}),
            ("-år:2022", {"a", "b", "d", "f", "g"}),
            ("från:2017-03-31 till:2017-04", {"a", "b"}),
            ("till:2014-09", {"g"}),
            ("-från:2014", {"d"}),
            ("skola typ:artikel", {"d"}),
            ("skola finland år:2017", {"b"}),
        ],
    )
    def test_conditions_in_the_text_are_required(self, engine: Engine, typed: str, expected: set[str]) -> None:
        assert set(ids(engine.search(Query(typed)))) == expected

    def test_conditions_are_neither_scored_nor_counted_nor_marked(self, engine: Engine) -> None:
        plain, under = engine.search(Query("segregation")), engine.search(Query("segregation minister:baylan år:2016"))
        assert under.hits == plain.hits[:1]
        assert under.matching == "all"
        assert engine.search(Query("minister:baylan")).hits[0].score == 0

    def test_a_condition_in_the_text_counts_for_every_facet(self, engine: Engine) -> None:
        page = engine.search(Query("minister:shekarabi"))
        assert counts(page, "minister") == {"ardalan-shekarabi": 2, "ibrahim-baylan": 1}

    def test_values_of_a_facet_are_alternatives_and_facets_combine(self, engine: Engine) -> None:
        baylan = Filters.of(minister=["ibrahim-baylan"])
        assert set(ids(engine.search(Query(filters=baylan)))) == {"a", "e"}
        both = baylan.add("minister", "ardalan-shekarabi")
        assert set(ids(engine.search(Query(filters=both)))) == {"a", "b", "e"}
        assert ids(engine.search(Query(filters=both.add("agency", "boverket")))) == ["a"]

    def test_a_facet_is_counted_under_every_filter_but_its_own(self, engine: Engine) -> None:
        page = engine.search(Query(filters=Filters.of(minister=["ibrahim-baylan"], year=["2022"])))
        assert ids(page) == ["e"]
        assert counts(page, "minister") == {"ibrahim-baylan": 1, "ardalan-shekarabi": 1}
        assert counts(page, "year") == {"2022": 1, "2019": 1, "2018": 1, "2017": 1, "2016": 1}
        assert counts(page, "type") == {"pressmeddelande": 1}

    def test_a_facet_s_number_is_the_number_of_hits_that_choosing_it_gives(self, engine: Engine) -> None:
        for text in (
            "",
            "segregation skolor",
            "polisen",
            "citat:spår",
            "citat:tåg citat:fler",
            "citat:spår spår",
            "minister:baylan skola titel:polis",
            "citat:spår -år:2022 titel:tåg",
            "segregaton",
        ):
            for facet, values in engine.search(Query(text)).facets.items():
                for value in values:
                    assert engine.search(Query(text).with_filter(facet, value.value)).total == value.count

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [("segregaton", "segregation"), ("Segergation", "Segregation"), ("skolro -polisen", "skolor -polisen")],
    )
    def test_a_word_that_occurs_nowhere_is_corrected(self, engine: Engine, typed: str, meant: str) -> None:
        page = engine.search(Query(typed))
        assert (page.query.text, page.suggestion, page.corrected) == (typed, meant, True)
        assert ids(page) == ids(engine.search(Query(meant)))
        assert page.facets == engine.search(Query(meant)).facets
        assert [d.release.id for d in engine.export(Query(typed))] == ids(page)
        assert any(segment.marked for segment in page.hits[0].marked_title)

    def test_exactly_what_was_typed_is_looked_for_when_asked(self, engine: Engine) -> None:
        page = engine.search(Query("segregaton", verbatim=True))
        assert (page.total, page.suggestion, page.corrected) == (0, None, False)
        assert list(engine.export(Query("segregaton", verbatim=True))) == []

    @pytest.mark.parametrize(
        "typed", ['"segregaton"', "-segregaton", "segregaton*", "citat:segregaton", "segregation", "polisen", "2017:46"]
    )
    def test_what_occurs_or_is_no_plain_word_is_left_as_it_is(self, engine: Engine, typed: str) -> None:
        page = engine.search(Query(typed))
        assert (page.suggestion, page.corrected) == (None, False)

    def test_filters_that_leave_nothing_come_with_what_dropping_each_gives(self, engine: Engine) -> None:
        chosen = Filters.of(minister=["ibrahim-baylan"], agency=["polismyndigheten", "boverket"])
        query = Query("spår", chosen, date(2014, 1, 1), date(2014, 12, 31))
        page = engine.search(query)
        assert [(w.filter, w.count) for w in page.without] == [("minister", 0), ("agency", 0), ("dates", 0)]
        assert page.without[1].labels == ("Polismyndigheten", "Boverket")
        query = Query("segregaton", chosen, date(2014, 1, 1), date(2014, 12, 31))
        assert [w.count for w in engine.search(query).without] == [0, 0, 1]

    @pytest.mark.parametrize(
        "query",
        [
            Query("segregation", Filters.of(minister=["ibrahim-baylan"], agency=["skolverket"], year=["2022"])),
            Query("polisen", Filters.of(agency=["polismyndigheten"]), first=date(2023, 1, 1)),
            Query("segregaton", Filters.of(agency=["boverket"]), scope=Scope.QUOTES),
            Query("spår", Filters.of(speaker=["tva-tvasson"], type=["artikel"]), scope=Scope.QUOTES),
            Query("", Filters.of(type=["artikel"], agency=["boverket"])),
        ],
    )
    def test_the_number_without_a_filter_is_what_dropping_it_gives(self, engine: Engine, query: Query) -> None:
        page = engine.search(query)
        assert page.total == 0
        assert page.without
        for row in page.without:
            assert engine.search(query.without_whole(row.filter)).total == row.count

    def test_nothing_is_dropped_where_there_are_hits_or_no_filters(self, engine: Engine) -> None:
        assert engine.search(Query("segregation", Filters.of(agency=["boverket"]))).without == ()
        assert engine.search(Query("xyzzy")).without == ()

    def test_words_are_looked_for_in_quotations_when_asked(self, engine: Engine) -> None:
        assert ids(engine.search(Query("citat:spår"))) == ids(engine.search(Query("spår", scope=Scope.QUOTES)))
        assert set(ids(engine.search(Query("citat:spår")))) == {"f", "g"}
        assert ids(engine.search(Query("citat:byggs"))) == ["f"]
        assert ids(engine.search(Query('citat:"nya spår byggs"'))) == ["f"]
        assert ids(engine.search(Query("citat:buss*"))) == ["g"]
        assert ids(engine.search(Query("spår -citat:tåg"))) == ["g"]
        assert set(ids(engine.search(Query(scope=Scope.QUOTES)))) == {"f", "g"}
        assert ids(engine.search(Query("segregation", scope=Scope.QUOTES))) == []
        nobody = engine.search(Query("segregation polisen", scope=Scope.QUOTES))
        assert (nobody.total, list(nobody.facets["speaker"])) == (0, [])

    def test_a_phrase_does_not_reach_from_one_quotation_into_the_next(self, engine: Engine) -> None:
        assert ids(engine.search(Query('citat:"gå nya"'))) == []

    def test_a_chosen_speaker_is_the_one_who_said_it(self, engine: Engine) -> None:
        one, two = Filters.of(speaker=["ett-ettsson"]), Filters.of(speaker=["tva-tvasson"])
        assert set(ids(engine.search(Query(filters=one)))) == {"f", "g"}
        assert ids(engine.search(Query("citat:tåg", filters=one))) == ["f"]
        assert ids(engine.search(Query("citat:spår", filters=one))) == []
        assert ids(engine.search(Query("citat:spår", filters=two))) == ["f"]
        assert ids(engine.search(Query("citat:spår", filters=two.add("speaker", "ett-ettsson")))) == ["f"]
        assert counts(engine.search(Query("citat:spår", filters=one)), "speaker") == {
            "tva-tvasson": 1,
            "ett-ettsson": 0,
        }

    def test_a_hit_in_quotations_shows_the_quotation_and_its_speaker(self, engine: Engine) -> None:
        (hit,) = engine.search(Query("citat:spår", filters=Filters.of(speaker=["tva-tvasson"]))).hits
        assert shown(hit.snippet) == "Nya [spår] byggs till tåg"
        assert hit.quoted is not None and hit.quoted.speaker is not None
        assert hit.quoted.speaker.name == "Två Tvåsson"
        unknown = next(hit for hit in engine.search(Query("citat:spår")).hits if hit.facts.id == "g")
        assert unknown.quoted is not None and unknown.quoted.speaker is None
        assert engine.search(Query("spår")).hits[0].quoted is None

    def test_facets_are_in_their_order_and_show_what_is_chosen(self, engine: Engine) -> None:
        page = engine.search(Query(filters=Filters.of(agency=["boverket", "okand"])))
        values = page.facets["agency"]
        assert [(v.label, v.count, v.selected) for v in values] == [
            ("Skolverket", 2, False), ("Boverket", 1, True), ("Polismyndigheten", 1, False), ("okand", 0, True),
        ]  # fmt: skip
        assert [v.value for v in engine.search(Query()).facets["year"]] == [
            "2022",
            "2019",
            "2018",
            "2017",
            "2016",
            "2014",
        ]

    @pytest.mark.parametrize(
        ("first", "last", "expected"),
        [
            (date(2022, 1, 1), None, {"c", "e"}),
            (date(2015, 1, 1), date(2016, 5, 25), {"a"}),
            (date(2017, 3, 31), date(2017, 3, 31), {"a", "b"}),
            (date(2019, 1, 21), date(2022, 5, 31), set()),
        ],
    )
    def test_an_interval_finds_the_spans_that_overlap_it(
        self, engine: Engine, first: date | None, last: date | None, expected: set[str]
    ) -> None:
        assert set(ids(engine.search(Query(first=first, last=last)))) == expected

    def test_the_three_orders(self, engine: Engine) -> None:
        assert ids(engine.search(Query(sort=Sort.NEWEST))) == ["c", "e", "a", "b", "f", "g", "d"]
        assert ids(engine.search(Query(sort=Sort.OLDEST))) == ["g", "f", "b", "a", "c", "e", "d"]
        assert ids(engine.search(Query("segregation", sort=Sort.OLDEST))) == ["b", "a"]

    def test_pages_are_stable_and_never_overlap(self, publish: Publish) -> None:
        engine = publish(document(f"r{n:03}", span=month(2020, 1 + n % 3), title="Lika") for n in range(50))
        for sort in Sort:
            whole = ids(engine.search(Query("lika", sort=sort, size=50)))
            paged = [i for n in range(1, 9) for i in ids(engine.search(Query("lika", sort=sort, page=n, size=7)))]
            assert paged == whole
            assert len(set(whole)) == 50
        beyond = engine.search(Query("lika", page=9, size=7))
        assert (beyond.hits, beyond.total, beyond.total_pages) == ((), 50, 8)

    def test_hits_show_what_was_found(self, engine: Engine) -> None:
        (hit, *_) = engine.search(Query("segregation")).hits
        assert shown(hit.marked_title) == "Möte om [segregation]"
        assert (hit.facts.url, hit.facts.span, [m.name for m in hit.facts.ministers]) == (
            "https://www.regeringen.se/a/",
            TERM,
            [BAYLAN],
        )
        (hit,) = engine.search(Query("växer")).hits
        assert shown(hit.snippet) == "Polisen [växer]."

    def test_a_release_is_given_whole_or_not_at_all(self, engine: Engine) -> None:
        assert engine.get("a") == DOCUMENTS[0]
        assert engine.get("z") is None

    def test_every_version_of_a_release_is_given_and_the_last_is_the_present_one(self, publish: Publish) -> None:
        first, second = (Version(n, NOW, release("a", title=title)) for n, title in ((1, "Ett"), (2, "Två")))
        present = replace(document("a", title="Tre"), provenance=Provenance(NOW, "2024-06-01T00:00:00Z", versions=3))
        engine = publish([present, document("b")], {"a": [first, second]})
        assert engine.versions("a") == (first, second, Version(3, "2024-06-01T00:00:00Z", present.release))
        assert engine.versions("b") == (Version(1, NOW, release("b")),)
        assert engine.versions("z") == ()

    def test_a_hit_says_whether_its_source_has_it_still(self, publish: Publish) -> None:
        gone = replace(document("a"), provenance=Provenance(NOW, NOW, "2024-06-01T00:00:00Z"))
        hits = publish([gone, document("b")]).search(Query()).hits
        assert {hit.facts.id: hit.facts.removed for hit in hits} == {"a": "2024-06-01T00:00:00Z", "b": None}

    def test_what_a_query_asks_for_is_marked_in_any_text(self, engine: Engine) -> None:
        assert shown(engine.mark("En skola till.", "skolor")) == "En [skola] till."

    def test_similar_releases_share_words_and_leave_out_the_one_itself(self, engine: Engine) -> None:
        similar = engine.similar("c")
        assert similar is not None
        assert "c" not in [hit.facts.id for hit in similar]
        assert "e" in [hit.facts.id for hit in similar]
        assert engine.similar("z") is None

    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("bayl", "Ibrahim Baylan"),
            ("IBRA", "Ibrahim Baylan"),
            ("möte", "Möte om segregation"),
            ("segr", "Möte om segregation"),
            ("mote", "Möte om segregation"),
            ("mtöe", "Möte om segregation"),
            ("segergat", "Möte om segregation"),
            ("ibrahm bay", "Ibrahim Baylan"),
        ],
    )
    def test_suggestions_begin_a_word_with_what_is_typed(self, engine: Engine, typed: str, expected: str) -> None:
        assert expected in [s.text for s in engine.suggest(typed)]

    def test_suggestions_say_what_they_are(self, engine: Engine) -> None:
        (first, *_) = engine.suggest("polis")
        assert (first.text, first.kind, first.value, first.count) == (
            "Polismyndigheten",
            "agency",
            "polismyndigheten",
            1,
        )
        assert engine.suggest("zzz") == engine.suggest(" ") == ()
        assert len(engine.suggest("s", size=1)) == 1

    def test_a_suggested_title_leads_to_its_release(self, engine: Engine) -> None:
        (title,) = [s for s in engine.suggest("mote om segr") if s.kind == "title"]
        document = engine.get(title.value or "")
        assert document is not None and document.release.title == title.text

    def test_a_phrase_of_several_titles_is_suggested(self, publish: Publish) -> None:
        engine = publish(document(f"d{n}", title=f"Stöd till Ukraina del {n}") for n in range(4))
        (first, *titles) = engine.suggest("stod")
        assert (first.text, first.kind, first.value, first.count) == ("Stöd till Ukraina", "phrase", None, 4)
        assert {s.kind for s in titles} == {"title"}

    def test_an_export_is_the_whole_result_in_its_order(self, engine: Engine) -> None:
        for query in (Query(size=1), *(Query(text, sort=s, page=2) for s in Sort for text in ("", "segregation"))):
            whole = Query(query.text, sort=query.sort, size=100)
            assert [d.release.id for d in engine.export(query)] == ids(engine.search(whole))

    def test_the_status_says_what_is_published(self, engine: Engine) -> None:
        status = engine.status()
        assert status.releases == 7
        assert (status.first, status.last) == ("2014-09-01", "2022-06-30")
        assert status.by_type == {"pressmeddelande": 6, "artikel": 1}
        assert status.by_year == {"2014": 2, "2016": 1, "2017": 2, "2018": 1, "2019": 1, "2022": 2}

    @pytest.mark.parametrize(
        ("typed", "title"),
        [
            ("medborgarskapskrav", "Krav för medborgarskap"),
            ("krav för medborgarskap", "Medborgarskapskraven"),
            ("medborgarskap", "Nya medborgarskapskrav"),
            ("elpris", "Elprisstödet"),
            ("utbildningsminister", "Ministern för utbildning"),
            ("ministern för utbildning", "Utbildningsministern"),
            ("arbete", "Arbetsvillkor"),  # s, o and a that link
            ("kyrka", "Kyrkogårdarna"),
            ("barn", "Barnavård"),
            ("samordningsminister", "Samordnings- och energiministern"),
            ("energipolitik", "Närings-, energi- och miljöpolitiken"),
            ("närings-, energi- och miljöpolitik", "Energipolitik, miljöpolitik och näringspolitik"),
            ("sänka skatt", "Skatten sänks"),
            ("sänkning av skatt", "Sänkt skatt: regeringen vill sänka den"),
        ],
    )
    def test_compounds_and_their_parts_find_each_other(self, publish: Publish, typed: str, title: str) -> None:
        engine = publish([document("wanted", title=title), document("other", title="Tåg"), PARTS])
        assert "wanted" in ids(engine.search(Query(typed, verbatim=True)))

    def test_the_beginning_of_another_word_is_no_part(self, publish: Publish) -> None:
        engine = publish([document("a", title="En kommunist"), document("b", title="Flera kommuner"), PARTS])
        assert set(ids(engine.search(Query("kommun")))) == {"b", PARTS.release.id}

    @pytest.mark.parametrize(
        ("typed", "first", "second"),
        [
            ("minister", {"title": "En minister"}, {"title": "En statsminister"}),
            ("tåg", {"title": "Tåg i tid"}, {"title": "Allt i tid", "summary": "Tåg."}),
            (
                "tåg",
                {"summary": "Tåg i tid.", "body": "Så är det. " * 4},
                {"summary": "Allt i tid.", "body": "Tåg är det. " + "Så är det. " * 3},
            ),
            (
                "tåg räls",
                {"body": "Fler tåg på ny räls, och så allt det andra som hör till saken när landet byggs."},
                {"body": "Fler tåg, och så allt det andra som hör till saken när landet byggs på ny räls."},
            ),
            ("tåg räls", {"title": "Tåg på räls"}, {"title": "Tåg", "body": "Tåg, tåg och åter tåg."}),
            (
                "tåg",
                {"title": "Nya tåg", "summary": "Det blir fler tåg.", "body": "Tåg och åter tåg. " * 10},
                {"title": "Nya tåg"},
            ),
            ("tåg", {"title": "Tåg", "span": month(2024, 1)}, {"title": "Tåg", "span": month(2016, 1)}),
        ],
        ids=["word before part", "title before lead", "lead before body", "near before far", "all before some",
             "content before bare title", "new before old"],
    )  # fmt: skip
    def test_what_comes_first(
        self, publish: Publish, typed: str, first: dict[str, Any], second: dict[str, Any]
    ) -> None:
        # The one to come first has the later id, so that it does not for being the first.
        other: dict[str, Any] = {
            "title": "Något annat",
            "summary": "Något helt annat sägs.",
            "body": "Allt är annat. " * 4,
        }
        fillers = [document(f"other{n}", **other) for n in range(4)]
        engine = publish([document("b", **first), document("a", **second), *fillers, PARTS])
        found = ids(engine.search(Query(typed, verbatim=True)))
        assert [one for one in found if one != PARTS.release.id][:2] == ["b", "a"]
