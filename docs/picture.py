"""The picture of the README: the explore screen, an event open on its passage, as SVG."""

import asyncio
import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tui.app import ConflictApp

SIZE = (120, 40)

KEYS = ("/", *"take", "space", *"aleppo", "enter", "escape", "enter", "]", "]", "]")
"""Find an event in the timeline, and go to the fourth article that supports it."""

_CELL = 12.2
"""The width of a cell in the picture."""

_FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_WORDS = re.compile(
    r'x="(?P<x>[\d.]+)" (?P<y>y="[\d.]+") textLength="(?P<length>[\d.]+)" (?P<clip>clip[^>]+)>'
    r"(?P<before>(?:&#160;)*)(?P<words>[^<]*?)(?P<after>(?:&#160;)*)</text>"
)


def picture() -> str:
    """Draw the picture, identically on every machine."""
    for name in list(os.environ):
        if name.startswith("TEXTUAL") or name in ("NO_COLOR", "COLORFGBG"):
            del os.environ[name]
    os.environ |= {"TEXTUAL_ANIMATIONS": "none", "TEXTUAL_SMOOTH_SCROLL": "0"}
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    return self_contained(asyncio.run(_drawn()))


def self_contained(svg: str) -> str:
    """Remove font addresses and varying ids from the picture.

    Trailing blanks become distances, as not every viewer keeps them.
    """
    svg = re.sub(r"terminal-\d+", "terminal", _COMMENT.sub("", _FONT_FACE.sub("", svg)))
    return _WORDS.sub(_without_blanks, svg)


def _without_blanks(found: re.Match[str]) -> str:
    before, after = (found[side].count(";") for side in ("before", "after"))
    x = float(found["x"]) + before * _CELL
    length = float(found["length"]) - (before + after) * _CELL
    place = f'x="{x:.1f}" {found["y"]} textLength="{length:.1f}" {found["clip"]}'
    return f"{place}>{found['words']}</text>"


async def _drawn() -> str:
    # Textual reads the environment when it is imported
    from seeds.bundled import BUNDLED
    from tui.app import ConflictApp

    app = ConflictApp(BUNDLED, bundled=True)
    async with app.run_test(size=SIZE) as pilot:
        await _settled(pilot, app)
        for key in KEYS:
            await pilot.press(key)
            await _settled(pilot, app)
        return app.export_screenshot(title="conflict-tui", simplify=True)


async def _settled(pilot: "Pilot[int]", app: "ConflictApp") -> None:
    """Wait until all queries are answered and drawn."""
    await pilot.pause()
    while app.explore.session is None or not app.explore.questions.idle:
        await app.workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()
