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
from tui.styles.themes import PLAIN

_VARIABLES = (
    "foreground",
    "muted",
    "accent",
    "secondary",
    "asserts",
    "doubts",
    "denies",
    "differs",
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
    theme = app.current_theme
    if theme.name == PLAIN.name:
        return PLAIN_STYLES
    variables = app.theme_variables
    values = tuple(variables.get(name) or variables[_INSTEAD[name]] for name in _VARIABLES)
    return _styles(values, terminal=theme.ansi)


@lru_cache(8)
def _styles(values: tuple[str, ...], *, terminal: bool) -> Styles:
    """The styles in these colours; of a `terminal`'s own, which may not show on each other."""
    colours = dict(zip(_VARIABLES, (Color.parse(value) for value in values), strict=True))
    found = Styles(
        plain=Style(foreground=colours["foreground"]),
        muted=Style(foreground=colours["muted"]),
        strong=Style(foreground=colours["foreground"], bold=True),
        accent=Style(foreground=colours["accent"]),
        bars=Style(foreground=colours["secondary"]),
        asserts=Style(foreground=colours["asserts"]),
        doubts=Style(foreground=colours["doubts"]),
        denies=Style(foreground=colours["denies"]),
        differs=Style(foreground=colours["differs"]),
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
    if terminal:
        return found._replace(cursor=PLAIN_STYLES.cursor, cursor_away=PLAIN_STYLES.cursor_away)
    return found


PLAIN_STYLES = Styles(
    plain=Style(),
    muted=Style(dim=True),
    strong=Style(bold=True),
    accent=Style(bold=True),
    bars=Style(),
    asserts=Style(),
    doubts=Style(),
    denies=Style(bold=True),
    differs=Style(),
    match=Style(reverse=True, bold=True),
    rule=Style(dim=True),
    underline=Style(underline=True),
    reverse=Style(reverse=True),
    cursor=Style(reverse=True, bold=True),
    cursor_away=Style(bold=True),
    side_a=Style(),
    side_b=Style(),
    lit=Style(bold=True, underline=True),
)
"""The styles without colours."""
