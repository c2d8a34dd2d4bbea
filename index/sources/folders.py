"""A folder: a g0v.se tree, or files of several kinds."""

from collections.abc import Callable, Iterator
from pathlib import Path

from index.release import Release
from index.sources import archives, g0v, html, jsonlines, kinds, pagetext
from index.sources.files import (
    TEXT_LIMIT,
    decode,
    listed,
    name_in,
    read_bytes,
    walk,
)
from index.sources.items import Found, Item, Rejected, Unreadable

_NOT_READ = (
    "it is not a kind of file that Pressök reads (copied page text .txt, a saved page .html, JSON Lines .jsonl, "
    "or a g0v.se tree as a folder or .tar.gz)"
)
_BESIDE_PAGE = ("_files", "_filer", "-filer")
_PART_OF_TREE = "it is read as part of a g0v.se tree only; give the folder that holds TYPE.json and TYPE/YYYY/MM/"


def read(folder: Path, root: Path, source: str) -> Iterator[Item]:
    """Everything in the folder, which is ``root`` or lies in it; keys are paths within ``root``."""
    if is_tree(folder):
        prefix = "" if folder == root else f"{name_in(root, folder)}/"
        yield from _read_tree(folder, g0v.Tree(source, prefix))
        return
    for found in listed(folder, root):
        if isinstance(found, Rejected):
            yield found
        elif not found.is_dir():
            yield from read_file(found, root, source)
        elif not _belongs_to_page(found):
            yield from read(found, root, source)


def read_file(path: Path, root: Path, source: str) -> Iterator[Item]:
    """What the file holds, by its kind; ``root`` is the folder given, or the file itself."""
    name = name_in(root, path)
    lower = path.name.lower()
    if not path.is_file():
        yield Rejected(name, "it is not an ordinary file")
    elif lower.endswith(".txt"):
        yield _page(path, source, name, TEXT_LIMIT, lambda data: pagetext.parse(decode(data), name))
    elif lower.endswith(html.SUFFIXES):
        yield _page(path, source, name, html.HTML_LIMIT, lambda data: html.parse(data, name))
    elif lower.endswith(jsonlines.SUFFIXES):
        yield from jsonlines.read(path, source, name)
    elif lower.endswith(archives.SUFFIXES):
        yield from archives.read(path, source, name, "" if path == root else f"{name}/")
    else:
        yield Rejected(name, _PART_OF_TREE if lower.endswith((".md", ".json")) else _NOT_READ)


def _page(path: Path, source: str, name: str, limit: int, parse: Callable[[bytes], Release]) -> Item:
    try:
        return Found(parse(read_bytes(path, limit)), source, name)
    except Unreadable as error:
        return Rejected(name, str(error))


def _belongs_to_page(folder: Path) -> bool:
    """Whether a browser made the folder beside a page that it saved, for the page's pictures and styles."""
    return any(
        folder.name.endswith(ending) and folder.with_name(folder.name.removesuffix(ending) + suffix).is_file()
        for ending in _BESIDE_PAGE
        for suffix in html.SUFFIXES
    )


def is_tree(folder: Path) -> bool:
    """Whether the folder is a g0v.se tree: it has a table of codes, a known list, or pages by year."""
    try:
        return (
            (folder / g0v.CODES).is_file()
            or any((folder / f"{name}.json").is_file() for name in kinds.OF_FOLDER)
            or any(_has_pages(year) for year in folder.glob("*/[12][0-9][0-9][0-9]*"))
        )
    except OSError:
        return False


def _has_pages(year: Path) -> bool:
    return year.is_dir() and any(next(year.glob(pages), None) for pages in ("*.md", "*/*.md"))


def _read_tree(folder: Path, tree: g0v.Tree) -> Iterator[Item]:
    for path in walk(folder, folder):
        if isinstance(path, Rejected):
            tree.reject(path.name, path.reason)
            continue
        name = name_in(folder, path)
        try:
            tree.add(name, read_bytes(path, g0v.size_limit(name)))
        except Unreadable as error:
            tree.reject(name, str(error))
    yield from tree.items()
