"""A check of the code of `tui`: it never passes text from outside where Textual obeys markup."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import tui

SOURCES = sorted(Path(tui.__file__).parent.rglob("*.py"))

WIDGETS = frozenset(
    [
        "Static",
        "Label",
        "Button",
        "Link",
        "Markdown",
        "MarkdownViewer",
        "Checkbox",
        "RadioButton",
        "TabPane",
        "Tab",
        "Collapsible",
        "Option",
        "Selection",
        "Log",
        "RichLog",
        "Tooltip",
        "Toast",
        "Placeholder",
        "Rule",
        "Digits",
    ]
)
"""Widgets of Textual that take words, as markup unless they are told not to."""

METHODS = frozenset(
    ["notify", "update", "add_option", "add_options", "add_row", "add_column", "write_line"]
)
"""Methods of widgets and applications that take words in the same way."""

ATTRIBUTES = frozenset(
    ["border_title", "border_subtitle", "tooltip", "title", "sub_title", "placeholder"]
)
"""Attributes and named arguments that take words in the same way."""

NAMED = frozenset({"message", "content", "renderable"})
"""Arguments of those widgets and methods that are the words themselves."""

MARKUP = frozenset(
    ["from_markup", "from_ansi", "from_rich_text", "escape", "render_markup", "run_action"]
)
"""What turns words into more than words."""

OF_CONTENT = frozenset(["join", "pad_left", "pad_right", "truncate", "stylize"])
"""Methods of `Content` that return one."""

OWN_FIELDS = frozenset({"Field"})
"""Our own classes that make what they are given showable themselves."""


def name_of(node: ast.expr) -> str:
    """The last part of the name of a called function: `notify` of `self.app.notify`."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def makers(trees: list[ast.Module]) -> frozenset[str]:
    """The functions that are annotated to return a `Content`, and `Content` itself."""
    return frozenset({"Content"}) | {
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.returns and is_content(node.returns)
    }


def is_content(annotation: ast.expr) -> bool:
    return ast.unparse(annotation).strip("'\"") == "Content"


class Reader:
    """Reads one module; `safe` are the functions that return a `Content`."""

    def __init__(self, tree: ast.Module, safe: frozenset[str]) -> None:
        self.tree = tree
        self.safe = safe

    def faults(self) -> Iterator[str]:
        """Find expressions that must not be passed, with their lines."""
        yield from self._in(self.tree, {})

    def _in(self, scope: ast.AST, names: dict[str, list[ast.expr]]) -> Iterator[str]:
        """Find faults in a scope; `names` are the assignments in it and in outer scopes."""
        names = {**names, **_assigned(scope)}
        for node in _within(scope):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                if node.name == "render" and not (node.returns and is_content(node.returns)):
                    yield f"{node.lineno}: render() must return a Content"
                yield from self._in(node, names)
            for what, value in _handed_over(node):
                # what stands in an empty field is no markup, but may be hostile
                safe = self.safe | {"one_line"} if "placeholder" in what else self.safe
                if not self._is_safe(value, names, safe):
                    yield f"{node.lineno}: {what} is handed {ast.unparse(value)}"  # type: ignore[attr-defined]
            if isinstance(node, ast.Attribute) and node.attr in MARKUP:
                yield f"{node.lineno}: {node.attr} obeys what it is given"

    def _is_safe(
        self, value: ast.expr, names: dict[str, list[ast.expr]], safe: frozenset[str]
    ) -> bool:
        match value:
            case ast.Constant():
                return True
            case ast.IfExp(body=body, orelse=other):
                return self._is_safe(body, names, safe) and self._is_safe(other, names, safe)
            case ast.Name(id=name) if name in names:
                others = {other: held for other, held in names.items() if other != name}
                return all(self._is_safe(held, others, safe) for held in names[name])
            case ast.Call(func=ast.Attribute(attr=attribute, value=of)) if attribute in OF_CONTENT:
                return self._is_safe(of, names, safe)
            case ast.Call(func=func):
                return name_of(func) in safe
            case _:
                return False


