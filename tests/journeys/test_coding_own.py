"""An analyst codes a text of their own: figures, speakers and titles as the words have them."""

import re
import shutil
from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from store.dossier.dossier import dossier_of
from store.model.records import Claim
from store.model.values import Count
from store.model.vocabulary import EventType
from tests.journeys.test_changes import ANA, WIDE
from tests.journeys.test_coding import at_words, claims, form
from tests.person import Person, seated
from tests.small import SmallCase
from tui.session.claim_words import NEW
from tui.session.form import Choice
from tui.session.settings import remember_author


def own(folder: Path, text: str) -> Path:
    """A case of one article, with an event of its own."""
    remember_author(ANA)
    small = SmallCase()
    small.event("Fall of Zed")
    small.article("a", text, title="Zed", published="2024-12-10")
    return small.write(folder / "own.json")


async def choose(me: Person, key: str, typed: str) -> None:
    """Type into a field of the form and take the first that it finds."""
    fields = form(me).form
    fields.at = fields.fields.index(fields[key])
    await me.type(typed)
    await me.press("enter")


async def save(me: Person) -> Claim:
    """Save the form, and give the claim that it makes."""
    before = claims(me)
    shown = form(me).form
    shown.at = len(shown.fields)
    await me.press("enter")
    (made,) = [one for id, one in claims(me).items() if id not in before]
    return made


@pytest.mark.parametrize(
    ("typed", "printed", "hint"), [("14", "", "not in these words"), ("9", "nine", "")]
)
async def test_a_typed_number_is_printed_only_where_the_words_have_it(
    tmp_path: Path, typed: str, printed: str, hint: str
) -> None:
    case = own(tmp_path, "They counted nine bodies in the morning and five more after noon.")
    async with seated(WIDE, case) as me:
        await me.press("I", "enter", "v", "a")
        await choose(me, "subject", "fall")
        await choose(me, "kind", "killed")
        await choose(me, "value", typed)
        assert ("not in these words" in me.screen) is bool(hint)
        made = await save(me)
    assert made.value == Count(min=int(typed), max=int(typed), printed=printed)


@pytest.mark.parametrize(
    ("words", "scope", "note", "aggregate"),
    [
        ("Five of the wounded died.", "the wounded", "no whole toll", False),
        ("Ten of the dead were children.", "children", "a part of the dead", False),
        ("14 people were killed in 48 hours.", "", "of several events", True),
    ],
)
async def test_what_the_form_says_of_a_number_is_saved(
    tmp_path: Path, words: str, scope: str, note: str, aggregate: bool
) -> None:
    async with seated(WIDE, own(tmp_path, words)) as me:
        await me.press("I", "enter", "v", "a")
        await choose(me, "subject", "fall")
        fields = form(me).form
        fields.put(fields["kind"], fields["kind"].offers[0])
        assert fields["value"].taken is not None
        assert fields["value"].taken.hint == note
        made = await save(me)
    assert (made.scope, made.note, made.aggregate) == (scope, note, aggregate)


async def test_a_sum_that_was_offered_is_marked_in_the_note(tmp_path: Path) -> None:
    case = own(tmp_path, "Two civilians and three soldiers were killed in Zed.")
    async with seated(WIDE, case) as me:
        await me.press("I", "enter", "v", "a")
        await choose(me, "subject", "fall")
        fields = form(me).form
        fields.put(fields["kind"], fields["kind"].offers[0])
        await choose(me, "note", "two groups")
        assert "the sum of Two + three" in me.screen
        made = await save(me)
        dossier = me.session.archive.ask(dossier_of, "Fall of Zed", "case")
    texts = [
        one.text for section in dossier.sections for part in section.parts for one in part.sentences
    ]
    assert any("; the sum of Two + three; two groups)" in one for one in texts)
    assert made.value == Count(min=5, max=5)
    assert made.note == "the sum of Two + three; two groups"


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("the Qasr health office", "Qasr health office (new, kind unknown)"),
        ("police", "police (no name)"),
        ("a doctor", "doctor (no name)"),
    ],
)
async def test_who_speaks_at_the_end_is_offered_and_never_passed_over_in_silence(
    tmp_path: Path, who: str, offered: str
) -> None:
    case = own(tmp_path, f"Shells killed 14 people in Zed on Sunday, {who} said on Tuesday.")
    async with seated((200, 60), case) as me:
        await me.press("I", "enter", "v", "a")
        await choose(me, "subject", "fall")
        fields = form(me).form
        assert fields["chain"].offer is not None
        assert fields["chain"].offer.shown == offered
        fields.put(fields["kind"], fields["kind"].offers[0])
        fields.at = len(fields.fields)
        await me.press("up", "down")
        said = re.sub(r"[\s┃]+", " ", me.screen)
        assert f"publisher's own word, though the words name {offered.partition(' (')[0]}" in said
        fields.at = fields.fields.index(fields["chain"])
        await me.press("enter")
        made = await save(me)
        (source,) = [me.session.title(id) for id in made.chain]
    assert source == offered.partition(" (")[0]


