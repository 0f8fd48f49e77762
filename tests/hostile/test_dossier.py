"""A dossier of a hostile case: nothing from it becomes a tag, an attribute, a link or a format."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.hostile import small
from tests.imports import run

EVIL = (
    "<script>alert(1)</script><img src=x onerror=y> \" onload='z' </style></svg></title>"
    " ![i](http://evil.example/i.png) [l](javascript:a) <http://evil.example> www.evil.example"
    " https://evil.example mail@evil.example `c` **b** ~~d~~ | t | &lt;b&gt; &#60;i&#62;"
    " ]] #h {x} $m$ <!-- c --> ]]> %3Cscript%3E \\<u> @import url(//evil.example)"
)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


TAGS = _words(
    "html head meta title style body main header section h1 h2 h3 dl dt dd p ul ol li a span "
    "blockquote code table thead tbody tr th td figure figcaption svg line circle rect text "
    "polyline"
)
ATTRIBUTES = _words(
    "lang charset http-equiv content name class href id dir scope viewbox role aria-label x1 "
    "y1 x2 y2 cx cy r x y width height text-anchor points"
)
TOKENS = _words(
    "heading_open heading_close paragraph_open paragraph_close bullet_list_open "
    "bullet_list_close list_item_open list_item_close blockquote_open blockquote_close "
    "table_open table_close thead_open thead_close tbody_open tbody_close tr_open tr_close "
    "th_open th_close td_open td_close inline text text_special code_inline"
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        harm = f"{small.HARM} {EVIL}"
        patch.setattr(small, "HARM", harm)
        patch.setattr(small, "FORMULA", f"1. {EVIL}")
        patch.setattr(small, "TEXT", f"First line.\n\t- {EVIL} {harm} 1) end {harm}.")
        yield small.hostile_case(tmp_path_factory.mktemp("hostile") / "hostile.json")


@pytest.fixture(scope="module", params=[(small.EVENT,), ("--type", "capture")])
def both(
    request: pytest.FixtureRequest, case: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("out")
    found = {}
    for ending in (".html", ".md"):
        to = folder / f"d{ending}"
        done = run("dossier", *request.param, "--into", to, "--case", case)
        assert done.exit_code == 0, done.stderr
        found[ending] = to.read_text("utf-8")
    return found


class Seen(HTMLParser):
    """The tags, attributes, addresses and words of a file."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.comments: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def test_html_of_a_hostile_case_has_no_tag_attribute_or_link_of_it(both: dict[str, str]) -> None:
    text = both[".html"]
    seen = Seen(text)
    assert seen.tags <= TAGS | {"title"}
    assert seen.attributes <= ATTRIBUTES
    assert not seen.comments
    assert seen.addresses
    assert all(one.startswith("#") for one in seen.addresses)
    assert text.count("<style>") == text.count("</style>") == 1
    assert "<script>alert(1)</script>" in "".join(seen.words)


def test_html_says_in_its_policy_that_nothing_runs_and_nothing_is_fetched(
    both: dict[str, str],
) -> None:
    text = both[".html"]
    policy = text.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert "<script" not in text
    assert " style=" not in text


@pytest.mark.parametrize("preset", ["commonmark", "gfm-like"])
def test_markdown_of_a_hostile_case_has_no_construct_of_it(
    both: dict[str, str], preset: str
) -> None:
    text = both[".md"]
    reader = MarkdownIt(preset)
    if preset == "commonmark":
        reader.enable("table")
    else:  # bare names such as evil.example are no addresses on any known site
        assert reader.linkify
        reader.linkify.set({"fuzzy_link": False})
    tokens = reader.parse(text)
    assert {one.type for one in _all(tokens)} <= TOKENS
    words = "".join(one.content for one in _all(tokens) if one.type.startswith("text"))
    assert "<script>alert(1)</script>" in words
    headings = [one for one in tokens if one.type == "heading_open"]
    assert {one.tag for one in headings} <= {"h1", "h2", "h3"}
    nested = max(one.level for one in tokens if one.type == "list_item_open")
    assert nested == 1


def _all(tokens: list[Token]) -> Iterator[Token]:
    for one in tokens:
        yield one
        yield from _all(one.children or [])


def test_no_control_character_is_left_raw(both: dict[str, str]) -> None:
    for text in both.values():
        assert not set(text) & small.NEVER_RAW
