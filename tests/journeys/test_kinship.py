"""A reader finds two reports to be of one house, on the screen, by the words that both share."""

import json
from pathlib import Path

import pytest

from store.archive import Archive
from tests.person import Person, seated
from tests.small import SmallCase
from tests.store.test_shared_text import BODY, LEAD, OTHER_LEAD
from tui.session.settings import remember_author

CLAIMED = "eleven were waiting in the roads"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Two prints of an agency's text, neither of which names it, and another text."""
    remember_author("Ana Nowak")
    small = SmallCase()
    port = small.event("Siege of the port")
    for name, text in (
        ("morning", LEAD + BODY),
        ("noon", OTHER_LEAD + BODY),
        ("own", f"Nobody counted them, but {CLAIMED}."),
    ):
        small.claim(port, small.article(name, text, title=f"Port, {name}"), CLAIMED)
    return small.write(tmp_path / "port.json")


async def to_article(me: Person) -> None:
    """Go to the first article of the event."""
    await me.press("enter")
    assert "Port, morning" in me.screen


async def test_the_shared_words_are_shown_and_what_is_found_counts_at_once(case: Path) -> None:
    async with seated((120, 40), case) as me:
        assert "3/3?" in me.screen
        await to_article(me)
        await me.command("kinship one-house the same desk")
        assert "same text?" in me.screen
        assert "Dock workers had been told to stay at home" in me.screen
        await me.press("enter")
        assert "Found one-house" in me.said
        assert "3/2?" in me.screen
        await me.press("i")
        assert "one house: the same desk" in me.screen
        await me.press("escape", "u")
        assert "3/3?" in me.screen


async def test_a_word_and_a_reason_are_asked_for(case: Path) -> None:
    async with seated((120, 40), case) as me:
        await to_article(me)
        await me.command("kinship")
        await me.press("enter")
        assert "copies; count as one article" in me.screen
        await me.type("same-text")
        await me.press("enter")
        await me.type("one agency's")
        await me.press("enter")
        assert "2/2?" in me.screen
    log = [json.loads(line) for line in case.with_name("port.json.log").read_text().splitlines()]
    assert log[-1]["why"] == "same text: one agency's"
    assert log[-1]["edits"][0]["after"]["verdict"] == "same text"
    Archive.open(case).close()


async def test_it_is_found_of_articles_only(case: Path) -> None:
    async with seated((120, 40), case) as me:
        await me.command("kinship apart no")
        assert "This works only on an article, not on an event." in me.said
