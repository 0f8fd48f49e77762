"""A message can be read to its end, even if it does not fit the line."""

import pytest

from tests.person import seated
from tests.screens.test_states import every_size
from tests.snapshots import cells

LONG = (
    "The original cannot be attached: it is no text that this case has a digest of, as its SHA-256"
    " is that of no article here; look whether a newer export of the same archive has it, or attach"
    " it to the case of the north with conflict-tui attach FILE --into north.json"
)


def last_lines(screen: str, number: int) -> list[str]:
    return screen.splitlines()[-number:]


@every_size
async def test_a_long_message_has_several_lines_while_it_stands(size: tuple[int, int]) -> None:
    async with seated(size) as me:
        before = cells(me.app)
        me.explore.say(LONG)
        await me.settle()
        height = me.explore.status.size.height
        assert height == (2 if size[0] == 200 else 3)
        told = " ".join(line.strip() for line in last_lines(cells(me.app), height))
        assert told.startswith("The original cannot be attached")
        assert told.endswith("? keys")
        assert ("--into north.json" in told) == (size[0] != 80)
        assert ("…" in told) == (size[0] == 80)
        me.explore.say("")
        await me.settle()
        assert cells(me.app) == before


@pytest.mark.parametrize("size", [(80, 12), (300, 40)])
async def test_it_has_one_line_where_the_terminal_is_low_and_where_it_fits(
    size: tuple[int, int],
) -> None:
    async with seated(size) as me:
        me.explore.say(LONG)
        await me.settle()
        assert me.explore.status.size.height == 1
        assert "The original cannot be" in last_lines(cells(me.app), 1)[0]


async def test_a_key_takes_it_away() -> None:
    async with seated((100, 30)) as me:
        me.explore.say(LONG)
        await me.settle()
        assert me.explore.status.size.height == 3
        await me.press("j")
        assert me.explore.status.size.height == 1
        assert "The original" not in cells(me.app)
