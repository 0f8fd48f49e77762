"""The visible text of an HTML page as blocks in their order, each with what it stands in."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from store.errors import UnfitFile

MAX_DEPTH = 2000
"""The most elements within each other."""

_BLOCK_NAMES = """
address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table tbody
tfoot thead tr ul button label legend
"""
_UNSEEN_NAMES = """
script style template noscript head svg math iframe object embed select datalist canvas audio video
map textarea input noframes
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CELLS = frozenset(("td", "th"))


class VisibleBlock(NamedTuple):
    """A piece of the visible text, and the elements that it stands in, the innermost first."""

    text: str
    within: tuple[Any, ...]
    hidden: bool

    @property
    def tags(self) -> frozenset[str]:
        """The names of the elements that it stands in."""
        return frozenset(element.tag for element in self.within)


def page_tree(text: str) -> Any:
    """The tree of a page. Raises `UsageError` if it is empty or nested too deeply."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_pis=True, recover=True
    )
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnfitFile(f"is no HTML that can be read ({error})", "") from error
    if tree is None:
        raise UnfitFile("is an HTML page without any text", "")
    if any("xcessive depth" in one.message for one in parser.error_log):
        raise UnfitFile("its elements are nested too deeply", "")
    return tree


class _Walk:
    """A walk through a tree, which gathers the text between the bounds of blocks."""

    def __init__(self) -> None:
        self.found: list[VisibleBlock] = []
        self._words: list[str] = []
        self._path: list[Any] = []
        self._hidden = 0

    def enter(self, element: Any) -> None:
        """Begin an element."""
        if element.tag in _BLOCKS:
            self.flush()
        elif element.tag in _CELLS and "".join(self._words).strip():
            self._words.append(" | ")
        elif element.tag == "br":
            self._words.append(_BREAK)
        self._path.append(element)
        self._hidden += _is_hidden(element)
        self._words.append(element.text or "")

    def leave(self, element: Any) -> None:
        """End an element."""
        if element.tag in _BLOCKS:
            self.flush()
        self._hidden -= _is_hidden(element)
        self._path.pop()
        self._words.append(element.tail or "")

    def skip(self, element: Any) -> None:
        """Pass an element over, but for the text after it."""
        self._words.append(element.tail or "")

    def flush(self) -> None:
        """End the block: what was gathered is one, or one for each line."""
        whole = "".join(self._words)
        self._words.clear()
        keeps_lines = any(element.tag == "pre" for element in self._path)
        for part in re.split(r"\n\s*\n", whole) if keeps_lines else _parts(whole):
            words = part.strip("\n") if keeps_lines else " ".join(part.split())
            if words.strip():
                within = tuple(reversed(self._path))
                self.found.append(VisibleBlock(words, within, bool(self._hidden)))


_BREAK = "\ue000"


def _parts(whole: str) -> list[str]:
    """The text between line breaks of the page; line ends of the source are blanks."""
    return whole.split(_BREAK)


def visible_blocks(tree: Any) -> list[VisibleBlock]:
    """The blocks of a page in their order. Raises `UsageError` if it is nested too deeply."""
    walk = _Walk()
    body = tree.find("body")
    stack: list[tuple[Any, Iterator[Any]]] = []
    for root in [body] if body is not None else [tree]:
        walk.enter(root)
        stack.append((root, iter(root)))
        while stack:
            element, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                walk.leave(element)
            elif not isinstance(child.tag, str) or child.tag in _UNSEEN:
                walk.skip(child)
            else:
                if len(stack) > MAX_DEPTH:
                    raise UnfitFile("its elements are nested too deeply", "")
                walk.enter(child)
                stack.append((child, iter(child)))
        walk.flush()
    return walk.found


def _is_hidden(element: Any) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def names_of(element: Any) -> str:
    """The classes, id and role of an element, in small letters."""
    parts: Sequence[str | None] = (
        element.get("class"),
        element.get("id"),
        element.get("role"),
        element.get("data-testid"),
    )
    return " ".join(filter(None, parts)).lower()
