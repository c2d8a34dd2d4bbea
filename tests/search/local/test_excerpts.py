import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.arrays.files import Strings
from search.local.excerpts import Excerpts
from search.snippet import Excerpt, snippet

TEXTS = st.lists(st.sampled_from(["Första meningen. ", "å – ö", "🙂 ", "ord ", "x" * 90]), max_size=60).map("".join)


@given(st.lists(TEXTS, min_size=1, max_size=5), st.data())
def test_a_snippet_of_an_excerpt_is_that_of_the_text(texts: list[str], data: st.DataObject) -> None:
    starts = [data.draw(st.integers(0, max(len(text) - 1, 0))) for text in texts]
    found = Excerpts(Strings.of(texts)).of(np.arange(len(texts)), np.array(starts))
    for text, start, excerpt in zip(texts, starts, found, strict=True):
        place = (1, start, min(start + 1, len(text)))
        assert snippet(excerpt, start, [place]) == snippet(Excerpt.whole(text), start, [place])


def test_an_excerpt_is_a_small_piece_of_a_long_text() -> None:
    (excerpt,) = Excerpts(Strings.of(["ord och " * 10_000])).of(np.array([0]), np.array([40_000]))
    assert len(excerpt.window) < 500
    assert excerpt.length == 80_000
