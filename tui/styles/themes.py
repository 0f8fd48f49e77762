"""The themes: one accent, three meaning hues and one for what is open; everything else calm.

A dark and a light one in 24 bits, the same in the sixteen colours that the user's terminal has,
and one without any colour.
"""

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="dark",
    dark=True,
    primary="#7fa7c9",
    secondary="#5d7c99",
    accent="#e0b25a",
    foreground="#d6d8da",
    background="#15181b",
    surface="#15181b",
    panel="#1d2226",
    success="#8fbf8f",
    warning="#d8b06a",
    error="#d98a84",
    variables={
        "sheet": "#1d2226",
        "rule": "#3b444c",
        "muted": "#8b949c",
        "cursor-row": "#2b3a47",
        "cursor-row-away": "#22282d",
        "passage": "#4a3d1c",
        "passage-text": "#fff3d6",
        "on-accent": "#15181b",
        "asserts": "#8fbf8f",
        "doubts": "#d8b06a",
        "denies": "#e07f78",
        "differs": "#8fb4dd",
        "side-a": "#8fb8dc",
        "side-b": "#c6a6d6",
    },
)

LIGHT = Theme(
    name="light",
    dark=False,
    primary="#2f5d86",
    secondary="#5b7891",
    accent="#8a5a00",
    foreground="#1e2328",
    background="#faf9f6",
    surface="#faf9f6",
    panel="#efede7",
    success="#2f6b35",
    warning="#7a5400",
    error="#9a2f2a",
    variables={
        "sheet": "#efede7",
        "rule": "#c9c5bb",
        "muted": "#666d74",
        "cursor-row": "#d5e2ee",
        "cursor-row-away": "#e9e7e1",
        "passage": "#ffe7a8",
        "passage-text": "#1e1a10",
        "on-accent": "#faf9f6",
        "asserts": "#2f6b35",
        "doubts": "#7a5400",
        "denies": "#9a2f2a",
        "differs": "#2f5d86",
        "side-a": "#1f5f93",
        "side-b": "#7b3c8c",
    },
)


def _of_terminal(name: str, *, dark: bool, accent: str, differs: str, bars: str) -> Theme:
    """A theme of the terminal's own colours, on its own background."""
    base = BUILTIN_THEMES["ansi-dark" if dark else "ansi-light"]
    return Theme(
        name=name,
        ansi=True,
        dark=dark,
        primary=differs,
        secondary=bars,
        accent=accent,
        foreground="ansi_default",
        background="ansi_default",
        success="ansi_green",
        warning="ansi_magenta",
        error="ansi_red",
        variables=base.variables
        | {
            "sheet": "ansi_default",
            "rule": "ansi_bright_black",
            "muted": "ansi_bright_black",
            "cursor-row": "ansi_blue",
            "cursor-row-away": "ansi_default",
            "passage": "ansi_yellow",
            "passage-text": "ansi_black",
            "on-accent": "ansi_black" if dark else "ansi_bright_white",
            "asserts": "ansi_green",
            "doubts": "ansi_magenta",
            "denies": "ansi_red",
            "differs": differs,
            "side-a": "ansi_cyan" if dark else "ansi_blue",
            "side-b": "ansi_magenta",
        },
    )


TERMINAL_DARK = _of_terminal(
    "terminal-dark", dark=True, accent="ansi_yellow", differs="ansi_cyan", bars="ansi_cyan"
)
TERMINAL_LIGHT = _of_terminal(
    "terminal-light", dark=False, accent="ansi_blue", differs="ansi_cyan", bars="ansi_blue"
)

PLAIN = Theme(
    name="plain",
    ansi=True,
    primary="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    variables={
        name: "ansi_default" if value.startswith("ansi_") else value
        for name, value in TERMINAL_DARK.variables.items()
    },
)
"""No colour: bold, dim and reversed in its place."""

THEMES = {theme.name: theme for theme in (DARK, LIGHT, TERMINAL_DARK, TERMINAL_LIGHT, PLAIN)}

OTHER_SIDE = {
    DARK.name: LIGHT.name,
    LIGHT.name: DARK.name,
    TERMINAL_DARK.name: TERMINAL_LIGHT.name,
    TERMINAL_LIGHT.name: TERMINAL_DARK.name,
    PLAIN.name: PLAIN.name,
}
"""The dark theme for a light one, and the light one for a dark."""


def first_theme(colours: str | None, background: str) -> str:
    """The name of the theme to begin with.

    `colours` is what the terminal can show, as Rich names it: `truecolor`, `256`, `standard`
    (sixteen), or None. `background` is the variable COLORFGBG that some terminals set:
    `15;0` is light on black.
    """
    light = background.rpartition(";")[2] in ("7", "15")
    match colours:
        case None:
            return PLAIN.name
        case "truecolor" | "256":
            return LIGHT.name if light else DARK.name
        case _:
            return TERMINAL_LIGHT.name if light else TERMINAL_DARK.name
