import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Link
from index.sources import htmlblocks, htmltree
from index.sources.blocks import clean_body

BASE = "https://www.regeringen.se/pressmeddelanden/2018/04/prov/"


def read(markup: str) -> htmlblocks.Content:
    return htmlblocks.read([htmltree.parse(markup)], BASE)


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<p>Ett.</p><p>Två.</p>", ["Ett.", "Två."]),
        ("<p>Ett\n   och   <b>t</b>vå.</p>", ["Ett och två."]),
        ("<p>Rad ett<br>rad två</p>", ["Rad ett\nrad två"]),
        ("<p>Ett.<br><br>&nbsp;<br/>Två.</p>", ["Ett.", "Två."]),
        ("<p>Ett.<p>Två.", ["Ett.", "Två."]),
        ("text<div>inne<p>djupt</p>efter</div>", ["text", "inne", "djupt", "efter"]),
        ("<p>&nbsp;</p><p> \n</p><div></div>", []),
        ("<h1>A</h1><h2>B <em>c</em></h2><h3>D</h3><h6>E</h6><h2> </h2>", ["## A", "## B c", "### D", "### E"]),
        ("<p>## inte en rubrik</p>", ["inte en rubrik"]),
        ("<p>- Ja, säger Test Testsson.</p>", ["– Ja, säger Test Testsson."]),
        ("<blockquote><p>– Nej.</p></blockquote>", ["– Nej."]),
        ("<p>sam&shy;man&#173;satt &amp; &aring;&#229; &lt;b&gt; 1&nbsp;000</p>", ["sammansatt & åå <b> 1 000"]),
        ("<p>e\u0301n å\u200b&#x2011;a</p>", ["én å-a"]),
        ("<p>a<script>b()</script><style>c{}</style><!-- d -->e</p>", ["ae"]),
        ("<nav>Meny</nav><form>Sök<button>Gå</button></form><p>Text</p><footer>Fot</footer>", ["Text"]),
        ('<p>a<span hidden>b</span><span style="display: none">c</span><i aria-hidden="true">d</i></p>', ["a"]),
        ('<a href="/x">länk<span class="visually-hidden"> till annan webbplats</span></a>', ["länk"]),
    ],
)
def test_text_is_what_a_reader_sees(markup: str, blocks: list[str]) -> None:
    assert list(read(markup).blocks) == blocks


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<ul><li>ett</li><li>två</li></ul>", ["• ett\n• två"]),
        ("<ul><li>ett<li><p>två</p></ul>", ["• ett\n• två"]),
        ("<ul><li>ett<ul><li>inre<ol><li>innerst</li></ol></li></ul></li><li>två</li></ul>",
         ["• ett\n• inre\n1. innerst\n• två"]),
        ("<ol><li>ett</li><li>två<ul><li>inre</li></ul></li><li>tre</li></ol>", ["1. ett\n2. två\n• inre\n3. tre"]),
        ('<ol start="4"><li>fyra</li><li value="7">sju</li><li>åtta</li></ol>', ["4. fyra\n7. sju\n8. åtta"]),
        ('<ol start="x"><li>ett</li></ol>', ["1. ett"]),
        ("<ul><li><p>ett</p><p>mer</p></li></ul>", ["• ett\nmer"]),
        ("<ul><li>• typsatt</li><li></li></ul>", ["• typsatt"]),
        ("<ul><li><h3>Rubrik</h3>Text</li></ul>", ["• Rubrik\nText"]),
        ("<p>före</p><ul><li>ett</li></ul><p>efter</p>", ["före", "• ett", "efter"]),
        ("<li>ensam</li>", ["• ensam"]),
        ("<dl><dt>Tid</dt><dd>kl. 10</dd></dl>", ["Tid", "kl. 10"]),
    ],
)  # fmt: skip
def test_lists(markup: str, blocks: list[str]) -> None:
    assert list(read(markup).blocks) == blocks


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<table><tr><th>År</th><th>Antal</th></tr><tr><td>2018</td><td>3</td></tr></table>", ["År\tAntal\n2018\t3"]),
        ("<table><thead><tr><td>A<td>B<tbody><tr><td>1<td>2</table>", ["A\tB\n1\t2"]),
        ("<table><tr><td>A</td><td></td><td>C</td></tr><tr><td>1</td><td></td></tr></table>", ["A\t\tC\n1"]),
        ("<table><tr><td colspan=2>A</td><td>C</td></tr></table>", ["A\t\tC"]),
        ("<table><tr><td><p>Ett</p><p>två<br>tre</p><ul><li>fyra</li></ul></td><td>B</td></tr></table>",
         ["Ett två tre fyra\tB"]),
        ("<table><caption>Rubrik</caption><tr><td>A</td><td>B</td></tr></table>", ["Rubrik", "A\tB"]),
        ("<table><tr><td>A</td><td><table><tr><td>i</td><td>j</td></tr></table></td></tr></table>", ["A\ti j"]),
        ("<ul><li>a<table><tr><td>b</td><td>c</td></tr></table></li></ul>", ["• a\nb\nc"]),
        ("<table><tr><td> </td></tr></table>", []),
    ],
)  # fmt: skip
def test_tables(markup: str, blocks: list[str]) -> None:
    assert list(read(markup).blocks) == blocks


