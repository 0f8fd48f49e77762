"""One dark and one light theme: one accent, three meaning hues, everything else calm."""

from textual.theme import Theme

DARK = Theme(
    name="conflict-dark",
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
        "rule": "#3b444c",
        "muted": "#8b949c",
        "cursor-row": "#2b3a47",
        "cursor-row-away": "#22282d",
        "passage": "#4a3d1c",
        "passage-text": "#fff3d6",
        "asserts": "#8fbf8f",
        "doubts": "#d8b06a",
        "denies": "#d98a84",
        "side-a": "#8fb8dc",
        "side-b": "#c6a6d6",
    },
)

LIGHT = Theme(
    name="conflict-light",
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
        "rule": "#c9c5bb",
        "muted": "#666d74",
        "cursor-row": "#d5e2ee",
        "cursor-row-away": "#e9e7e1",
        "passage": "#ffe7a8",
        "passage-text": "#1e1a10",
        "asserts": "#2f6b35",
        "doubts": "#7a5400",
        "denies": "#9a2f2a",
        "side-a": "#1f5f93",
        "side-b": "#7b3c8c",
    },
)
