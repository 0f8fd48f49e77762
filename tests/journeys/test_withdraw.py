"""An analyst withdraws a record, sees first what is withdrawn with it, and undoes it."""

import shutil
from pathlib import Path

import pytest

from store.custody.verify import verify
from store.errors import UnwritableCase
from store.model.attach import article_of_original
from store.model.values import Count
from store.model.vocabulary import Kind
from tests.conftest import DATA
from tests.journeys.test_changes import ANA, TIME, WIDE, log_of, write
from tests.journeys.test_type_ahead import burst
from tests.person import seated
from tests.reports import EVENT, reported
from tests.small import SmallCase
from tests.store.kept import put_case
from tui.handlers.drafts import KEPT
from tui.session.settings import remember_author

FIGHT = "evt_Fighting in the northern suburbs"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Six reports on one event and a part of it."""
    remember_author(ANA)
    return reported(tmp_path / "case.json", 6)


async def test_an_event_goes_once_a_reason_is_given_and_undo_brings_it_back(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("d")
        assert "Withdraw this event with 30 passages and 30 claims?" in me.screen
        assert "Its sub-event is kept. u brings it back." in me.screen
        await me.press("enter")
        assert me.window.entered, "without a reason nothing is done, and the window stays"
        await me.type("a forgery")
        await me.press("enter", "down", "enter")
        assert me.said.startswith("Withdrawn: this event with 30 passages and 30 claims.")
        assert me.titles == ["Fighting in the northern suburbs"]
        assert me.event_id == FIGHT
        await me.press("u")
        assert me.said == "Undone: withdraw event Rebels take Northtown: a forgery."
        assert EVENT in [row.id for row in me.session.window(me.explore.timeline.numbers)]
    assert [line["why"] for line in log_of(case)] == [
        "withdraw event Rebels take Northtown: a forgery"
    ] * 2
    assert list(verify(case)) == []


async def test_in_an_article_it_is_asked_whether_the_passage_or_all_of_it(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("enter", "d")
        assert [pick.title.split(" with")[0] for pick in me.window.list.picks] == [
            "This passage",
            "This article",
        ]
        await me.press("down", "enter")
        await me.type("printed twice")
        article = me.article_id
        await me.press("enter", "down", "enter")
        assert me.said.startswith("Withdrawn: this article with ")
        assert me.article_id != article
        assert len(me.explore.event.evidence) == 5  # type: ignore[union-attr]


async def test_a_claim_goes_out_of_the_comparison(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("c")
        found = me.explore.comparing.grid.comparison
        assert found is not None
        await me.press("d")
        await me.type("misread")
        await me.press("enter", "down", "enter")
        assert me.said.startswith("Withdrawn: this claim with 1 passage.")
        left = me.explore.comparing.grid.comparison
        assert left is not None
        assert len(left.voices) == len(found.voices) - 1


async def test_in_the_tree_an_article_or_its_passage_and_never_a_origin(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("w", "d")
        assert me.said == "Move to an article: an origin cannot be withdrawn here."
        await me.press("j", "d")
        assert len(me.window.list.picks) == 2
        await me.press("escape")
    assert not case.with_name("case.json.log").exists()


async def test_an_actor_whom_claims_name_is_refused_in_one_line(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("2", "d")
        assert me.said.startswith("The actor The rebels cannot be withdrawn: claim clm_")
        assert me.app.screen is me.explore


async def test_words_typed_ahead_are_the_reason_and_never_keys(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await burst(me, "d", *"quite", "space", *"wrong", "enter", "down", "enter", "u")
        assert me.said == "Undone: withdraw event Rebels take Northtown: quite wrong."
        await burst(me, "A", *"weak", "enter", *"just", "space", *"one", "enter", "enter")
        assert me.pane == "article", "the last Enter follows the event"
    assessed = log_of(case)[-1]["edits"][0]["after"]
    assert (len(log_of(case)), assessed["reason"]) == (3, "just one")


async def test_a_field_typed_into_a_form_that_is_gone_withdraws_nothing(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("4")
        await burst(me, *"date", "enter", *"yesterday", "enter")
        assert "Withdraw this passage?" in me.screen
        while me.app.screen is not me.explore:
            await me.press("escape")
        await me.press("1")
        await burst(me, *"date", "enter", *"yesterday", "enter")
        assert me.said == f"Nothing was changed. {KEPT}"
        assert EVENT in [row.id for row in me.session.window(me.explore.timeline.numbers)]
        await me.press("d")
        assert "Draft of" in me.screen, "the reason is there again"
        await me.press("enter", "escape")
        assert me.said == f"Nothing was changed. {KEPT}"
    assert not case.with_name("case.json.log").exists()


async def test_a_word_that_is_none_of_these_changes_nothing_and_stays_typed(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await burst(me, "A", *"quite", "enter", *"sure", "enter")
        assert "The choices are confirmed, fair, weak" in me.screen
        await me.press("escape")
    assert not case.with_name("case.json.log").exists()


async def test_with_a_reason_that_was_typed_it_is_still_said_what_goes(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.command("withdraw made up")
        assert "Withdraw this event with 30 passages and 30 claims?" in me.screen
        assert "Because made up" not in me.screen
        await me.press("down")
        assert "Because made up" in me.screen
        await me.press("enter")
        assert me.titles == ["Fighting in the northern suburbs"]


async def test_back_from_elsewhere_to_what_was_withdrawn_leads_to_what_is_left(case: Path) -> None:
    """An event is withdrawn after visits to it, its comparison, its tree and its passages."""
    async with seated(WIDE, case) as me:
        await me.press("c", "w", "1", "enter", "n", "1", "j")
        me.explore.timeline.move_to(me.row_of(EVENT))
        await me.settle()
        await me.press("d")
        await me.type("no")
        await me.press("enter", "down", "enter")
        for _ in range(6):
            await me.press("backspace")
            assert me.event_id == FIGHT
            assert me.pane not in ("compare", "who")
        await me.press("u")
        for _ in range(6):
            await me.press("alt+right")
        assert not me.ended


async def test_every_event_may_go(case: Path) -> None:
    async with seated(WIDE, case) as me:
        for _ in range(2):
            await me.command("withdraw no")
            await me.press("down", "enter")
        assert "selects words" in me.screen
        await me.press("d")
        assert me.said == "Nothing is selected to annotate."
        await me.press("u", "u")
        assert len(me.titles) == 2


async def test_the_publisher_is_graded_from_its_article(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("3", "=")
        await me.press(*"b", "enter", *"known", "enter")
        assert me.said.startswith("Graded B: ")
    assert log_of(case)[-1]["edits"][0]["after"]["about"].startswith("src_")


async def test_who_withdraws_a_judgement_says_why_and_a_note_goes_at_once(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("A", *"weak", "enter", *"thin", "enter")
        await me.press("i", "enter", "enter", *"more now", "enter")
        assert me.said == "Withdrawn."
        await write(me, "seen")
        await me.press("i", "enter", "down", "enter")
        assert me.said == "Withdrawn."
        await me.press("u", "u", "u")
        assert me.said == "Undone: withdraw assessment: more now."


async def test_a_origin_is_graded_where_it_is_said_who_says_so(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("w")
        nodes = me.explore.comparing.tree.found.nodes  # type: ignore[union-attr]
        at = next(i for i, node in enumerate(nodes) if not node.depth and node.known)
        await me.press(*"j" * at, "=", *"c", "enter", *"biased", "enter")
        assert me.said.startswith("Graded C: ")
    about = log_of(case)[-1]["edits"][0]["after"]["about"]
    assert about == nodes[at].source_id


# how a case is open, and when what was done, at 80 columns


async def test_at_80_columns_it_stays_in_view_that_nothing_can_be_changed(case: Path) -> None:
    async with seated((80, 24), case, read_only=True) as me:
        assert me.screen.splitlines()[0].rstrip().endswith("read-only")
        await me.press("A")
        assert me.said == "Nothing can be changed: it was opened read-only"
        assert me.app.screen is me.explore


async def test_at_80_columns_the_time_of_what_was_done_and_said_is_whole(case: Path) -> None:
    async with seated((80, 24), case) as me:
        await me.press("*")
        for key in ("L", "i"):
            await me.press(key)
            assert TIME.search(me.screen)
            await me.press("escape")


# a ruling in the grid


async def test_a_ruling_has_its_sign_beside_the_reading_of_both_cells(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("c", "x")
        reading = "≠ contradicts"
        assert me.screen.count(f"{reading} §≈") == 0
        await me.press("R", *"comp", "enter", *"other day", "enter")
        assert me.screen.count(f"{reading} §≈ “on ") == 2
        await me.press("?")
        await me.type("ruled")
        assert "§≈" in me.screen
        await me.press("escape", "u")
        assert "§" not in me.screen


# redact


async def test_words_are_redacted_in_the_article_once_it_is_said_that_it_is_final(
    case: Path,
) -> None:
    async with seated(WIDE, case) as me:
        await me.press("4", "e", *"ask about report 6", "escape")
        await me.command("redact nobody at all")
        assert me.window.why == "It does not contain these words; check the capital letters"
        await me.press("escape")
        await me.command("redact report 6")
        assert "This cannot be undone." in me.screen
        await me.press(*"names a witness", "enter")
        assert me.said.startswith("Words redacted. They remain in not_")
        assert " text. Also in entry 1 of the log: not_" in me.said
        article = me.session.held("articles", me.article_id)
        assert "report 6" not in str(article)
        assert "[redacted sha256:" in me.explore.article.view.text  # type: ignore[union-attr]
        await me.press("u", "u")
        assert "report 6" not in str(me.session.held("articles", me.article_id))
    assert list(verify(case)) == []
    assert log_of(case)[1]["why"] == "names a witness"


async def test_words_that_a_claim_prints_are_redacted_where_the_table_shows_it(
    tmp_path: Path,
) -> None:
    remember_author(ANA)
    small = SmallCase()
    news = small.article("news", "In Hama Yusuf counted ten dead.", title="News")
    dead = Count(min=10, max=10, printed="Yusuf counted ten")
    fall = small.event("Fall")
    small.claim(fall, news, "In Hama")
    small.claim(fall, news, "counted ten dead", kind=Kind.FATALITIES, value=dead)
    async with seated(WIDE, small.write(tmp_path / "case.json")) as me:
        await me.press("4")
        await me.command("redact Yusuf")
        await me.press(*"a witness", "enter")
        assert me.said == "Words redacted. They remain in clm_2 value.printed."
        await me.press("c")
        while me.explore.dispatcher.annotator.here() != "clm_2":
            await me.press("down")
        await me.command("redact Yusuf")
        assert "these words in its value.printed" in me.screen
        await me.press(*"a witness", "enter")
        assert me.said == "Words redacted."
    assert list(verify(tmp_path / "case.json")) == []


async def test_a_reason_does_not_hold_the_words_that_are_redacted(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("4")
        await me.command("redact Observatory")
        await me.press(*"the Observatory", "enter")
        assert "Not saved: the reason contains the words" in me.screen
        await me.press("escape")
    assert not case.with_name("case.json.log").exists()


async def test_words_that_are_redacted_and_not_yet_purged_are_gone_from_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember_author(ANA)
    small = SmallCase()
    news = small.article("news", "In Hama Yusuf counted ten dead.", title="News")
    small.claim(small.event("Fall"), news, "In Hama")
    path = tmp_path / "case.db"
    put_case(path, small.records())
    monkeypatch.setattr("store.database.purge._optimize_full_text", _full)
    async with seated(WIDE, path) as me:
        await me.press("4")
        await me.command("redact Yusuf")
        await me.press(*"a witness", "enter")
        assert "redacted, but not yet purged: the disk is full" in me.said
        assert "[redacted sha256:" in me.explore.article.view.text  # type: ignore[union-attr]
    monkeypatch.undo()
    async with seated(WIDE, path) as me:
        assert "a redaction was not finished, and now is" in me.said
    assert list(verify(path)) == []


def _full(*_: object) -> None:
    raise UnwritableCase("the disk is full", "")


# attach


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared originals are not here")
async def test_an_original_is_attached_from_the_screen(tmp_path: Path) -> None:
    remember_author(ANA)
    original = tmp_path / "the original.txt"
    async with seated(WIDE) as me:
        from store.database.read_records import numbered

        articles = [
            one for _, one in me.session.archive.ask(lambda c: list(numbered(c, "articles")))
        ]
        for file in sorted(DATA.rglob("*.txt")):
            try:
                wanted = article_of_original(file.read_bytes(), articles)  # type: ignore[arg-type]
            except Exception:
                continue
            shutil.copy(file, original)
            break
        nothing = tmp_path / "nothing.txt"
        await me.command(f"attach {nothing}")
        assert "No such file can be read:" in me.screen
        assert not me.said
        await me.press("escape")
        assert me.session.bundled, "what is refused makes no copy of one's own"
        await me.command(f"attach {original}")
        assert me.said.startswith("Attached the original of ")
        assert "Your own copy of the case is" in me.said
        held = me.session.held("articles", wanted.id)
        assert getattr(held, "text_kind", "") == "full"
        await me.command(f"attach {original}")
        assert "already has its original" in me.said
        await me.press("u")
        assert getattr(me.session.held("articles", wanted.id), "text_kind", "") == "digest"
