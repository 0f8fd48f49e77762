"""The text of an article: what is centred before the first layout is in the middle after it."""

from tests.person import seated
from tui.widgets.text_view import ArticleText

LONG = f"A line that is long enough to be wrapped {'on ' * 60}"
TEXT = "\n".join([LONG, LONG, LONG, "", *"abcdefgh" * 8])


async def test_what_is_centred_before_the_layout_stands_where_it_would_after_it() -> None:
    async with seated((120, 40)) as me:
        text = ArticleText()
        await me.explore.article.mount(text)
        assert text.size.height == 0, "it is not laid out yet"
        text.hold(TEXT)
        text.centre(TEXT.index("a\nb"))
        await me.settle()
        before = round(text.scroll_y)
        text.centre(TEXT.index("a\nb"))
        await me.settle()
        assert text.size.height > 0
        assert round(text.scroll_y) == before
