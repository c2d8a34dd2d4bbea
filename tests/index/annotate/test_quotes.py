from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.annotate import Annotator, Tables
from index.annotations import Quote
from index.release import Release
from index.sources import Found, read

MINISTERS = [
    {"key": "test-testsson", "name": "Test Testsson", "office": "provminister", "department": "provdepartementet"},
    {"key": "prova-provberg", "name": "Prova Provberg", "office": "testminister", "department": "provdepartementet"},
]
ANNOTATOR = Annotator(Tables.of(MINISTERS))
Said = list[tuple[str, str | None]]


def quotes(body: str, **fields: str) -> tuple[Quote, ...]:
    given = {"id": "text.1", "type": "pressmeddelande", "title": "", "body": body, "published": "2023-05-02"}
    return ANNOTATOR.annotate(Release(**{**given, **fields})).quotes  # type: ignore[arg-type]


def said(body: str, **fields: str) -> Said:
    """Each quotation in the body and its speaker's name."""
    return [(body[q.start : q.end], q.speaker.name if q.speaker else None) for q in quotes(body, **fields)]


@pytest.mark.parametrize(
    ("attribution", "speaker"),
    [
        ("säger Test Testsson.", "Test Testsson"),
        ("säger provminister Test Testsson", "Test Testsson"),
        ("säger Test Testsson, provminister.", "Test Testsson"),
        ("säger Test Testsson (X), provminister, i en kommentar.", "Test Testsson"),
        ("säger provministern.", "Test Testsson"),
        ("sade Testsson efter mötet.", "Test Testsson"),
        ("konstaterar provminister Testsson.", "Test Testsson"),
        ("säger Test Testsson och Prova Provberg.", "Test Testsson"),
        ("säger Maria Provström, generaldirektör på Testverket.", "Maria Provström"),
        ("säger Testverkets generaldirektör Maria Provström.", "Maria Provström"),
        ("säger Testverkets generaldirektör, Maria Provström.", "Maria Provström"),
        ("säger statssekreteraren hos provministern, Maria Provström.", "Maria Provström"),
        ("säger Maria Provström, statssekreterare hos provminister Test Testsson.", "Maria Provström"),
        ("säger talesperson för Liberalerna Karl E. von Provstedt.", "Karl E. von Provstedt"),
        ("säger Norges provminister Ola Prövsen.", "Ola Prövsen"),
        ("tipsar Maria Provström.", "Maria Provström"),
        ("provminister Test Testsson.", "Test Testsson"),
        ("säger en av deltagarna.", None),
    ],
)
def test_the_speaker_after_the_speech(attribution: str, speaker: str | None) -> None:
    body = f"Provminister Test Testsson höll ett möte.\n\n– Det här är ett prov. Det gick bra, {attribution}"
    assert said(body) == [("Det här är ett prov. Det gick bra", speaker)]


@pytest.mark.parametrize("dash", ["– ", "- ", "— ", "–", "– ”"])
def test_every_dash_begins_speech(dash: str) -> None:
    assert said(f"{dash}Provet gick bra, säger Test Testsson.") == [("Provet gick bra", "Test Testsson")]


def test_a_speaker_is_a_minister_or_not() -> None:
    found = quotes("– Ett, säger Test Testsson.\n\n– Två, säger Maria Provström.\n\n– Tre, säger några.")
    assert [quote.minister for quote in found] == [True, False, False]
    assert [quote.speaker and quote.speaker.id for quote in found] == ["test-testsson", "maria-provstrom", None]


def test_the_speaker_inside_and_the_speech_goes_on() -> None:
    assert said("– Provet gick bra, säger Test Testsson. Vi fortsätter nu.") == [
        ("Provet gick bra, säger Test Testsson. Vi fortsätter nu.", "Test Testsson")
    ]


def test_what_is_told_of_the_speaker_afterwards_is_not_said() -> None:
    body = "– Provet gick bra, säger Test Testsson. Han reser i dag."
    assert said(body) == [("Provet gick bra", "Test Testsson")]


def test_two_attributions_to_one_speech() -> None:
    body = "– Provet gick bra, säger Test Testsson. Vi fortsätter, tillägger han."
    assert said(body) == [("Provet gick bra, säger Test Testsson. Vi fortsätter", "Test Testsson")]


@pytest.mark.parametrize(
    "before",
    [
        "Test Testsson säger:",
        "Så här kommenterar Test Testsson provet:",
        "Test Testsson mötte Prova Provberg. Han säger:",
    ],
)
def test_the_speaker_before(before: str) -> None:
    assert said(f"{before}\n\n– Provet gick bra.") == [("Provet gick bra.", "Test Testsson")]


@pytest.mark.parametrize("after", ["Det säger Test Testsson.", "Det sade Test Testsson när han öppnade mötet."])
def test_the_speaker_in_the_next_sentence(after: str) -> None:
    for gap in ("\n", "\n\n"):
        ((text, speaker),) = said(f"– Provet gick bra.{gap}{after}")
        assert (text.strip("."), speaker) == ("Provet gick bra", "Test Testsson")


def test_speech_over_several_paragraphs() -> None:
    body = "– Provet gick bra.\n\n– Nästa blir bättre, säger Test Testsson.\n\n– Sedan vilar vi."
    assert [speaker for _, speaker in said(body)] == ["Test Testsson"] * 3


def test_several_speakers_in_a_row() -> None:
    body = "– Ett, säger Test Testsson.\n\n– Två, säger Prova Provberg.\n\n– Tre, säger Maria Provström."
    assert [speaker for _, speaker in said(body)] == ["Test Testsson", "Prova Provberg", "Maria Provström"]


