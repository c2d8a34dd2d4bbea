"""What the documents say of limits and settings is what there is."""

from pathlib import Path

from index.sources import archives, files, html
from search import language
from search.local import lookup
from web import params
from web.middleware import security
from web.server import options
from web.settings import TABLE, Settings

ROOT = Path(__file__).parent.parent


def rows(text: str) -> dict[str, str]:
    """The first two cells of every row of the tables."""
    cells = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {row[0]: row[1] for row in cells}


def test_every_setting_is_in_the_table_of_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for row in TABLE:
        default = f"`{row.default}`" if row.default else ""
        assert " ".join(f"| `{row.name}` | {default} | {row.help} |".split()) in " ".join(text.split())


def test_the_limits_told_are_those_that_there_are() -> None:
    told, server = rows((ROOT / "docs" / "operations.md").read_text(encoding="utf-8")), options(Settings())
    assert {
        "requests of one client": f"`PRESSOK_RATE`, {Settings().rate} a minute",
        "exports of one client": f"`PRESSOK_EXPORTS`, {Settings().exports} a minute",
        "a parameter": f"{params.MAX_LENGTH} characters",
        "values of one facet": f"{params.MAX_VALUES}",
        "words, phrases, prefixes and fields of a query": f"{language.MAX_ATOMS}",
        "words of a phrase": f"{language.MAX_PHRASE}",
        "letters before a `*`": f"at least {language.MIN_PREFIX}",
        "words that a prefix stands for": f"the {lookup.MAX_EXPANSION} that most releases have",
        "hits that can be paged to": f"{params.MAX_DEPTH:,}",
        "hits on a page": f"{params.MAX_SIZE}",
        "a request's first line, a header": f"{server['limit_request_line']:,} bytes",
        "headers": f"{server['limit_request_fields']}",
        "a body": f"{security.MAX_BODY:,} bytes, none of which is read",
        "a page as text or Markdown, a line of JSON": f"{files.TEXT_LIMIT // files.MB} MB",
        "a saved HTML page": f"{html.HTML_LIMIT // files.MB} MB",
        "a JSON list": f"{files.LIST_LIMIT // files.MB} MB",
        "a packed file": f"unpacks to {files.MAX_UNPACKED // files.MB // 1000} GB, to {files.MAX_RATIO} times its size "
        f"when that is more than {files.SMALL // files.MB} MB",
        "members of an archive": f"{archives.MAX_MEMBERS:,}",
        "a member's name": f"{archives.MAX_NAME // 1000} kB",
        "folders within each other": f"{files.MAX_DEPTH}",
    }.items() <= told.items()
    assert server["limit_request_line"] == server["limit_request_field_size"]