@pytest.mark.parametrize(
    "markup",
    [
        '<p>Ett <span class="wordExplanation">direktiv<i class="wordExplanation__text">En lag.</i></span> antas.</p>',
        '<p>Ett <a class="tooltip" href="#f">direktiv<span role="tooltip">En lag.</span></a> antas.</p>',
        '<p>Ett <button class="js-wordExplanation">direktiv</button><span hidden>En lag.</span> antas.</p>',
        '<p>Ett <dfn>direktiv</dfn><span class="explanation-box" aria-hidden="true">En lag.</span> antas.</p>',
        '<p>Ett direktiv<template>En lag.</template><div class="tooltip-content">En lag.</div> antas.</p>',
    ],
)
def test_the_word_stays_and_its_explanation_goes(markup: str) -> None:
    assert " ".join(read(markup).blocks) == "Ett direktiv antas."


def test_links_become_their_text_and_are_kept_apart() -> None:
    content = read(
        '<p><a href="/rapporter/x">Rapport</a>, <a href="https://example.com/å b">sidan</a>, <a href="bilaga">b</a>, '
        '<a href="mailto:t@example.com">post</a> <a href="#hit">hit</a> <a href="javascript:x()">js</a> '
        '<a href="file:///C:/x">fil</a> <a href="http://[">trasig</a> <a name="n">ankare</a> <a href="/rapporter/x">'
        'Rapport</a> <a href="/bild"><img src="x"></a></p>'
    )

    assert content.blocks == ("Rapport, sidan, b, post hit js fil trasig ankare Rapport",)
    assert content.links == (
        Link("Rapport", "https://www.regeringen.se/rapporter/x"),
        Link("sidan", "https://example.com/å%20b"),
        Link("b", f"{BASE}bilaga"),
        Link("https://www.regeringen.se/bild", "https://www.regeringen.se/bild"),
    )


def test_a_link_around_several_blocks_has_all_their_text() -> None:
    assert read('<a href="/x"><h3>Rubrik</h3><p>Text</p></a>').links[0].name.split() == ["Rubrik", "Text"]


_TAGS = (
    "p", "div", "h2", "h3", "ul", "ol", "li", "table", "tr", "td", "th", "a", "br", "b",
    "span", "script", "nav", "template", "pre", "blockquote", "button", "main",
)  # fmt: skip
_PIECES = st.lists(
    st.sampled_from([f"<{tag}>" for tag in _TAGS] + [f"</{tag}>" for tag in _TAGS])
    | st.sampled_from(
        ['<a href="/x">', "<ol start=3>", "<td colspan=3>", "<!--", "&#0;", "&#9;", "&#8232;", "<![CDATA["]
    )
    | st.text(alphabet=st.sampled_from("aÅ– •\t\n#-.:1<>&\u00ad\u2028\u00a0") | st.characters(), max_size=8),
    max_size=30,
)


@given(_PIECES.map("".join))
def test_any_markup_gives_clean_blocks(markup: str) -> None:
    body = "\n\n".join(read(markup).blocks)

    assert clean_body(body) == body
    assert body.split("\n\n") == list(read(markup).blocks) or not body
