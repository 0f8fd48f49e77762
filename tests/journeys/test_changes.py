"""An analyst says what they hold: on the screen, in the log and in the file beside the case."""

import asyncio
import json
import re
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste

from seeds.bundled import BUNDLED
from store.archive import Archive, is_database
from store.custody import own_copy
from store.custody.chain import chain
from store.custody.own_copy import own_copy_path
from store.database.read_records import numbered
from store.model import changes
from store.model.change import Change
from store.model.judgements import JUDGEMENTS, SavedCondition
from store.model.log_line import encode_line
from store.model.typed_text import LONGEST_TYPED
from store.model.vocabulary import DateRule
from store.queries import judgements
from tests.journeys.test_type_ahead import burst
from tests.person import Person, seated
from tests.reports import EVENT, reported
from tests.sight import shown, words
from tui.app import ConflictApp
from tui.cli.main import open_screen
from tui.dialogs.editor import Editor
from tui.session.settings import author, config_file, remember_author

ANA = "Ana Nowak"
TIME = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d UTC")
SHORT = re.compile(rf"\d{{1,2}} [A-Z][a-z]{{2}} \d\d:\d\d +{ANA}")
WIDE = (150, 40)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Six reports on one event, at odds on its day."""
    return reported(tmp_path / "case.json", 6)


@pytest.fixture
def ana() -> None:
    """She has given her name before."""
    remember_author(ANA)


def log_of(case: Path) -> list[dict[str, Any]]:
    """The lines of the log, as any program reads them."""
    path = case.with_name(case.name + ".log")
    if is_database(case):
        return [json.loads(encode_line(line)) for line in chain(case)]
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def last_edit(case: Path) -> dict[str, Any]:
    (edit,) = log_of(case)[-1]["edits"]
    return dict(edit)


async def write(me: Person, *lines: str) -> None:
    """Write a note, and keep it."""
    await me.press("e")
    for number, line in enumerate(lines):
        if number:
            await me.press("enter")
        await me.type(line)
    await me.press("escape")


async def listed(me: Person, key: str, typed: str = "") -> list[tuple[str, str, str]]:
    """The rows of the window that a key opens: title, aside, explanation."""
    await me.press(key)
    if typed:
        await me.type(typed)
    rows = [(pick.title, pick.aside, pick.about) for pick in me.window.list.picks]
    on_screen = me.screen
    await me.press("escape")
    if rows:
        assert rows[0][0].splitlines()[0][:30] in on_screen
    return rows


async def said(me: Person) -> list[str]:
    return [title for title, _, _ in await listed(me, "i")]


def signs(me: Person) -> str:
    """The signs in the timeline for what persons did."""
    return "".join(letter for letter in shown(me.app, me.explore.timeline.region) if letter in "★✎")


async def is_logged(me: Person, why: str, before: str, after: str, id_: str) -> None:
    """Assert that this is the log's newest entry, by Ana, found by her name and by the id."""
    await me.press("L")
    title, aside, *_ = me.window.list.picks[0]
    assert title.split(", because")[0] == why
    assert SHORT.fullmatch(aside)
    assert f"{before} → {after.splitlines()[0]}" in me.screen
    await me.press("escape")
    for typed in (ANA.split()[0].lower(), id_[:10].lower()):
        assert title in [row[0] for row in await listed(me, "L", typed.replace(" ", ""))]
    assert not await listed(me, "L", "zzz")


# the first change of the bundled case


