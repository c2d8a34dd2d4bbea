"""What the cluster keeps of a text's words is marked as the text itself is."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from index.opensearch.shown import packed, unpacked
from index.opensearch.sources import DocumentReader, TermBook
from index.swedish.lexicon import Lexicon
from index.swedish.stems import term_of
from search.common.forms import Forms
from search.common.marking import Marker
from search.language import parse
from search.opensearch.hits import Hits, PageWords
from search.tree import Prefix, Word
from tests.builders import document

LEXICON = Lexicon.learn({"skola": 9, "bok": 9, "skolbok": 2, "väg": 3, "a": 1})
WORDS = ("skola", "skolor", "skolböcker", "bok", "vägar", "a-kassa", "2017:45", "och", "närings- och skolpolitik")


class Known:
    """Words by their own terms and those of their parts."""

    def known(self, term: str) -> str:
        return term

    def forms(self, word: Word) -> Forms[str]:
        return Forms(word.term, tuple(map(term_of, LEXICON.split(word.typed))))

    def expanded(self, prefix: Prefix) -> Sequence[str]:
        return [term_of(word) for word in WORDS if word.startswith(prefix.prefix)]


texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
queries = st.lists(st.sampled_from((*WORDS, '"skola och bok"', "skol*", "finnsinte")), min_size=1, max_size=4)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=4), queries.map(" ".join))
def test_kept_words_are_marked_where_those_of_the_text_are(releases: list[tuple[str, str]], query: str) -> None:
    marker = Marker.of(Known(), parse(query))
    hits = Hits(TermBook(LEXICON), marker)
    reader = DocumentReader()
    read = [reader.read(document(str(n), title=title, body=body)) for n, (title, body) in enumerate(releases)]
    shown = [unpacked(packed(b"{}", one.running, (), one.title, one.text)) for one in read]
    told = [text for one in shown for text in (one.title_words, one.text_words)]
    plain = [text for one in read for text in (one.document.release.title, one.running)]
    kept, typed = (marker.places(texts).rows() for texts in (hits._told_texts(told), hits.read(plain)))
    assert [[place[1:] for place in row] for row in kept] == [[place[1:] for place in row] for row in typed]


def test_only_words_that_can_be_marked_have_numbers() -> None:
    words = PageWords(TermBook(LEXICON), WORDS, frozenset({"skol", "finnsinte"}))
    assert "bok" not in words.numbers and {"skola", "skolor", "skolböcker"} <= words.numbers.keys()
    assert set(words.words_of("skol", False)) < set(words.words_of("skol", True))
    assert words.words_of("finnsinte", True).tolist() == []
