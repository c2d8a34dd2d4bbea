"""Try inputs that a fuzzer makes on the sources that read what people saved: ``python -m bench.fuzz pagetext``.

Needs atheris, which is in no lock file because nothing else does: ``pip install atheris``. Seeds are the
corpus's pages, or the folder given. The fuzzer learns which inputs reach code that none reached before, and makes more
of those. It stops at the first that raises anything but the source's own refusal, gives a release that is not
well-formed, or takes ten seconds; the input is then in the file that it names. What is found becomes a test.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris  # type: ignore[import-not-found, unused-ignore]

with atheris.instrument_imports(include=["index"]):
    from index.release import Release
    from index.sources import html, pagetext
    from index.sources.files import decode
    from index.sources.items import Unreadable

from markdown_it import MarkdownIt

from bench.corpus import SHARED
from tests.index.sources.test_html import page as saved_page
from tests.index.sources.test_pagetext import PAGE
from tests.index.sources.wellformed import complaints

_SEEDS = 400
_LONGEST = 8_192  # bytes: what is longer has nothing that is new to a parser
_SLOW = 10  # seconds
_WORDS = {
    "pagetext": (
        *("Pressmeddelande från ", "Finansdepartementet", "Publicerad ", "Uppdaterad ", "12 april 2018", "april 2018"),
        *("Innehållet publicerades under perioden ", " till den ", "Under perioden ", " var hon ", "provminister."),
        *("Statsråd på denna sida som har entledigats", "Presskontakt", "Kontakt:", "Telefon (växel) 08-000 00 00"),
        *("• ", "– ", "## ", "\t", "\u00a0", "\u2028", "\ufeff", "\r\n", " och ", " samt ", "kl. 14.30", "2018-04-12"),
    ),
    "html": (
        *("<h1>", "</h1>", '<span class="h1-vignette">', '<p class="ingress">', '<div class="has-wordExplanation">'),
        *('<div class="cl">', '<span class="published">', '<time datetime="2018-04-12">', "</span>", "</div>", "<!--"),
        *('<meta name="DC.Date.Created" content="4/9/2018">', '<link rel="canonical" href="', "<tr><td>", "<pre>"),
        *("https://www.regeringen.se/", "pressmeddelanden/2018/04/x/", '<a href="', "<ul><li>", "&nbsp;", "&#0;"),
        *('<div class="block--contact">', "<script>", "<style>", "<svg>", "<template>", "<base href='//x'>", "<br>"),
        *('<meta charset="windows-1252">', "<select><option>", "colspan=9999", "rowspan=0", "&#xD800;", "</html>"),
    ),
}


def read_pagetext(data: bytes) -> Release:
    """The release in a copied text. Most of what is made is not UTF-8, and would be refused before it is read."""
    return pagetext.parse(decode(data.decode("utf-8", "replace").encode()), "page.txt")


def read_html(data: bytes) -> Release:
    """The release in a saved page."""
    return html.parse(data, "page.html")


_READ: dict[str, Callable[[bytes], Release]] = {"pagetext": read_pagetext, "html": read_html}


def trying(read: Callable[[bytes], Release]) -> Callable[[bytes], None]:
    """What the fuzzer calls with each input."""

    def one(data: bytes) -> None:
        try:
            release = read(data)
        except Unreadable:
            return
        found = list(complaints(release))
        if found:
            raise AssertionError("; ".join(found))

    return one


def write_seeds(kind: str, pages: Path, folder: Path) -> None:
    """Pages to begin with: those of our tests, and the corpus's in the form that the source reads."""
    own = PAGE.encode() if kind == "pagetext" else saved_page()
    (folder / "own").write_bytes(own)
    found = sorted(p for p in pages.rglob("*") if p.suffix in (".md", ".txt"))
    for number, path in enumerate(found[:: max(1, len(found) // _SEEDS)]):
        text = path.read_text(encoding="utf-8")
        if kind == "html":
            text = f'<h1>Titel</h1><div class="cl">{MarkdownIt().render(text)}</div>'
        (folder / str(number)).write_bytes(text.encode()[:_LONGEST])


def write_words(kind: str, path: Path) -> None:
    """The words that mean something to a source, as libFuzzer reads them."""
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in _WORDS[kind])
    path.write_text("".join(f'"{word}"\n' for word in escaped), encoding="ascii")


def main() -> None:
    """Try inputs for so long, or until one is found that should not be."""
    parser = argparse.ArgumentParser(description="Fuzz a source.")
    parser.add_argument("source", choices=sorted(_READ))
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--seeds", type=Path, default=SHARED, help="a folder of pages (.md, .txt)")
    parser.add_argument("--findings", type=Path, default=Path.cwd(), help="where an input that fails is written")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        seeds, words = Path(made, "seeds"), Path(made, "words")
        seeds.mkdir()
        write_seeds(chosen.source, chosen.seeds, seeds)
        write_words(chosen.source, words)
        options = [
            f"-max_total_time={chosen.seconds}",
            f"-max_len={_LONGEST}",
            f"-timeout={_SLOW}",
            f"-dict={words}",
            f"-artifact_prefix={chosen.findings}/",
            "-print_final_stats=1",
        ]
        atheris.Setup([sys.argv[0], *options, str(seeds)], trying(_READ[chosen.source]))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