async def claim_new(me: Person, title: str) -> None:
    """Claim by the words under the cursor that a new event happened."""
    await me.press("v", "a")
    fields = form(me).form
    fields.put(fields["subject"], Choice("a new event", NEW))
    fields.put(fields["title"], Choice(title, title))
    fields.put(fields["type"], Choice("clash", EventType.CLASH))
    await save(me)


@pytest.mark.parametrize("filtered", [False, True])
async def test_a_claim_that_makes_an_event_goes_to_it(tmp_path: Path, filtered: bool) -> None:
    remember_author(ANA)
    case = Path(shutil.copyfile(BUNDLED, tmp_path / "hama.json"))
    async with seated(WIDE, case) as me:
        if filtered:
            await me.type(":date 2024-11-27")
            await me.press("enter")
        old = me.event_id
        await at_words(me, "dramatic")
        await claim_new(me, "Qorville falls")
        assert me.explore.event is not None
        assert me.explore.event.row.title == "Qorville falls"
        assert me.explore.article.selecting, "more can be claimed by the same words"
        assert me.said.startswith("Claimed: it happened – Qorville falls.")
        assert me.said.endswith("The filters hid the event and were removed.") is filtered
        await me.press("a")
        assert form(me).form["subject"].offers[0].shown.startswith("Qorville falls")
        await me.press("escape", "backspace")
        assert me.event_id == old
        assert bool(me.session.location.filter.filters) is filtered


async def test_a_word_that_is_no_kind_of_source_is_refused_with_the_kinds(tmp_path: Path) -> None:
    async with seated(WIDE, own(tmp_path, "Zed fell.")) as me:
        await me.press("I", "enter", "v", "a")
        fields = form(me).form
        fields.at = fields.fields.index(fields["chain"])
        await me.type("+Zed ministry, government")
        assert "'government' is no kind of source" in me.screen
        assert "official" in me.screen


async def test_a_new_place_is_shown_with_its_degrees(tmp_path: Path) -> None:
    async with seated(WIDE, own(tmp_path, "Zed fell.")) as me:
        await me.press("I", "enter", "v", "a")
        await choose(me, "subject", "fall")
        await choose(me, "kind", "where")
        await choose(me, "value", "+Qor @ 35.13 36.75 p2")
        assert "Qor (new, 35.13 36.75 p2)" in me.screen


async def test_what_is_claimed_already_is_not_shown_before_the_event_is_taken(
    tmp_path: Path,
) -> None:
    async with seated(WIDE, own(tmp_path, "14 people were killed in the fall of Zed.")) as me:
        await me.press("I", "enter", "v", "a")
        await choose(me, "subject", "fall")
        fields = form(me).form
        fields.put(fields["kind"], fields["kind"].offers[0])
        await save(me)
        await me.press("a")
        fields = form(me).form
        assert fields["subject"].offer is not None
        assert fields["subject"].offer.shown.startswith("Fall of Zed")
        shown = fields["kind"].offer or fields["kind"].taken
        assert shown is None or "killed" not in shown.shown