def test_he_is_the_latest_who_spoke_or_was_named() -> None:
    body = (
        "– Ett, säger Test Testsson.\n\nDet var allt.\n\n– Två, säger han.\n\nMaria Provström kom.\n\n– Tre, säger hon."
    )
    assert [speaker for _, speaker in said(body)] == ["Test Testsson", "Test Testsson", "Maria Provström"]


def test_first_name_or_surname_alone_of_one_who_is_no_minister() -> None:
    body = "– Ett, säger Maria Provström.\n\n– Två, säger Maria.\n\n– Tre, säger Provström."
    assert [speaker for _, speaker in said(body)] == ["Maria Provström"] * 3


def test_answers_in_an_interview() -> None:
    body = "Maria Provström leder provet.\n\n## Hur går det?\n\n– Det går bra.\n\nVad händer nu?\n\n– Nu vilar jag."
    assert said(body) == [("Det går bra.", "Maria Provström"), ("Nu vilar jag.", "Maria Provström")]


@pytest.mark.parametrize(
    "body",
    [
        "Provet är ”mycket viktigt för alla”, säger Test Testsson i dag.",
        "Mötet gav svar. ”Provet är mycket viktigt”, säger Test Testsson.",
        'Mötet gav svar. "Provet är mycket viktigt." Det säger Test Testsson.',
    ],
)
def test_speech_in_quotation_marks(body: str) -> None:
    ((text, speaker),) = said(body)
    assert "mycket viktigt" in text
    assert not set(text) & set('”"')
    assert speaker == "Test Testsson"


def test_speech_in_quotation_marks_goes_on_after_its_attribution() -> None:
    body = "”Provet gick mycket bra”, säger Test Testsson. ”Vi fortsätter nu.”"
    assert said(body) == [(body[1:-1], "Test Testsson")]


@pytest.mark.parametrize(
    "body",
    [
        "Test Testsson ska:\n\n– lämna förslag,\n\n– göra ett prov.",
        "Test Testsson föreslår följande:\n\n– Ett prov görs i år.\n\n– Ett prov görs nästa år.",
        "Test Testsson reser till\n\n– Provköping\n\n– Testvalla",
        "Test Testsson föreslår mer för\n– prov\n– test",
        "Det gäller 2022–2026, säger Test Testsson.",
        "Rapporten ”Prov i hela landet” säger Test Testsson inte mycket om.",
        "Det så kallade ”provet i hela landet” gick bra för Test Testsson.",
        "## – Prov\n\nTest Testsson kommer.",
    ],
)
def test_lists_and_names_of_reports_are_no_speech(body: str) -> None:
    assert said(body) == []


@pytest.mark.parametrize("kind", ["tal", "debattartikel"])
def test_in_a_person_s_own_words_only_what_is_attributed_is_speech(kind: str) -> None:
    body = "Test Testsson kom hit.\n\n– Nu gör vi ett prov.\n\nSedan kom fler.\n\n– Bra, sade Maria Provström."
    assert said(body, type=kind) == [("Bra", "Maria Provström")]
    assert len(said(body)) == 2


def test_speech_in_the_summary_has_its_own_offsets_and_the_title_has_none() -> None:
    summary = "– Provet gick bra, säger Test Testsson."
    first, second = quotes("– Mer prov, säger han.", title="– Prov, säger Prova Provberg", summary=summary)
    assert (first.field, summary[first.start : first.end]) == ("summary", "Provet gick bra")
    assert (second.field, second.start, second.end) == ("body", 2, 10)
    assert second.speaker == first.speaker


WORDS = [
    "Det sade ",
    "Test Testsson",
    "Maria Provström",
    "han",
    "provministern",
    "jag ",
    "Provet gick bra",
    "och ",
    "A.",
]
MARKS = ["– ", "- ", "”", '"', ", säger ", "säger", "\n", "\n\n", ". ", ":", "?", "• ", "## ", "X", " "]
PIECES = st.sampled_from([*WORDS, *MARKS])
TEXT = st.text() | st.lists(PIECES, max_size=40).map("".join)


@given(TEXT, TEXT, TEXT, st.sampled_from(["tal", "artikel"]))
def test_in_any_text_quotations_are_ordered_disjoint_and_within(title: str, summary: str, body: str, kind: str) -> None:
    ends = {"summary": 0, "body": 0}
    fields = []
    for quote in quotes(body, title=title, summary=summary, type=kind):
        assert ends[quote.field] <= quote.start < quote.end <= len(body if quote.field == "body" else summary)
        assert quote.speaker is None or (quote.speaker.id and quote.speaker.name)
        ends[quote.field] = quote.end
        fields.append(quote.field)
    assert fields == sorted(fields, reverse=True)


@pytest.mark.corpus
def test_the_seeds_quotations(shared: Path) -> None:
    annotator = Annotator(Tables.load())
    found = []
    for item in read(shared / "seeds"):
        if isinstance(item, Found):
            body = item.release.body
            spoken = annotator.annotate(item.release).quotes
            found.append([(q.speaker and q.speaker.id, q.minister, body[q.start : q.end].split()[0]) for q in spoken])
    baylan = "ibrahim-baylan"
    assert found == [
        [(baylan, True, "Det")],
        [(baylan, True, "Att"), (baylan, True, "Inger"), ("inger-ashing", False, "Segregation")],
    ]