def _within(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a scope, without the bodies of its functions."""
    for node in ast.iter_child_nodes(scope):
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _within(node)


def _assigned(scope: ast.AST) -> dict[str, list[ast.expr]]:
    """The values assigned to each name in a scope; arguments may be anything."""
    found: dict[str, list[ast.expr]] = {}
    if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
        for argument in ast.walk(scope.args):
            if isinstance(argument, ast.arg):
                kind = argument.annotation
                safe = kind is not None and is_content(kind)
                anything: ast.expr = ast.Constant("") if safe else ast.Name("an argument")
                found.setdefault(argument.arg, []).append(anything)
    for node in _within(scope):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Name):
                        found.setdefault(target.id, []).append(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found.setdefault(name, []).append(value)
    return found


def _handed_over(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The expressions passed to Textual as text, with the place of each."""
    match node:
        case ast.Call(func=func, args=args, keywords=keywords):
            name = name_of(func)
            plain = any(
                word.arg == "markup"
                and isinstance(word.value, ast.Constant)
                and not word.value.value
                for word in keywords
            )
            if (name in WIDGETS or name in METHODS) and not plain:
                yield from ((f"{name}()", argument) for argument in args[:1])
            of_textual = name in WIDGETS or name in METHODS or name == "exit"
            for word in keywords:
                named = NAMED | ATTRIBUTES if of_textual else ATTRIBUTES - {"title"}
                if word.arg in named and name not in OWN_FIELDS and not plain:
                    yield f"{name}({word.arg}=)", word.value
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES:
                    yield f".{target.attr}", value
        case ast.AnnAssign(target=ast.Attribute(attr=name), value=ast.expr() as value):
            if name in ATTRIBUTES:
                yield f".{name}", value


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text("utf-8"), str(path)) for path in SOURCES}


@cache
def safe() -> frozenset[str]:
    return makers(list(trees().values()))


def faults(code: str) -> list[str]:
    return list(Reader(ast.parse(code), safe()).faults())


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_text_from_outside_is_never_markup(path: Path) -> None:
    assert list(Reader(trees()[path], safe()).faults()) == []


def test_only_the_second_net_makes_segments() -> None:
    for path, tree in trees().items():
        made = [node for node in ast.walk(tree) if getattr(node, "id", "") == "Segment"]
        assert not made or path.name == "output_filters.py", path


@pytest.mark.parametrize(
    "code",
    [
        "Static(row.title)",
        "yield Label(f'{row.title}')",
        "Static(content=title)",
        "Static(row.title, markup=True)",
        "Static(one_line(row.title))",
        "self.notify(error.message)",
        "self.app.notify(message=words)",
        "self._about.update(pick.about)",
        "pane.border_title = row.title",
        "pane.border_subtitle = '%s' % count",
        "pane.tooltip = row.name + '!'",
        "self.title = case.name",
        "Input(placeholder=row.title)",
        "Widget(tooltip=row.title)",
        "app.exit(1, message=error.message)",
        "Content.from_markup(title)",
        "self.update(Content.from_markup(title))",
        "Static(escape(title))",
        "text = rich.markup.escape(title)",
        "class W(Widget):\n    def render(self) -> str:\n        return self.title",
        "class W(Widget):\n    def render(self):\n        return self.title",
        "def f(title):\n    Static(title)",
        "def f(row):\n    title = said(row.title)\n    title = row.title\n    Static(title)",
        "def f(row):\n    Static('' if row else row.title)",
        "def f(row):\n    def g():\n        Static(row.title)",
        "list.add_option(row.title)",
        "Option(row.title)",
    ],
)
def test_what_should_not_stand_there_is_found(code: str) -> None:
    assert len(faults(code)) >= 1


@pytest.mark.parametrize(
    "code",
    [
        "Static('words')",
        "Static(Content(row.title))",
        "Static(row.title, markup=False)",
        "self.notify(error.message, markup=False)",
        "self._about.update(said(pick.about))",
        "pane.border_title = ''",
        "def f(row):\n    title = said(row.title)\n    pane.border_title = title if row else ''",
        "def f(title: Content):\n    Static(title)",
        "pane.border_title = Content(' ').join([said(row.title)])",
        "found[row.title] = row.title",
        "Input(placeholder=one_line(row.title))",
    ],
)
def test_what_may_stand_there_is_left_alone(code: str) -> None:
    assert faults(code) == []