async def test_the_first_change_asks_the_name_once_and_makes_a_copy_of_ones_own() -> None:
    content, beside = BUNDLED.read_bytes(), sorted(BUNDLED.parent.iterdir())
    copy = own_copy_path(BUNDLED)
    async with seated(WIDE) as me:
        assert "bundled case" in me.screen.splitlines()[0]
        event = me.event_id
        await write(me, "seen")
        assert "Who are you?" in me.screen
        assert not copy.exists(), "nothing is done before the name is given"
        await me.type("Ana Nowak")
        await me.press("enter")
        assert me.said.startswith("Note saved. Your own copy of the case is ")
        assert str(copy) in me.said
        assert "bundled" not in me.screen.splitlines()[0]
        assert "1 note" in me.screen.splitlines()[0]
        await me.press("*")
        assert me.app.screen is me.explore, "the name is not asked again"
        assert me.said.startswith("Starred ")
        assert "copy" not in me.said
    assert [(line["who"], line["edits"][0]["after"]["about"]) for line in log_of(copy)] == [
        (ANA, event)
    ] * 2
    for path in (copy, copy.with_name(copy.name + ".log"), config_file()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert author() == ANA
    assert BUNDLED.read_bytes() == content
    assert sorted(BUNDLED.parent.iterdir()) == beside
    async with seated(WIDE) as me:
        assert me.session.case == copy
        assert "★ 1 note" in me.screen.splitlines()[0]
        assert "bundled" not in me.screen.splitlines()[0]
        await me.press("*")
        assert me.app.screen is me.explore, "nor after the next start"
    app = ConflictApp(BUNDLED, bundled=True, read_only=True)
    async with app.run_test(size=WIDE) as pilot:
        me = Person(pilot)
        await me.settle()
        assert me.session.case == BUNDLED
        assert "read-only" in me.screen.splitlines()[0]
        assert "note" not in me.screen.splitlines()[0]
        await me.press("*")
        assert me.said == ("Nothing can be changed: it was opened read-only")
    assert sorted(BUNDLED.parent.iterdir()) == beside


@pytest.mark.usefixtures("ana")
async def test_a_newer_bundled_case_is_offered_and_not_forced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with seated(WIDE) as me:
        await me.press("*")
    async with seated(WIDE) as me:
        assert "newer" not in me.screen
    monkeypatch.setattr(own_copy, "_version", lambda _: "f" * 64)
    async with seated(WIDE) as me:
        assert "There is a newer version of the bundled case" in me.screen
        assert "conflict-tui --bundled" in me.screen
        assert me.session.case == own_copy_path(BUNDLED)
        assert "★" in me.screen.splitlines()[0]


def test_the_bundled_file_by_its_name_is_the_bundled_case(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def run(case: Path, **how: bool) -> int:
        asked.append((case, how))
        return 0

    monkeypatch.setattr("tui.cli.main.has_terminal", lambda: True)
    monkeypatch.setattr("tui.run.run", run)
    open_screen(BUNDLED, read_only=False)
    assert asked == [(BUNDLED, {"bundled": True, "read_only": False})]


async def test_who_gives_no_name_is_back_in_the_editor_with_what_they_wrote(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await write(me, "the only copy")
        await me.press("escape")
        assert isinstance(me.app.screen, Editor)
        assert me.app.screen.text == "the only copy"
        assert "Not saved: the log needs a name" in me.screen
        await me.press("escape")
        await me.type("Ana")
        await me.press("enter")
        assert await said(me) == ["the only copy"]


async def test_undo_in_a_case_that_was_never_changed_asks_for_no_name() -> None:
    async with seated() as me:
        await me.press("u")
        assert me.said == "There is nothing to undo."
        await me.press("ctrl+r")
        assert me.said == "There is nothing to redo."


async def test_a_name_that_cannot_be_written_down_holds_for_the_session(case: Path) -> None:
    config_file().parent.parent.mkdir(parents=True)
    config_file().parent.write_text("no folder")
    config = config_file().parent
    config.unlink()
    async with seated(WIDE, case) as me:
        config.write_text("no folder")
        await me.press("*")
        await me.type("Ana Nowak")
        await me.press("enter")
        assert log_of(case)[-1]["who"] == ANA
        await me.press("*")
        assert me.app.screen is me.explore


# each act


@pytest.mark.usefixtures("ana")
class TestEach:
    """Each act, checked on the screen, in `i`, in `L` and in the file."""

    async def test_a_note_of_several_lines(self, case: Path) -> None:
        async with seated(WIDE, case) as me:
            await write(me, "First line", "second q line")
            assert me.said == "Note saved."
            assert "1 note" in me.screen.splitlines()[0]
            assert await said(me) == ["First line\nsecond q line"]
            await is_logged(
                me,
                "note on Rebels take Northtown",
                "nothing",
                "First line\nsecond q line",
                EVENT,
            )
        edit = last_edit(case)
        assert (edit["table"], edit["before"]) == ("notes", None)
        assert edit["after"]["text"] == "First line\nsecond q line"
        assert edit["after"]["about"] == EVENT

    async def test_a_note_that_is_left_with_ctrl_c_is_a_draft_till_it_is_taken_back(
        self, case: Path
    ) -> None:
        async with seated(WIDE, case) as me:
            await me.press("e")
            await me.type("no")
            assert "Esc saves · Ctrl+C keeps it as a draft" in me.screen
            await me.press("ctrl+c")
            assert me.said == "Kept as a draft; it is there when you begin again."
            await me.press("e")
            assert isinstance(me.app.screen, Editor)
            assert me.app.screen.text == "no"
            assert "not saved yet" in me.screen
            await me.press("backspace", "backspace", "escape")
            assert me.said == "Nothing was written."
            await me.press("A", *"weak one", "escape", "A")
            assert me.window.typed == "weak one", "a reason is a draft, too"
            await me.press(*["backspace"] * 8, "escape", "e")
            assert isinstance(me.app.screen, Editor)
            assert me.app.screen.text == ""
            await me.press("escape")
            assert await said(me) == []
        assert not case.with_name("case.json.log").exists()

    async def test_a_tag_is_new_or_chosen_and_not_given_twice(self, case: Path) -> None:
        async with seated(WIDE, case) as me:
            await me.press("t")
            await me.type("key town")
            assert "#key-town" in me.screen
            await me.press("enter")
            assert "#key-town" in me.screen.splitlines()[0]
            await is_logged(
                me, "tag Rebels take Northtown #key-town", "nothing", "#key-town", EVENT
            )
            assert await said(me) == ["#key-town"]
            await me.command("tag key town")
            assert me.said == "Rebels take Northtown is already tagged key-town."
            await me.press("k", "t")
            assert "1 records" in me.screen or "1 record" in me.screen
            await me.press("enter")
            assert "#key-town" in me.screen.splitlines()[0]
        assert [line["edits"][0]["after"]["name"] for line in log_of(case)] == ["key-town"] * 2

    async def test_a_star_and_its_end(self, case: Path) -> None:
        async with seated(WIDE, case) as me:
            await me.press("*")
            assert me.said == "Starred Rebels take Northtown."
            assert "★" in me.screen.splitlines()[0]
            assert signs(me) == "★"
            assert await said(me) == ["starred"]
            await is_logged(me, "starred: Rebels take Northtown", "nothing", "starred", EVENT)
            await me.press("*")
            assert me.said == "Unstarred Rebels take Northtown."
            assert "★" not in me.screen
        assert [line["edits"][0]["after"] is None for line in log_of(case)] == [False, True]

    async def test_what_persons_said_of_an_event_is_seen_in_its_row(self, case: Path) -> None:
        async with seated(WIDE, case) as me:
            for typed in ("", "tag key", "assess weak one report"):
                assert signs(me) == ""
                await (me.command(typed) if typed else write(me, "seen"))
                assert signs(me) == "✎", typed
                await me.press("*")
                assert signs(me) == "★"
                await me.press("u", "u")
            await me.press("M", "c", "x")
            assert signs(me) == ""
            await me.press("R")
            await me.type("compat other day of it")
            await me.press("enter", "backspace")
            assert signs(me) == "✎", "a ruling on two of its claims"

    async def test_what_was_read_is_dim_among_the_sources(self, case: Path) -> None:
        async with seated(WIDE, case) as me:
            await me.press("3")
            article = me.article_id
            assert not dim(me)
            await me.press("M")
            assert dim(me)
            assert await said(me) == ["read"]
            (title, _, _), *_ = await listed(me, "L", article)
            assert title.startswith("read: ")
            await me.press("M")
            assert not dim(me)
            await me.press("4", "M", "3")
            assert dim(me)
            await me.press("1", "M")
            assert me.said == "This works only on an article, not on an event."
        assert last_edit(case)["after"]["kind"] == "read"

    async def test_an_assessment_takes_the_place_of_the_one_before(self, case: Path) -> None:
        async with seated(WIDE, case) as me:
            await me.press("A")
            assert all(word in me.screen for word in ("confirmed", "fair", "weak", "discounted"))
            await me.type("weak one origin")
            assert "because one origin" in me.screen
            await me.press("enter")
            assert me.said == "Assessed weak: Rebels take Northtown."
            assert "assessed weak" in me.screen.splitlines()[0]
            await is_logged(
                me, "assess Rebels take Northtown: weak", "nothing", "weak: one origin", EVENT
            )
            await me.command("assess fair two now")
            assert "assessed fair" in me.screen.splitlines()[0]
            assert await said(me) == ["fair: two now"]
            await is_logged(
                me,
                "assess Rebels take Northtown: fair",
                "weak: one origin",
                "fair: two now",
                EVENT,
            )
        assert last_edit(case)["before"]["reason"] == "one origin"

    async def test_the_same_word_again_is_not_logged(self, case: Path) -> None:
        async with seated(WIDE, case) as me:
            await me.command("assess weak one origin")
            before = len(log_of(case))
            await me.command("assess weak one origin")
            assert me.said == "Already recorded: assess Rebels take Northtown: weak."
            assert len(log_of(case)) == before
            await me.command("assess weak one origin only")
            assert me.said == "Assessed weak: Rebels take Northtown."

    async def test_a_reason_that_is_too_long_is_asked_again(self, case: Path) -> None:
        async with seated(WIDE, case) as me:
            await me.press(":")
            assert me.app.focused is not None
            me.app.focused.post_message(Paste(f"assess weak {'x' * (LONGEST_TYPED + 1)}"))
            await me.settle()
            await me.press("enter")
            assert "Not saved: the reason has 2,001 characters; the limit is 2,000" in me.screen
            assert not case.with_name(case.name + ".log").exists() or not log_of(case)

    async def test_a_grade_of_a_source(self, case: Path) -> None:
        async with seated(WIDE, case) as me:
            await me.press("1", "=")
            assert me.said == "This works only on a source or a claim, not on an event."
            await me.press("3", ".")
            assert "reliability B" not in me.screen
            await me.press("=")
            assert "usually reliable" in me.screen
            await me.type("b known to me")
            await me.press("enter")
            assert me.said.startswith("Graded B: ")
            assert "reliability B" in me.screen
            assert await said(me) == ["grade B: known to me"]
            edit = last_edit(case)
            await is_logged(
                me,
                log_of(case)[-1]["why"],
                "nothing",
                "grade B: known to me",
                edit["after"]["about"],
            )
        assert edit["after"]["about"].startswith("src_")

    async def test_a_grade_of_a_claim(self, case: Path) -> None:
        async with seated(WIDE, case) as me:
            await me.press("c")
            assert "F6" in me.screen
            assert "F2" not in me.screen
            await me.press("=")
            assert "probably true" in me.screen
            await me.type("2 seen on film")
            await me.press("enter")
            assert "F2" in me.screen
            assert await said(me) == ["grade 2: seen on film"]
        assert last_edit(case)["after"]["about"].startswith("clm_")

    async def test_a_ruling_stands_beside_the_reading_and_does_not_change_it(
        self, case: Path
    ) -> None:
        async with seated(WIDE, case) as me:
            await me.press("R")
            assert "compare" in me.said or "for the panes" in me.said or me.said
            await me.press("c", "x")
            comparing = me.explore.comparing
            await me.press("n")
            pair = comparing.pair()
            before = words(shown(me.app, comparing.other.content_region))
            reading = str(comparing.other.border_title)
            await me.press("R")
            assert "both can be true" in me.screen
            await me.type("compat other day of it")
            await me.press("enter")
            assert comparing.pair() == pair, "the same two are set against each other"
            after = words(shown(me.app, comparing.other.content_region))
            assert f"§ {ANA} ruled: compatible: other day of it" in after
            assert str(comparing.other.border_title) == reading
            assert before[:60] in after
            assert await said(me) == ["compatible: other day of it"]
            assert pair is not None
            await is_logged(
                me, log_of(case)[-1]["why"], "nothing", "compatible: other day of it", pair[1]
            )
        after_ = last_edit(case)["after"]
        assert (after_["about"], after_["other"]) == pair

    async def test_a_rule_of_the_date(self, case: Path) -> None:
        async with seated(WIDE, case) as me:
            before = me.screen.splitlines()[0]
            await me.press(":")
            await me.type("date-rule ")
            assert all(f"by {rule}" in me.screen for rule in DateRule)
            await me.press("escape")
            await me.command("date-rule range")
            assert me.said == "Dated by range."
            assert me.screen.splitlines()[0] != before
            await is_logged(me, "date by range", "date rule: majority", "range", EVENT)
            await me.command("date-rule range")
            assert me.said == "The date already follows from range."
        (edit,) = log_of(case)[-1]["edits"]
        assert edit["after"]["date_rule"] == "range"

    async def test_a_filter_under_a_name(self, case: Path) -> None:
        async with seated(WIDE, case) as me:
            await me.command("save none")
            assert me.said == "Filter first, then type :save NAME."
            await me.command("words northern")
            await me.command("save The north")
            assert me.said == "Filter saved as The north."
            filters = me.filters
            await me.command("all")
            assert me.filters == []
            await me.command("filter The north")
            assert me.filters == filters
            await me.command("all")
            await me.command("filter")
            assert "The north" in me.screen
            assert ANA in me.screen
            await me.press("enter")
            assert me.filters == filters
            await is_logged(me, "save filter The north", "nothing", "The north", "sav")
        assert last_edit(case)["after"]["chips"][0]["value"] == "northern"


@pytest.mark.parametrize(
    ("kind", "value"), [("moon", "full"), ("date", "soon"), ("type", "war"), ("support", "9")]
)
async def test_a_saved_filter_that_means_nothing_here_is_refused(
    case: Path, kind: str, value: str
) -> None:
    saved = changes.saved_filter(
        "odd", [SavedCondition(kind, value, value)], ANA, "2026-11-22T10:00:00Z"
    )
    with closing(Archive.open(case, writing=True)) as archive:
        archive.change(changes.add_or_replace(None, saved, "by hand", ANA, saved.at))
    async with seated(WIDE, case) as me:
        await me.command("filter odd")
        assert value in me.window.why or kind in me.window.why
        assert me.window.typed == "filter odd", "to be corrected"
        assert me.filters == []


@pytest.mark.usefixtures("ana")
@pytest.mark.parametrize(
    "typed", ["date 2024-12", "date 2024-12-05..", "type capture", "support 2+", "words a b"]
)
async def test_every_kind_of_filter_is_opened_as_it_was_saved(case: Path, typed: str) -> None:
    async with seated(WIDE, case) as me:
        await me.command(typed)
        filters = me.location.filter.filters
        assert filters
        await me.command("save mine")
        await me.command("all")
        await me.command("filter mine")
        assert me.location.filter.filters == filters


def dim(me: Person) -> bool:
    """True if the first source is drawn as read."""
    lines = shown(me.app, me.explore.sources.content_region).splitlines()
    return any(" read" in line for line in lines)


# undo and redo


@pytest.mark.usefixtures("ana")
async def test_all_is_undone_and_done_again_act_by_act_also_after_a_restart(case: Path) -> None:
    async with seated(WIDE, case) as me:
        states = [await told(me)]

        async def did() -> None:
            states.append(await told(me))
            assert states[-1] != states[-2]

        await write(me, "one", "two")
        await did()
        for keys in (
            ("t", *"key", "enter"),
            ("*",),
            ("A", *"weak", "enter", *"thin", "enter"),
            ("3", "M", "1"),
        ):
            await me.press(*keys)
            await did()
        await me.press("3", ".", "=", "b", "enter", *"known", "enter", ".", "1")
        await did()
        await me.press("c", "x", "R", *"same", "enter", *"both", "enter", "c")
        await did()
        await me.command("date-rule range")
        await did()
        await me.command("words northern")
        await me.command("save north")
        await me.command("all")
        await did()
        whys = [line["why"] for line in log_of(case)]
        for number in reversed(range(len(whys))):
            await me.press("u")
            assert me.said == f"Undone: {whys[number]}."
            assert await told(me) == states[number]
            if number == 4:
                break
    async with seated(WIDE, case) as me:
        assert await told(me) == states[4]
        for number in reversed(range(4)):
            await me.press("u")
            assert me.said == f"Undone: {whys[number]}."
            assert await told(me) == states[number]
        await me.press("u")
        assert me.said == "There is nothing to undo."
        for number in range(5):
            await me.press("ctrl+r")
            assert me.said == f"Redone: {whys[number]}."
            assert await told(me) == states[number + 1]
    async with seated(WIDE, case) as me:
        for number in range(5, len(whys)):
            await me.press("ctrl+r")
            assert me.said == f"Redone: {whys[number]}."
            assert await told(me) == states[number + 1]
        await me.press("ctrl+r")
        assert me.said == "There is nothing to redo."
        await me.press("u", "*")
        await me.press("ctrl+r")
        assert me.said == "There is nothing to redo.", "a new act cuts what could be redone"
        titles = [row[0] for row in await listed(me, "L")]
        assert titles[1] == f"undo: {whys[-1]}"
        assert f"redo: {whys[0]}" in titles


async def told(me: Person) -> tuple[object, ...]:
    """The first line of the screen, all judgements, the saved filters and the event's record."""
    me.explore.timeline.move_to(me.row_of(EVENT))
    await me.settle()
    ask = me.session.archive.ask
    rows = [row for table in JUDGEMENTS for row in _records(me, table)]
    return (
        me.screen.splitlines()[0],
        *rows,
        ask(judgements.saved_filters),
        ask(judgements.held, "events", EVENT),
    )


def _records(me: Person, table: str) -> list[str]:
    return sorted(
        (str(one) for _, one in me.session.archive.ask(lambda c: list(numbered(c, table))))
    )


# what was said is altered or withdrawn


@pytest.mark.usefixtures("ana")
async def test_a_note_is_edited_and_withdrawn_and_the_log_keeps_all(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await write(me, "first")
        await me.press("i", "enter")
        assert "Edit it" in me.screen
        assert "Withdraw it" in me.screen
        await me.press("enter")
        await me.type(" and more")
        await me.press("escape")
        assert await said(me) == ["first and more"]
        await is_logged(me, "edit note on Rebels take Northtown", "first", "first and more", EVENT)
        await me.press("i", "enter", "enter", "escape")
        assert me.said == "The note is unchanged."
        await me.press("i", "enter", "down", "enter")
        assert me.said == "Withdrawn."
        assert await said(me) == []
        assert "note" not in me.screen.splitlines()[0]
        await is_logged(me, "withdraw note", "first and more", "nothing", "not_")
    assert [line["edits"][0]["before"] is None for line in log_of(case)] == [True, False, False]


# typed ahead


@pytest.mark.usefixtures("ana")
async def test_an_assessment_in_one_burst(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await burst(me, "A", *"weak", "space", *"one", "space", *"origin", "enter")
        assert await said(me) == ["weak: one origin"]


@pytest.mark.usefixtures("ana")
async def test_a_note_and_its_undo_in_one_burst(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await burst(me, "e", *"quick", "escape", "u")
        assert me.said == "Undone: note on Rebels take Northtown."
        assert await said(me) == []
        assert [line["why"] for line in log_of(case)] == ["note on Rebels take Northtown"] * 2


@pytest.mark.usefixtures("ana")
async def test_no_act_of_a_burst_is_lost(case: Path) -> None:
    async with seated(WIDE, case) as me:
        await burst(me, "e", "a", "escape", "e", "b", "escape", "*", "t", "x", "enter", "e", "c")
        await burst(me, "escape")
        assert await said(me) == ["a", "b", "c", "#x", "starred"]


@pytest.mark.usefixtures("ana")
async def test_what_was_done_just_before_quitting_is_done(case: Path) -> None:
    app = ConflictApp(case, bundled=False)
    async with app.run_test(size=WIDE) as pilot:
        me = Person(pilot)
        await me.settle()
        for key in ("e", "a", "escape", "*", "t", "x", "enter", "q"):
            me.send(key)
        async with asyncio.timeout(15):
            while not me.ended:
                await me.pilot.pause(0.01)
    assert len(log_of(case)) == 3


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """No change is saved before this is set."""
    saved = threading.Event()
    change = Archive.change

    def wait(archive: Archive, asked: Change) -> None:
        assert saved.wait(20)
        change(archive, asked)

    monkeypatch.setattr(Archive, "change", wait)
    yield saved
    saved.set()


@pytest.mark.usefixtures("ana")
async def test_while_a_change_is_saved_keys_move(slow: threading.Event) -> None:
    async with seated(WIDE) as me:
        first, row = me.event_id, me.explore.timeline.cursor
        me.send("*")
        for _ in range(3):
            me.send("j")
        wanted = me.explore.timeline.event_at(row + 3)
        async with asyncio.timeout(15):
            while (
                me.explore.event is None
                or me.explore.event.row.n != wanted
                or me.explore.questions.asked("look")
            ):
                await me.pilot.pause(0.01)
        there = me.event_id
        assert there != first
        assert me.explore.actors.count > 1
        me.send("2")
        me.send("j")
        async with asyncio.timeout(15):
            while me.explore.actors.cursor != 1:
                await me.pilot.pause(0.01)
        slow.set()
        await me.settle()
        assert me.said.startswith("Starred")
        assert (me.explore.timeline.cursor, me.event_id, me.pane) == (row + 3, there, "actors")
        assert me.explore.actors.cursor == 1
        assert last_edit(me.session.case)["after"]["about"] == first
