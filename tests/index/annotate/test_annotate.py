from hypothesis import given
from hypothesis import strategies as st

from index.annotate import Annotator, Tables
from index.annotations import Annotations
from index.release import Release
from tests.index.annotate.conftest import Annotate

SENTENCE = (
    "Statsministern och statsminister Ulf Kristersson, Busch samt Andersson – säger tidigare Finlands norska energi- "
    "statsrådet Polisen Jordbruks- och Naturvårdsverket MSB DO (MSB) ministern för civilt försvar"
)
WORDS = st.sampled_from([*SENTENCE.split(), "\n\n"])
TEXT = st.text() | st.lists(WORDS, max_size=30).map(" ".join)


@given(
    TEXT,
    TEXT,
    TEXT,
    st.lists(TEXT, max_size=3),
    st.none() | st.dates().map(str) | st.sampled_from(["2023-05", "2024-09", "2030-01", "?"]),
)
def test_any_text_is_annotated_with_entities_once_and_a_valid_span(
    tables: Tables, title: str, summary: str, body: str, names: list[str], published: str | None
) -> None:
    release = Release(
        "text.1", "tal", title, None, summary, body, published, senders=tuple(names), categories=tuple(names)
    )
    found = Annotator(tables).annotate(release)
    for entities in (found.ministers, found.departments, found.agencies, found.categories):
        assert len({entity.id for entity in entities}) == len(entities)
        assert all(entity.id and entity.name for entity in entities)
    assert Annotations.from_dict(found.to_dict()) == found


def test_the_agencies_in_the_lives_of_foreign_ambassadors_are_not_ours(annotate: Annotate) -> None:
    life = "2006–2011 handläggare, Polismyndigheten."
    assert annotate(title="Nya ambassadörer till Sverige", body=life).agencies == ()
    assert annotate(title="Ny ambassadör till Sveriges representation", body=life).agencies != ()


def test_categories_are_entities(annotate: Annotate) -> None:
    (area,) = annotate(categories=("Hälso- och sjukvård",)).categories
    assert (area.id, area.name) == ("halso-och-sjukvard", "Hälso- och sjukvård")
