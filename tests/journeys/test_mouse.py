"""The mouse does what the keys do."""

from textual import events
from textual.widget import Widget

from tests.journeys import coded
from tests.person import Person, seated
from tests.sight import frame, highlighted, words
from tui.widgets.theme_styles import styles_of


async def test_a_click_in_a_pane_focuses_it() -> None:
    async with seated() as me:
        for pane in ("article", "sources", "actors", "timeline"):
            widget = me.explore.query_one(f"#{pane}")
            await me.click(widget, (5, widget.region.height - 2))
            assert me.pane == pane
            assert me.location.pane == pane


async def test_a_click_on_a_row_of_the_timeline_previews_it_and_two_read_it() -> None:
    async with seated() as me:
        rows = me.session.window(me.explore.timeline.numbers)
        row = rows[me.explore.timeline.cursor + 2]
        x, y = row_with(me, me.explore.timeline, row.title[:15])
        await me.click(me.explore.timeline, (x, y))
        assert me.event_id == row.id
        assert me.pane == "timeline"
        await me.click(me.explore.timeline, (x, y), times=2)
        assert me.pane == "article"
        assert me.event_id == row.id
        assert highlighted(me.app) == words(coded.behind(me.event_id)[0].exact)


async def test_a_click_on_a_heading_or_the_histogram_chooses_no_event() -> None:
    async with seated() as me:
        event = me.event_id
        x, y = row_with(me, me.explore.timeline, "── 2024")
        await me.click(me.explore.timeline, (x, y), times=2)
        await me.click(me.explore.timeline, (4, 1), times=2)
        assert me.event_id == event
        assert me.pane == "timeline"


async def test_two_clicks_on_an_actor_show_its_events() -> None:
    async with seated() as me:
        actor = me.explore.actors.rows[2]
        x, y = row_with(me, me.explore.actors, actor.name[:12])
        await me.click(me.explore.actors, (x, y))
        assert me.explore.actors.cursor == 2
        await me.click(me.explore.actors, (x, y), times=2)
        assert me.filters == [f"actor={actor.name}"]
        assert me.pane == "timeline"


async def test_two_clicks_on_either_line_of_a_source_read_it() -> None:
    async with seated() as me:
        event = next(event for event in coded.event_ids() if len(coded.behind(event)) > 1)
        me.explore.timeline.move_to(me.row_of(event))
        await me.settle()
        sources = me.explore.sources
        head = len(sources.draw_head(40, styles_of(sources.app)))
        for line in (3 + head, 4 + head):
            await me.press("3", "g")
            await me.click(sources, (6, line))
            assert sources.cursor == 1
            await me.click(sources, (6, line), times=2)
            assert (me.pane, me.article_id) == ("article", coded.behind(event)[1].article)


async def test_two_clicks_on_a_passage_go_to_its_event_and_on_plain_text_nowhere() -> None:
    async with seated() as me:
        event = next(
            event
            for event in coded.event_ids()
            if len(coded.supported_by(coded.behind(event)[0].passage)) == 1
            and not coded.tables()["passages"][coded.behind(event)[0].passage].get("in_title")
        )
        me.explore.timeline.move_to(me.row_of(event))
        await me.settle()
        text = me.explore.article.text
        start = text.cursor_screen_offset - text.region.offset
        await me.click(text, (start.x, start.y))
        assert me.pane == "article"
        await me.click(text, (start.x, start.y), times=2)
        assert (me.pane, me.event_id) == ("timeline", event)


async def test_the_wheel_scrolls_a_pane_and_leaves_its_cursor() -> None:
    async with seated() as me:
        for widget in (me.explore.timeline, me.explore.article.text):
            event, position = me.event_id, me.explore.article.text.position
            before = widget.scroll_y
            await wheel(me, widget, up=False)
            down = widget.scroll_y
            assert down > before
            await wheel(me, widget, up=True)
            assert widget.scroll_y < down
            assert (me.event_id, me.explore.article.text.position) == (event, position)


async def wheel(me: Person, widget: Widget, *, up: bool) -> None:
    x, y = widget.region.center
    kind = events.MouseScrollUp if up else events.MouseScrollDown
    event = kind(
        widget=None, x=int(x), y=int(y), delta_x=0, delta_y=0, button=0,
        shift=False, meta=False, ctrl=False, screen_x=int(x), screen_y=int(y),
    )  # fmt: skip
    assert me.app._driver is not None
    me.app._driver.send_message(event)
    await me.settle()


def row_with(me: Person, widget: Widget, text: str) -> tuple[int, int]:
    """The position of a text in a pane, as column and row from the corner of the pane."""
    lines: dict[int, str] = {}
    for cell in frame(me.app, widget.region):
        lines[cell.y] = lines.get(cell.y, "") + cell.letter
    for y, line in lines.items():
        if text in line:
            return line.index(text), y - widget.region.y
    raise AssertionError(f"{text!r} is not to be seen in:\n" + "\n".join(lines.values()))
