"""What a release must be, whatever its source was: shared by tests and by the fuzzer (``bench.fuzz``)."""

import json
import re
import unicodedata
from collections.abc import Iterator

from index.release import Release
from index.sources.addresses import SITE
from index.sources.blocks import clean_body
from index.sources.dates import is_iso
from index.sources.pagetext import MAX_TITLE
from index.text import clean_line

_ID = re.compile(r"[^\s/]+")


def complaints(release: Release) -> Iterator[str]:
    """What is wrong with a release that a source gave; nothing when it is well-formed."""
    if not _ID.fullmatch(release.id):
        yield f"the id {release.id!r} is empty or has slashes or blanks"
    if not 0 < len(release.title) <= MAX_TITLE:
        yield f"the title has {len(release.title)} characters"
    for name in ("title", "type", "summary", "body", "contact"):
        yield from _of_text(name, getattr(release, name))
    for text in (release.title, *release.senders, *release.categories):
        if clean_line(text) != text:
            yield f"{text!r} is not one clean line"
    if clean_body(release.body) != release.body:
        yield "the body is not clean"
    if release.url is not None and not release.url.startswith(SITE):
        yield f"the address {release.url!r} is not on the site"
    for day in (release.published, release.updated):
        if day is not None and not is_iso(day):
            yield f"{day!r} is no date"
    if Release.from_dict(json.loads(json.dumps(release.to_dict()))) != release:
        yield "it does not survive being stored"


def _of_text(name: str, text: str) -> Iterator[str]:
    hidden = {char for char in text if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"}
    if hidden:
        yield f"the {name} has {sorted(hidden)!r}"
    if text != text.strip("\n"):
        yield f"the {name} begins or ends with an empty line"
