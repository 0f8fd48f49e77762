"""The themes: what a terminal can show, in its own colours or in none."""

import pytest
from rich.color import ColorType

from seeds.bundled import BUNDLED
from tests.person import seated
from tests.sight import frame
from tui.app import ConflictApp
from tui.commands.registry import THEME_NAMES
from tui.styles.themes import DARK, OTHER_SIDE, PLAIN, THEMES, first_theme


@pytest.mark.parametrize(
    ("colours", "background", "theme"),
    [
        ("truecolor", "", "dark"),
        ("truecolor", "0;15", "light"),
        ("256", "15;0", "dark"),
        ("standard", "", "terminal-dark"),
        ("standard", "0;default;15", "terminal-light"),
        ("standard", "nonsense", "terminal-dark"),
        (None, "", "plain"),
    ],
)
def test_it_begins_with_what_the_terminal_can_show(
    colours: str | None, background: str, theme: str
) -> None:
    assert first_theme(colours, background) == theme


def test_every_theme_has_the_same_variables_and_another_side() -> None:
    assert set(THEMES) == set(THEME_NAMES) == set(OTHER_SIDE)
    for theme in THEMES.values():
        assert set(DARK.variables) <= set(theme.variables)
        assert OTHER_SIDE[OTHER_SIDE[theme.name]] == theme.name


async def test_sixteen_colours_are_the_terminals_own_and_tell_things_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("COLORTERM")
    async with seated((120, 40)) as me:
        colours = set()
        for strip in me.app.screen._compositor.render_strips():
            for segment in strip:
                if segment.style is not None and segment.style.color is not None:
                    assert segment.style.color.type in (ColorType.STANDARD, ColorType.DEFAULT)
                    colours.add(segment.style.color.number)
        green, yellow, cyan, grey = 2, 3, 6, 8
        assert {green, yellow, cyan, grey, None} <= colours
        assert any(cell.reverse for cell in frame(me.app, me.explore.timeline.region))
        await me.command("theme terminal-light")
        assert me.app.theme == "terminal-light"


def test_without_colours_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ConflictApp(BUNDLED, bundled=True)
    assert app.theme == PLAIN.name
