"""An analyst brings articles into an empty case, lists and searches them, and codes one."""

from pathlib import Path

import pytest

from store.custody.verify import verify
from store.model.records import Article
from tests.imports import new_case
from tests.journeys.test_changes import ANA, WIDE
from tests.person import seated
from tui.session.settings import remember_author
from tui.session.trail import Apart

REPORT = """Rebels take Zed

Rebel fighters captured the town of Zed on Thursday, residents said.

At least 27 civilians were killed in the shelling of Zed.
"""
OTHER = """Talks in Qorville

Envoys met in Qorville. The shelling of Zed was not mentioned.
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """An empty case, and two reports beside it."""
    remember_author(ANA)
    (tmp_path / "zed.txt").write_text(REPORT)
    (tmp_path / "talks.txt").write_text(OTHER)
    return new_case(tmp_path / "case.json")


async def test_from_an_empty_case_to_the_first_event(case: Path) -> None:
    async with seated(WIDE, case) as me:
        assert "Enter imports reports or a data set." in me.screen
        await me.press("enter")
        await me.type(str(case.parent / "zed.txt"))
        await me.press("enter")
        assert me.said.startswith("1 article was imported")
        await me.press("escape")
        assert "1 article, none coded, no events." in me.screen
        assert "I lists them, Enter reads one." in me.screen
        await me.press("I")
        assert "Rebels take Zed" in me.screen
        await me.press("enter")
        assert me.pane == "article"
        view = me.explore.article.view
        assert view is not None
        assert view.title == "Rebels take Zed"
        await me.press("/")
        await me.type("At least")
        await me.press("enter", "v", "a")
        assert "killed: at least 27 · civilians" in me.screen
        await me.press("enter", "enter", "enter", "enter", "enter")
        assert me.said.startswith("Claimed: killed: at least 27 – At least 27 civilians")
        assert len(me.titles) == 1
    assert list(verify(case)) == []


async def test_an_import_offers_no_file_of_the_case_itself(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("enter")
        await me.type(f"{case.parent}/")
        offered = {Path(pick.title).name for pick in me.window.list.picks}
        assert {path.name for path in case.parent.glob("case.json*")} > {"case.json"}
        assert {name for name in offered if name.endswith(".txt")} == {"zed.txt", "talks.txt"}
        assert not {name for name in offered if name.startswith("case.json")}


async def test_a_folder_with_its_slash_comes_in_by_the_row_that_names_it(case: Path) -> None:
    folder = case.parent / "reports"
    folder.mkdir()
    (folder / "zed.txt").write_text(REPORT)
    async with seated(WIDE, case) as me:
        await me.press("enter")
        await me.type(f"{folder}/")
        titles = [pick.title for pick in me.window.list.picks]
        at = next(at for at, title in enumerate(titles) if title.endswith(f": {folder}/"))
        await me.press(*["down"] * at, "enter")
        assert me.said.startswith("1 article was imported")


async def test_long_lines_of_an_original_are_wrapped(case: Path) -> None:
    words = " ".join(f"word{number}" for number in range(80))
    long = "x" * 30_000
    (case.parent / "long.txt").write_text(f"Zed falls\n\n{words}\n\n{long}\n")
    async with seated(WIDE, case) as me:
        await me.press(":")
        await me.type(f"import {case.parent / 'long.txt'}")
        await me.press("enter", "escape", "I", "enter", "O")
        kept = [pick.title for pick in me.window.list.picks if pick.group == "As it is kept"]
        assert " ".join(kept[2:-1]).split()[:80] == words.split()
        assert "".join(line for line in kept if line.startswith("xx")) == long
        assert max(map(len, kept)) <= me.window.list.scrollable_content_region.width


async def test_a_search_leads_to_the_words_in_the_text_and_back(case: Path) -> None:
    async with seated(WIDE, case) as me:
        for name in ("zed.txt", "talks.txt"):
            await me.press(":")
            await me.type(f"import {case.parent / name}")
            await me.press("enter", "escape")
        await me.press(":")
        await me.type('search "shelling of Zed" -Envoys')
        await me.press("enter")
        assert [pick.title for pick in me.window.list.picks] == ["Rebels take Zed"]
        await me.press("enter")
        apart = me.location.apart
        assert apart is not None
        assert apart.offset == me.explore.article.offset_here == REPORT.index("shelling") - 17
        await me.press("backspace")
        assert me.location.apart is None


async def test_what_is_pasted_is_read_and_corrected_in_a_form(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press(":")
        await me.type("paste")
        await me.press("enter")
        me.app.screen._area.text = REPORT  # type: ignore[attr-defined]
        await me.press("escape")
        assert me.said.startswith("1 article was imported")
        assert isinstance(me.location.apart, Apart)
        await me.press("E")
        for _ in "Rebels take Zed":
            await me.press("backspace")
        await me.press("Z", "e", "d", "enter", "enter")
        record = me.session.held("articles", me.article_id)
        assert isinstance(record, Article)
        assert record.title == "Zed"
        await me.press("O")
        assert "title: Zed, typed by a person" in {pick.title for pick in me.window.list.picks}
    assert list(verify(case)) == []


async def test_the_original_is_shown_and_a_sentence_that_was_left_out_taken_back(
    case: Path,
) -> None:
    page = case.parent / "page.html"
    page.write_text(
        "<html><head><title>Zed falls - Zed Press</title><meta name=date content='one Friday'>"
        "</head><body><nav>Subscribe to our"
        " newsletter now.</nav><article><h1>Zed falls</h1><p>Rebels took the town of Zed on"
        " Thursday, and the army withdrew to the hills around it.</p><p>Nobody was hurt in the"
        " fighting, residents of the town said.</p></article></body></html>"
    )
    async with seated(WIDE, case) as me:
        await me.press(":")
        await me.type(f"import {page}")
        await me.press("enter", "escape", "I", "enter", "O")
        rows = me.window.list.picks
        assert rows[0].title.startswith("SHA-256 ")
        assert "Remark: published is not read: 'one Friday'" in {pick.title for pick in rows}
        at = next(at for at, pick in enumerate(rows) if pick.value is not None)
        assert rows[at].title == "Subscribe to our newsletter now."
        await me.press(*["down"] * at, "enter")
        assert me.said.startswith("The sentence is in the text.")
        view = me.explore.article.view
        assert view is not None
        assert "Subscribe to our newsletter now." in view.text
        await me.press("u")
    assert list(verify(case)) == []
