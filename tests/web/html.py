"""A page as tests look at it: its links, its headings, its words."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "br", "img"}


@dataclass
class Node:
    tag: str
    attrs: dict[str, str | None]
    parts: list["Node | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(p if isinstance(p, str) else f" {p.text} " for p in self.parts).split())

    def all(self, tag: str, **attrs: str) -> list["Node"]:
        nodes = [p for p in self.parts if isinstance(p, Node)]
        return [found for node in nodes for found in ([node] if node._is(tag, attrs) else []) + node.all(tag, **attrs)]

    def one(self, tag: str, **attrs: str) -> "Node":
        (found,) = self.all(tag, **attrs)
        return found

    def link(self, text: str) -> str:
        return next(a.attrs["href"] or "" for a in self.all("a") if text in a.text)

    def _is(self, tag: str, attrs: dict[str, str]) -> bool:
        return tag in ("*", self.tag) and all(self.attrs.get(k.rstrip("_")) == v for k, v in attrs.items())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.path = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.path[-1].parts.append(node)
        if tag not in _VOID:
            self.path.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.path.pop().tag == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.path[-1].parts.append(data)


def read(html: str) -> Node:
    """The page as a tree. Fails when an element is not closed."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    (root,) = reader.path
    return root
