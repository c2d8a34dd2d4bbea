"""Text as a reader sees it, and keys made from names."""

import re
import unicodedata

# Characters that a browser does not show: soft hyphen, zero-width space and (non-)joiner, word joiner,
# byte order mark, and the marks and overrides of writing direction.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\u0085")
_RUN_OF_BLANKS = re.compile("[ \t]+")
_BLANKS_AT_LINE_ENDS = re.compile(" ?\n ?")
_RUN_OF_EMPTY_LINES = re.compile("\n{3,}")
_MAY_BE_UNCLEAN = re.compile("[^ -~À-ÿ]")  # the others are letters and signs that Unicode composes no further

# Letters that Unicode does not decompose, folded for keys and for the analyser.
_PLAIN = str.maketrans({"æ": "ä", "ø": "ö", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "đ": "d"})
_SWEDISH = frozenset("åäö")
_SIMPLE = re.compile("[\x00-\x7fåäö]*")


def clean(text: str) -> str:
    """``text`` with composed letters, ordinary spaces and hyphens, and nothing that a reader can't see.

    Lines end with ``\\n``; runs of blanks become one; more than one empty line becomes one. Idempotent.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFC", text.translate(_HYPHENS))
    text = _RUN_OF_BLANKS.sub(" ", _SPACES.sub(" ", text))
    return _RUN_OF_EMPTY_LINES.sub("\n\n", _BLANKS_AT_LINE_ENDS.sub("\n", text)).strip()


def clean_line(text: str) -> str:
    """``text`` as :func:`clean` makes it, on one line."""
    if "  " not in text and not _MAY_BE_UNCLEAN.search(text):  # as most that is typed: a tenth of the time
        return text.strip()
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """Lower case without accents, but with å, ä and ö: they are letters of their own in Swedish.

    ``"Idé, Müller, Støre, ÅÄÖ"`` becomes ``"ide, muller, störe, åäö"``.
    """
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFC", text.casefold()).translate(_PLAIN)
    if _SIMPLE.fullmatch(lowered):
        return lowered
    return "".join(c if c in _SWEDISH or c.isascii() else _without_marks(c) for c in lowered)


def _without_marks(char: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))


_NOT_IN_KEY = re.compile(r"[^a-z0-9]+")
_KEY_LETTERS = str.maketrans("åäö", "aao")


def key_of(name: str) -> str:
    """The stable key of a name: ``"Pål Jonson"`` becomes ``"pal-jonson"``.

    The same letters that regeringen.se uses in its addresses, so that keys look familiar.
    """
    return _NOT_IN_KEY.sub("-", fold(name).translate(_KEY_LETTERS)).strip("-")


_BLOCK_MARKS = re.compile(r"^(?:#{2,3} |• )", re.MULTILINE)


def flat(body: str) -> str:
    """A release's body as running text: without the marks of headings and lists, on one line."""
    return " ".join(_BLOCK_MARKS.sub("", body).split())


_STOPS = frozenset(".!?:;,…·”")


def running_text(summary: str, body: str) -> str:
    """A release's lead and body on one line, in which headings and items do not run into the sentence after them."""
    blocks = [*summary.split("\n"), *body.split("\n")]
    pieces = [piece for piece in map(flat, blocks) if piece]
    ended = (piece if piece[-1] in _STOPS else f"{piece} ·" for piece in pieces[:-1])
    return " ".join([*ended, *pieces[-1:]])
