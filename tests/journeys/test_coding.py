"""An analyst codes an article by keyboard: selects words, and claims by them."""

import re
import shutil
from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from store.coding.typed_values import TypedValue
from store.custody.verify import verify
from store.model.records import Claim, Source
from store.model.values import Count, When
from store.model.vocabulary import DateBasis, Kind, SourceKind
from tests.journeys.test_changes import ANA, WIDE, log_of
from tests.person import Person, seated
from tests.small import SmallCase
from tui.dialogs.form import FormWindow
from tui.session.claim_form import NO_CHAIN, kind_choices
from tui.session.claim_words import NEW
from tui.session.form import Choice
from tui.session.settings import remember_author

FLED = "Over 50,000 people have fled the violence."


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the bundled case."""
    remember_author(ANA)
    return Path(shutil.copyfile(BUNDLED, tmp_path / "hama.json"))


def form(me: Person) -> FormWindow:
    assert isinstance(me.app.screen, FormWindow), me.said
    return me.app.screen


def claims(me: Person) -> dict[str, Claim]:
    """The claims of the open case, by id."""
    rows = me.session.archive.ask(lambda reader: reader.execute("SELECT id FROM claims").fetchall())
    found = {id: me.session.held("claims", id) for (id,) in rows}
    return {id: one for id, one in found.items() if isinstance(one, Claim)}


async def at_words(me: Person, words: str) -> None:
    """Put the cursor of the article on some of its words."""
    await me.press("4", "/")
    await me.type(words)
    await me.press("enter")


async def test_a_further_report_of_the_event_at_hand_takes_five_keys(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await at_words(me, "dramatic")
        event, before = me.event_id, claims(me)
        await me.press("v", "a")
        assert "dramatic escalations" in me.explore.article.text.selected_text
        await me.press("enter")
        shown = "Enter saves: it happened · the publisher's own word – Rebel offensive of November"
        assert shown in me.screen, "what is saved is seen before"
        assert claims(me) == before
        await me.press("enter")
        assert me.said.startswith("Claimed: it happened – Rebel offensive of November 2024.")
        (made,) = [one for id, one in claims(me).items() if id not in before]
        assert (made.subject, made.kind, made.chain) == (event, Kind.OCCURRENCE, ())
        assert me.explore.article.selecting, "more can be claimed by the same words"
        await me.press("a", "enter")
        again = form(me).form
        assert (again.field, again["kind"].words) == (again["kind"], ""), "it is claimed already"
        await me.press("i", "t", "enter", *(["down"] * 4), "enter")
        assert me.said == "The case has this claim already."
        await me.press("u", "escape")
        assert claims(me) == before
    assert [line["why"].partition(":")[0] for line in log_of(case)] == ["claim", "claim"]
    assert list(verify(case)) == []


async def test_a_number_in_the_words_is_offered_and_taken_with_its_scope(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("]", "4")
        while FLED not in me.explore.article.text.text:
            await me.press("]")
        before = claims(me)
        await at_words(me, "Over 50,000")
        await me.press("v", "a")
        assert "displaced: at least 50,000" in me.screen
        await me.press("enter", "enter", "enter")
        (made,) = [one for id, one in claims(me).items() if id not in before]
        assert made.kind is Kind.DISPLACED
        assert isinstance(made.value, Count)
        assert (made.value.min, made.value.max, made.value.printed) == (50_000, None, "Over 50,000")


async def test_what_is_typed_wrongly_stays_with_its_reason_and_esc_keeps_a_draft(
    case: Path,
) -> None:
    async with seated(WIDE, case) as me:
        await at_words(me, "dramatic")
        await me.press("v", "a", "down", "k", "i", "l", "l", "enter")
        assert form(me).form["kind"].value is Kind.FATALITIES
        await me.type("many")
        await me.press("enter")
        assert "'many' is no number of people" in me.screen
        assert "about 300, dozens." in me.screen, "below the fields the reason is told whole"
        for _ in "many":
            await me.press("backspace")
        await me.type("27 or more")
        await me.press("enter")
        assert form(me).form["value"].taken is not None
        await me.press("escape")
        assert me.said.startswith("The claim is kept as a draft")
        await me.press("a")
        typed = form(me).form["value"].value
        assert isinstance(typed, TypedValue)
        assert isinstance(typed.value, Count)
        assert typed.value.min == 27
    async with seated(WIDE, case) as me:
        await at_words(me, "dramatic")
        await me.press("v", "a")
        again = form(me).form
        assert (again["kind"].unread, again["value"].unread) == ("killed", "27 or more")
        assert again.missing is not None, "nothing is saved before it is read"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("date", Kind.DATE),
        ("day", Kind.DATE),
        ("place", Kind.PLACE),
        ("dead", Kind.FATALITIES),
        ("deaths", Kind.FATALITIES),
        ("side", Kind.PARTICIPANT),
        ("actor", Kind.PARTICIPANT),
        ("kill", Kind.FATALITIES),
    ],
)
def test_a_kind_is_found_by_the_usual_other_words(typed: str, kind: Kind) -> None:
    assert kind_choices(typed)[0].value is kind


async def test_a_source_of_a_draft_is_the_one_that_is_saved(case: Path) -> None:
    async def at_source(me: Person) -> None:
        await at_words(me, "dramatic")
        await me.press("v", "a")
        form(me).form.at = form(me).form.fields.index(form(me).form["chain"])

    async with seated(WIDE, case) as me:
        await at_source(me)
        await me.type("two residents (no name)")
        await me.press("enter")
        assert form(me).form["chain"].taken is not None
        await me.press("escape")
    async with seated(WIDE, case) as me:
        before = claims(me)
        await at_source(me)
        again = form(me).form
        assert again["chain"].unread == "two residents (no name)"
        again["chain"].propose([Choice("Meridian Post", NO_CHAIN, "the words cite it")])
        await me.press("up", "down", "left", "enter", "enter")
        assert again["chain"].taken is not None
        assert again["chain"].taken.shown == "two residents (no name)"
        while isinstance(me.app.screen, FormWindow):
            await me.press("enter")
        (made,) = [one for id, one in claims(me).items() if id not in before]
        assert [me.session.title(id) for id in made.chain] == ["two residents"]


OWN = (
    "On 8 December 14 people were killed, the Velmora Monitor said. Shells hit Zed on 8 Dec.,"
    " according to Kovel Radio."
)


async def test_what_the_words_of_an_own_case_name_is_offered_and_nothing_is_saved_unasked(
    tmp_path: Path,
) -> None:
    remember_author(ANA)
    small = SmallCase()
    small.article("a", OWN, title="Zed", published="2024-12-10")
    async with seated(WIDE, small.write(tmp_path / "own.json")) as me:
        await me.press("I", "enter", "v", "a")
        fields = form(me).form
        assert [one.shown for one in fields["chain"].offers] == [
            "Velmora Monitor (new, kind unknown)"
        ]
        await me.press("enter", "enter", "enter", "enter")
        assert (fields["as_of"].taken, fields.field) == (None, fields["chain"])
        assert "not said  ⏎ 8 Dec 2024" in me.screen, "a date of the words, not stopped at"
        await me.press("down", "down", "enter")
        (made,) = claims(me).values()
        assert made.chain == (), "an offer that was passed over is not taken"
        await me.press("n", "a", "enter")
        again = form(me).form
        again.at = again.fields.index(again["kind"])
        await me.type("when")
        await me.press("enter")
        assert again["value"].offer is not None
        assert again["value"].offer.shown.startswith("8 Dec 2024")
        await me.press("enter", "enter", "enter")
        (dated,) = [one for one in claims(me).values() if one != made]
        assert dated.value == When(
            edtf="2024-12-08",
            basis=DateBasis.YEAR_ASSUMED,
            printed="8 Dec.",
            note="the last such day not after the publication on 2024-12-10",
        )
        (source,) = [me.session.held("sources", id) for id in dated.chain]
        assert isinstance(source, Source)
        assert (source.name, source.kind) == ("Kovel Radio", SourceKind.UNKNOWN)


async def test_without_a_selection_the_passage_is_claimed_by_and_esc_ends_one(case: Path) -> None:
    async with seated(WIDE, case) as me:
        passages = len(me.explore.article.view.marks)  # type: ignore[union-attr]
        await me.press("4", "a", "up", "right", "right")
        assert form(me).form["subject"].place == "3/7"
        await me.press("escape")
        await me.press("v", "v", ")", "W", "escape")
        assert not me.explore.article.selecting
        assert len(me.explore.article.view.marks) == passages  # type: ignore[union-attr]


async def test_at_80_columns_a_form_tells_what_is_cut(case: Path) -> None:
    async with seated((80, 24), case) as me:
        await me.press("4", "E")
        await me.type("article")
        await me.press("enter", "down", "up")
        shown = " ".join(me.screen.split())
        assert re.search(r"Edit Syrian rebels .*… · with \d+ passages and \d+ claims ━+ 1/9", shown)
        assert "mount counterattacks – the headline." in shown, "the whole title"


async def test_a_new_event_has_the_words_that_were_typed_for_it(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await at_words(me, "dramatic")
        await me.press("v", "a")
        await me.type("+Qorville falls")
        await me.press("end", "enter")
        fields = form(me).form
        assert (fields["subject"].value, fields["title"].value) == (NEW, "Qorville falls")


async def test_a_draft_is_about_the_event_that_was_taken_also_after_a_start(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await at_words(me, "dramatic")
        await me.press("v", "a", "enter")
        taken = form(me).form["subject"].value
        assert taken is not None
        await me.press("escape")
    async with seated(WIDE, case) as me:
        await at_words(me, "dramatic")
        await me.press("v", "a")
        assert form(me).form["subject"].value == taken


async def test_a_record_is_edited_in_a_form_and_undone(case: Path) -> None:
    async with seated(WIDE, case) as me:
        title = me.explore.event.row.title  # type: ignore[union-attr]
        await me.press("E", "enter")
        for _ in title:
            await me.press("backspace")
        await me.type("The offensive")
        await me.press("enter", "enter")
        assert me.said.startswith("Edited Rebel offensive of November 2024: title")
        assert "The offensive" in me.titles
        await me.press("u")
        assert title in me.titles
    assert list(verify(case)) == []


async def test_a_claim_is_corrected_in_its_form_where_it_is_compared(case: Path) -> None:
    async with seated(WIDE, case) as me:
        while me.explore.pane != "compare" or "killed" not in me.screen.lower():
            await me.press("X")
        before = claims(me)
        grid = me.explore.comparing.grid
        assert grid.comparison is not None
        assert grid.voice is not None
        id_ = grid.comparison.voices[grid.voice].claim
        await me.press("E")
        fields = form(me).form
        assert fields["kind"].value is before[id_].kind
        assert (fields["stance"].value, fields.draft()) == (before[id_].stance, "")
        await me.press("escape", "E")
        form(me).form.at = form(me).form.fields.index(form(me).form["note"])
        await me.type("counted twice")
        await me.press("enter", "enter")
        assert me.said.startswith("Corrected: "), me.said
        after = claims(me)
        assert after[id_].note == "counted twice"
        assert {**after, id_: before[id_]} == before
        await me.press("u")
        assert claims(me) == before
    assert list(verify(case)) == []


async def test_at_a_passage_one_chooses_its_claim_or_the_article(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("enter", "E")
        assert "it happened" in me.screen
        assert "the article" in me.screen
        await me.press("enter")
        assert "Edit claim – it happened" in me.screen
        fields = form(me).form
        fields.at = fields.fields.index(fields["chain"])
        await me.type("+Zed Monitor, monitor")
        await me.press("enter")
        assert fields["chain"].taken is not None
        assert fields["chain"].taken.shown == "Zed Monitor (new, monitor)"
        fields.at = len(fields.fields)
        await me.press("enter")
        assert me.said.startswith("Corrected: it happened"), me.said
        assert me.session.named("Zed Monitor")
        await me.press("E")
        await me.type("the article")
        await me.press("enter")
        assert "language" in [one.key for one in form(me).form.fields], me.screen
    assert list(verify(case)) == []


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("zoomed", [False, True])
async def test_no_form_of_coding_covers_the_passage(
    case: Path, size: tuple[int, int], zoomed: bool
) -> None:
    async with seated(size, case) as me:
        await me.press("enter", *(("z",) if zoomed else ()))
        article = me.explore.article
        (passage,) = article.passage_regions()
        for keys in (("v", "a"), ("E", "enter")):
            await me.press(*keys)
            box = form(me).query_one("#window").region
            whole = article.selected_regions() or (passage,)
            assert not any(box.overlaps(one) for one in whole), keys
            if not zoomed:
                assert not box.overlaps(article.region), keys
            await me.press("escape", "escape")


async def test_help_begins_with_the_keys_of_a_selection_while_there_is_one(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await me.press("enter", "?")
        assert me.window.list.picks[0].value == "pivot"
        await me.press("escape", "v", "?")
        assert "With the selected words" in me.screen
        first = [pick.value for pick in me.window.list.picks[:12]]
        assert first[0] == "select"
        assert {"select", "claim", "match.next", "cancel", "copy"} <= set(first)
        assert len({pick.value for pick in me.window.list.picks if pick.value}) == len(
            [pick for pick in me.window.list.picks if pick.value]
        ), "none is listed twice"
