from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from search.page import Marked, Segment
from web.markup import marked_html, with_numbered_marks


def test_only_what_is_marked_is_markup() -> None:
    segments = (Segment("<b>mot</b> "), Segment("<script>", marked=True), Segment(" & mer"))
    assert marked_html(Marked.of(segments)) == "&lt;b&gt;mot&lt;/b&gt; <mark>&lt;script&gt;</mark> &amp; mer"


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.lists(st.builds(Segment, st.text(st.sampled_from("<>&\"'/=amrkscipt ")), st.booleans())))
def test_a_reader_sees_the_text_and_no_other_tag(segments: list[Segment]) -> None:
    reader = Reader()
    reader.feed(str(marked_html(Marked.of(segments))))
    reader.close()
    assert reader.tags <= {"mark"}
    assert reader.text == "".join(s.text for s in segments)


def test_marks_are_numbered() -> None:
    html = marked_html(Marked.of([Segment("<a>", marked=True), Segment(" "), Segment("b", marked=True)]))
    numbered = with_numbered_marks(html)
    assert numbered == '<mark id="match-1">&lt;a&gt;</mark> <mark id="match-2">b</mark>'
    assert isinstance(numbered, Markup)
