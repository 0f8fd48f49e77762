"""Two records made one, and one made two: each one act, taken back exactly or not at all."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.archive import Archive
from store.coding.merge import merge, merge_by_id, merged_record
from store.coding.split import split_by_id
from store.custody.verify import verify
from store.errors import ConflictError, RefusedChange, UsageError
from store.model import changes
from store.model.change import Change, Edit
from store.model.judgements import KinshipKind, MarkKind, RulingKind, Verdict
from store.model.records import SCHEMA, Actor, AnyRecord, Case, Claim, Event, Place, RowRef
from store.model.references import references
from store.model.values import Participant
from store.model.vocabulary import ActorKind, PlaceKind, Role
from store.queries.referring import referring
from tests.examples import examples
from tests.small import SmallCase
from tests.store.dumps import assert_as_made_anew, on_index
from tests.store.histories import in_order, some_case, some_edits, whole
from tests.store.kept import NAMES, held, put_case

AT = "2025-01-0{}T00:00:00Z"


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """The name of a case in files, or in a database."""
    return str(request.param)


def opened(path: Path, records: Iterator[tuple[str, AnyRecord]]) -> Archive:
    """A new case, open for writing."""
    put_case(path, records)
    return Archive.open(path, author="Ana", writing=True)


def merging(archive: Archive, kept: str, gone: str, *taken: str) -> Change:
    """Merge two records, with these fields of the other."""
    change = archive.ask(merge_by_id, kept, gone, taken or None, "Ana", AT.format(9))
    archive.change(change)
    return change


def referred(records: Mapping[str, AnyRecord]) -> set[str]:
    """The ids that anything refers to."""
    return {to for one in records.values() for _, to, _ in references(one)}


def blue_and_azure() -> SmallCase:
    """One actor under two names, a part of it, and what persons say of them."""
    small = SmallCase()
    small.actor("Blue", "Blues")
    small.actor("Azure", "The Azure")
    small.actor("Brigade", part_of="act_Azure")
    fall = small.event("Fall")
    text = "Azure took it, and Blue took it."
    small.acted(fall, small.article("A", text), "Azure took it", "act_Azure")
    small.acted(fall, small.article("B", text), "Blue took it", "act_Blue")
    for one in (
        changes.note("act_Azure", "who are they?", "Ana", AT.format(1)),
        changes.tag("act_Azure", "north", "Ana", AT.format(1)),
        changes.tag("act_Blue", "north", "Ben", AT.format(2)),
        changes.mark("act_Azure", MarkKind.STAR, "Ben", AT.format(2)),
    ):
        small.tables.setdefault(changes.TABLE_OF_TYPE[type(one)], {})[one.id] = one
    return small


def test_everything_that_named_one_names_the_other(tmp_path: Path, name: str) -> None:
    archive = opened(tmp_path / name, blue_and_azure().records())
    before = held(archive)
    merging(archive, "act_Blue", "act_Azure")
    after = held(archive)
    kept = after["act_Blue"]
    assert isinstance(kept, Actor)
    assert "act_Azure" not in after
    assert "act_Azure" not in referred(after)
    assert kept.aliases == ("Blues", "Azure", "The Azure")
    assert kept.merged == ("act_Azure",)
    brigade = after["act_Brigade"]
    assert isinstance(brigade, Actor)
    assert brigade.part_of == ("act_Blue",)
    tags = [one for one in after.values() if getattr(one, "name", "") == "north"]
    assert len(tags) == 1
    assert len(archive.history()) == 1
    assert archive.undo()
    assert held(archive) == before
    archive.close()
    assert not list(verify(tmp_path / name))


def test_fields_that_differ_are_shown_and_the_kept_ones_stay() -> None:
    one = Place(id="plc_1", name="Hama", kind=PlaceKind.CITY, precision=1, note="one")
    two = Place(
        id="plc_2",
        name="Hamah",
        kind=PlaceKind.TOWN,
        precision=2,
        latitude=35.0,
        longitude=36.0,
        basis="a gazetteer",
        within="plc_1",
        note="two",
    )
    after = merged_record(one, two, {"at"})
    assert isinstance(after, Place)
    assert (after.kind, after.precision, after.within) == (PlaceKind.CITY, 1, None)
    assert (after.latitude, after.basis) == (35.0, "a gazetteer")
    assert after.note == "one\n\ntwo"
    named = merged_record(one, two, {"name"})
    assert isinstance(named, Place)
    assert (named.name, named.aliases) == ("Hamah", ("Hama",))


def test_two_claims_that_come_to_say_the_same_are_one_with_the_rulings_on_both(
    tmp_path: Path, name: str
) -> None:
    small = SmallCase()
    fall, article = small.event("Fall"), small.article("A", "Blue, or Azure, took it.")
    for actor in ("Blue", "Azure"):
        small.acted(fall, article, "took it", small.actor(actor))
    small.acted(fall, small.article("B", "Blue took it."), "took it", "act_Blue")
    for one in (
        changes.grade("clm_1", "2", "why", "Ana", AT.format(1)),
        changes.grade("clm_2", "3", "why", "Ana", AT.format(2)),
        changes.ruling("clm_1", "clm_2", RulingKind.REFINES, "why", "Ana", AT.format(1)),
        changes.ruling("clm_2", "clm_3", RulingKind.SAME, "why", "Ana", AT.format(1)),
    ):
        small.tables.setdefault(changes.TABLE_OF_TYPE[type(one)], {})[one.id] = one
    archive = opened(tmp_path / name, small.records())
    before = held(archive)
    merging(archive, "act_Blue", "act_Azure")
    after = held(archive)
    claims = [id for id, one in after.items() if isinstance(one, Claim)]
    assert claims == ["clm_1", "clm_3"]
    assert [one.grade for one in after.values() if hasattr(one, "grade")] == ["3"]
    (ruling,) = [one for id, one in after.items() if id.startswith("rul_")]
    assert {getattr(ruling, "about", ""), getattr(ruling, "other", "")} == {"clm_1", "clm_3"}
    assert archive.take_back(1)
    assert held(archive) == before
    on_index(archive, assert_as_made_anew)
    archive.close()
    assert not list(verify(tmp_path / name))


def test_events_keep_the_rows_and_flags_of_both(tmp_path: Path, name: str) -> None:
    small = SmallCase()
    dataset = small.dataset("List")
    rows = [RowRef(dataset=dataset, row=str(n), sha256=f"{n}" * 64) for n in (1, 2)]
    one, other = (small.event(f"Fall {row.row}", row=row) for row in rows)
    small.claim(other, small.article("A", "It fell."), "It fell.")
    said = changes.assessment(other, Verdict.WEAK, "why", "Ana", AT.format(1))
    small.tables["assessments"] = {said.id: said}
    archive = opened(tmp_path / name, small.records())
    merging(archive, one, other)
    after = held(archive)
    kept = after[one]
    assert isinstance(kept, Event)
    assert (kept.row, kept.merged_rows) == (rows[0], (rows[1],))
    assert [one.subject for one in after.values() if isinstance(one, Claim)] == [kept.id]
    assert [getattr(one, "about", "") for id, one in after.items() if id[:3] == "ass"] == [kept.id]
    archive.close()
    assert not list(verify(tmp_path / name))


def test_what_would_be_a_part_of_itself_is_refused(tmp_path: Path) -> None:
    small = SmallCase()
    small.actor("Army")
    small.actor("Corps", part_of="act_Army")
    small.actor("Unit", part_of="act_Corps")
    archive = opened(tmp_path / "case.json", small.records())
    with pytest.raises(UsageError, match="part of itself, by way of Corps"):
        merging(archive, "act_Unit", "act_Army")
    merging(archive, "act_Unit", "act_Corps")
    merging(archive, "act_Unit", "act_Army")
    kept = held(archive)["act_Unit"]
    assert isinstance(kept, Actor)
    assert (kept.part_of, kept.merged) == ((), ("act_Corps", "act_Army"))
    with pytest.raises(ConflictError):
        merging(archive, "act_Unit", "act_Unit")
    archive.close()


def test_found_apart_is_only_said_of_two_of_one_kind() -> None:
    made = changes.kinship("act_1", "act_2", KinshipKind.APART, "two towns", "Ana", AT.format(1))
    assert made.other == "act_2"
    for one, other, verdict in (
        ("act_1", "plc_2", KinshipKind.APART),
        ("act_1", "act_2", KinshipKind.SAME_TEXT),
        ("act_1", "act_1", KinshipKind.APART),
    ):
        with pytest.raises(ValueError, match=r"other|verdict"):
            changes.kinship(one, other, verdict, "", "Ana", AT.format(1))


def test_what_is_chosen_goes_to_a_new_record_with_the_alias(tmp_path: Path, name: str) -> None:
    archive = opened(tmp_path / name, blue_and_azure().records())
    merging(archive, "act_Blue", "act_Azure")
    merged = held(archive)
    found = archive.ask(referring, "act_Blue")
    ids = {claim.id for claim in found.claims[:1]} | {one.id for one in found.judgements[:1]}
    change = archive.ask(split_by_id, "act_Blue", ids, "Azure", "Ana", AT.format(9))
    archive.change(change)
    after = held(archive)
    (new,) = {*after} - {*merged}
    rest = after["act_Blue"]
    assert isinstance(rest, Actor)
    assert rest.aliases == ("Blues", "The Azure")
    moved = archive.ask(referring, new)
    assert {one.id for _, one in moved.records} >= {found.claims[0].id}
    (claim,) = moved.claims
    assert claim.value == Participant(actor=new, role=Role.ATTACKER)
    assert archive.take_back(2)
    assert held(archive) == merged
    with pytest.raises(UsageError, match="nothing would go"):
        archive.ask(split_by_id, "act_Blue", (), "Azure", "Ana", AT.format(9))
    with pytest.raises(UsageError, match="no name"):
        archive.ask(split_by_id, "act_Blue", ids, " ", "Ana", AT.format(9))
    archive.close()
    assert not list(verify(tmp_path / name))


def _renamed(archive: Archive, id: str, to: str) -> None:
    one = held(archive)[id]
    assert isinstance(one, Actor)
    archive.change(
        Change(
            "Ben",
            "",
            f"call it {to}",
            (Edit("actors", id, one, msgspec.structs.replace(one, name=to)),),
        )
    )


def test_an_act_is_taken_back_after_others_or_these_are_named(tmp_path: Path, name: str) -> None:
    archive = opened(tmp_path / name, blue_and_azure().records())
    before = held(archive)
    merging(archive, "act_Blue", "act_Azure")
    _renamed(archive, "act_Blue", "Navy")
    with pytest.raises(RefusedChange, match=r"later acts changed .*: 2 \(Ben: call it Navy\)"):
        archive.take_back(1)
    archive.take_back(2)
    with pytest.raises(RefusedChange, match=r"same records since: 2 .*; 3 "):
        archive.take_back(1)  # the act that took it back changed it, too
    archive.undo()
    archive.undo()
    archive.take_back(1)
    assert held(archive) == before
    for entry, why in ((1, "later acts"), (4, "it is an undo"), (9, "no entry"), (0, "no entry")):
        with pytest.raises(ConflictError, match=why):
            archive.take_back(entry)
    archive.close()
    assert not list(verify(tmp_path / name))


def test_an_act_is_kept_while_later_ones_need_what_it_added(tmp_path: Path, name: str) -> None:
    archive = opened(tmp_path / name, blue_and_azure().records())
    new = Actor(id="act_New", name="New", kind=ActorKind.ARMED_GROUP)
    archive.change(Change("Ana", "", "add New", (Edit("actors", new.id, None, new),)))
    one = changes.note(new.id, "why", "Ben", AT.format(3))
    archive.change(Change("Ben", "", "write a note", (Edit("notes", one.id, None, one),)))
    with pytest.raises(RefusedChange, match=r"need|refer to what it added: 2 \(Ben: write a note"):
        archive.take_back(1)
    archive.undo()
    archive.take_back(1)
    assert new.id not in held(archive)
    archive.close()


@pytest.mark.parametrize("name", NAMES)
@given(seed=st.integers(0, 2**32))
@examples(40)
def test_a_merge_or_split_is_taken_back_exactly_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, seed: int
) -> None:
    rng = Random(seed)
    folder = tmp_path_factory.mktemp("case")
    records = some_case(rng)
    itself = Case(id="case_x", schema=SCHEMA, name="x", title="X")
    archive = opened(folder / name, iter([("case", itself), *in_order(records)]))
    act = _some_act(rng, archive, records)
    if act is not None:
        before = held(archive)
        archive.change(act)
        on_index(archive, assert_as_made_anew)
        assert whole({id: one for id, one in held(archive).items() if id != itself.id})
        touched = {edit.id for edit in act.edits}
        changed = _later(rng, archive)
        now = held(archive)
        wanted = {id: one for id, one in now.items() if id not in touched}
        wanted |= {id: before[id] for id in touched if id in before}
        fits = whole({id: one for id, one in wanted.items() if id != itself.id})
        if fits and not touched & changed:
            archive.take_back(1)
            assert held(archive) == wanted
        else:
            with pytest.raises(RefusedChange, match=r"later acts .*: \d \(Ana: later\)"):
                archive.take_back(1)
            assert held(archive) == now
        on_index(archive, assert_as_made_anew)
    archive.close()
    # a random edit of an article leaves its passages with the hash of the text before
    assert not [one for one in verify(folder / name) if "text_sha256" not in one.what]


def _some_act(rng: Random, archive: Archive, records: Mapping[str, AnyRecord]) -> Change | None:
    """A merge or a split of some record of a random case, if it can be."""
    kind = rng.choice(("act", "plc", "src", "evt"))
    ids = [id for id in records if id.startswith(kind)]
    if len(ids) < 2:
        return None
    one, other = rng.sample(ids, 2)
    try:
        if rng.random() < 0.7:
            taken = [
                each.field.key
                for each in archive.ask(merge, one, other).differences
                if rng.random() < 0.5
            ]
            return archive.ask(merge_by_id, one, other, taken, "Ana", AT.format(9))
        found = archive.ask(referring, one)
        some = {each.id for _, each in found.records if rng.random() < 0.5}
        return archive.ask(split_by_id, one, some, "Split", "Ana", AT.format(9))
    except UsageError:
        return None


def _later(rng: Random, archive: Archive) -> set[str]:
    """Make some later changes, and return the ids of the records that they changed."""
    changed: set[str] = set()
    for _ in range(rng.randint(0, 3)):
        now = {id: one for id, one in held(archive).items() if not id.startswith("case_")}
        edits = some_edits(rng, now)
        after = {**now, **{edit.id: edit.after for edit in edits if edit.after is not None}}
        for edit in edits:
            if edit.after is None:
                del after[edit.id]
        if edits and whole(after):
            archive.change(Change("Ana", "", "later", edits))
            changed |= {edit.id for edit in edits}
    return changed
