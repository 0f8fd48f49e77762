"""The ink of the theme: its variables as styles.

Not as component classes, which Textual matches against every rule for every
widget whenever a style may have changed (a third of the time to the first
frame, measured).
"""

from functools import lru_cache
from typing import Any

from textual.app import App
from textual.color import Color
from textual.style import Style

from tui.draw.styles import Styles

_VARIABLES = (
    "foreground",
    "muted",
    "accent",
    "secondary",
    "asserts",
    "doubts",
    "denies",
    "passage-text",
    "passage",
    "rule",
    "cursor-row",
    "cursor-row-away",
    "side-a",
    "side-b",
)


_INSTEAD = {"side-a": "primary", "side-b": "secondary"}
"""What a theme has in place of variables that it lacks."""


def styles_of(app: App[Any]) -> Styles:
    """The styles of the app's theme."""
    variables = app.theme_variables
    return _styles(tuple(variables.get(name) or variables[_INSTEAD[name]] for name in _VARIABLES))


@lru_cache(8)
def _styles(values: tuple[str, ...]) -> Styles:
    colours = dict(zip(_VARIABLES, (Color.parse(value) for value in values), strict=True))
    return Styles(
        plain=Style(foreground=colours["foreground"]),
        muted=Style(foreground=colours["muted"]),
        strong=Style(foreground=colours["foreground"], bold=True),
        accent=Style(foreground=colours["accent"]),
        bars=Style(foreground=colours["secondary"]),
        asserts=Style(foreground=colours["asserts"]),
        doubts=Style(foreground=colours["doubts"]),
        denies=Style(foreground=colours["denies"]),
        match=Style(foreground=colours["passage-text"], background=colours["passage"], bold=True),
        rule=Style(foreground=colours["rule"]),
        underline=Style(underline=True),
        reverse=Style(reverse=True),
        cursor=Style(background=colours["cursor-row"], bold=True),
        cursor_away=Style(background=colours["cursor-row-away"]),
        side_a=Style(foreground=colours["side-a"]),
        side_b=Style(foreground=colours["side-b"]),
        lit=Style(foreground=colours["accent"], bold=True, underline=True),
    )
