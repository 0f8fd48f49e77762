"""Changes of an open case: every query gives the same result as after reading it again."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from sqlite3 import Connection
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.bundled import BUNDLED
from store.analysis.sourced_claim import SourcedClaim
from store.analysis.toll_figures import Verdicts
from store.archive import Archive
from store.database.apply import apply
from store.database.derived_rows import EventRows, event_rows
from store.database.read_records import record, records
from store.document.tinydb_file import read_case
from store.errors import DamagedCase, RefusedChange, UsageError
from store.model.change import Change, Edit
from store.model.records import Article, Case, Event, Passage, Source
from store.model.text import text_hash
from store.model.values import Where
from store.model.vocabulary import Kind, SourceKind, Stance, TextKind
from store.queries import actors, evidence, search, timeline
from store.queries.filters import Filters
from tests.examples import WHOLE, examples
from tests.small import SmallCase
from tests.store.dumps import assert_as_made_anew, changed, dump, indexed, numbers, undone
from tests.store.hama import NEWS, Hama
from tests.store.histories import in_order, some_case, some_edits, whole

pytestmark = pytest.mark.slow


@examples(150)
@given(st.integers(0, 2**32))
def test_whatever_is_changed_and_undone_the_index_is_as_one_made_anew(seed: int) -> None:
    rng = Random(seed)
    case = some_case(rng)
    connection = indexed(in_order(case))
    first = dump(connection)
    done: list[Change] = []
    for turn in range(8):
        before, held = dump(connection), numbers(connection)
        edits = some_edits(rng, case)
        after = {**case, **{edit.id: edit.after for edit in edits if edit.after is not None}}
        for edit in edits:
            if edit.after is None:
                del after[edit.id]
        if whole(after):
            apply(connection, changed(*edits))
            done.append(changed(*edits))
            case = after
            assert {one.id: one for _, one in records(connection)} == case
            now = numbers(connection)
            assert all(now[id] == n for id, n in held.items() if id in now)
            assert_as_made_anew(connection, answering=WHOLE or turn == 7)
        else:
            with pytest.raises((DamagedCase, RefusedChange)):
                apply(connection, changed(*edits))
            assert dump(connection) == before
    for change in reversed(done):
        apply(connection, undone(change))
    assert dump(connection) == first
    connection.close()


@pytest.fixture
def hama() -> Iterator[Hama]:
    """The small case of Hama."""
    case = Hama()
    yield case
    case.connection.close()


def support(connection: Connection, event: str) -> str:
    """The support of an event, as the timeline shows it."""
    n = timeline.number_of(connection, event)
    assert n is not None
    (row,) = timeline.rows(connection, [n])
    return row.support


def test_a_claim_counts_as_soon_as_it_is_made_and_no_longer_than_it_stands(hama: Hama) -> None:
    denial = msgspec.structs.replace(
        hama.records[hama.took], id="clm_new", stance=Stance.DENIES, chain=(hama.agency,)
    )
    denied = changed(hama.add(denial, "claims"))
    assert support(hama.connection, hama.fall) == "2/2"
    apply(hama.connection, denied)
    assert support(hama.connection, hama.fall) == "2/2 −1"
    apply(hama.connection, undone(denied))
    assert support(hama.connection, hama.fall) == "2/2"


def test_who_comes_to_speak_for_another_party_counts_with_it(hama: Hama) -> None:
    assert support(hama.connection, hama.fall) == "2/2"
    sources = [id for id in hama.records if id.startswith("src_")]
    together = [hama.alter(id, speaks_for=hama.army) for id in sources]
    hama.apply(*together)
    assert support(hama.connection, hama.fall) == "2/1"
    assert_as_made_anew(hama.connection)
    apply(hama.connection, undone(changed(*together)))
    assert support(hama.connection, hama.fall) == "2/2"


def test_a_claim_can_be_moved_to_another_event(hama: Hama) -> None:
    hama.apply(hama.alter(hama.too, subject=hama.strike))
    assert support(hama.connection, hama.fall) == "1/1"
    assert support(hama.connection, hama.strike) == "1/1"


def test_a_new_name_is_found_and_the_old_one_is_not(hama: Hama) -> None:
    hama.apply(hama.alter(hama.rebels, name="Insurgents", aliases=()))
    assert [hit.id for hit in search.search(hama.connection, "insurgents")] == [hama.fall]
    assert [one.name for one in search.named(hama.connection, "insurg")] == ["Insurgents"]
    assert search.named(hama.connection, "the rebels") == ()


def test_what_belongs_to_what_follows_at_once(hama: Hama) -> None:
    def acting() -> list[str]:
        return [row.id for row in actors.of_filter(hama.connection, Filters())]

    assert acting() == [hama.opposition, hama.rebels]
    hama.apply(hama.alter(hama.rebels, part_of=(hama.army,)))
    assert acting() == [hama.army, hama.rebels]


def test_a_text_can_be_corrected_with_its_passages(hama: Hama) -> None:
    text = "On Thursday: " + NEWS
    moved = []
    for id in hama.about(hama.news):
        passage = hama.records[id]
        if isinstance(passage, Passage):
            start, end = passage.start + 13, passage.end + 13
            moved.append(hama.alter(id, start=start, end=end, text_sha256=text_hash(text)))
    hama.apply(*moved, hama.alter(hama.news, text=text, text_sha256=text_hash(text)))
    assert [hit.id for hit in search.search(hama.connection, "thursday")] == [hama.news]


def test_a_passage_can_be_moved_to_another_article_with_its_claims(hama: Hama) -> None:
    hama.apply(hama.alter(hama.quoted, article=hama.report))
    assert support(hama.connection, hama.fall) == "2/2"
    said = evidence.claims_about(hama.connection, hama.fall)
    assert {one.article for one in said if one.claim.id == hama.took} == {hama.report}


def test_an_article_is_withdrawn_with_all_that_it_says_in_any_order_and_comes_back(
    hama: Hama,
) -> None:
    before, held = dump(hama.connection), numbers(hama.connection)
    edits = hama.withdraw(hama.news, *hama.about(hama.news))
    hama.apply(*edits)
    assert support(hama.connection, hama.fall) == "1/1"
    assert search.search(hama.connection, "denies") == ()
    apply(hama.connection, undone(changed(*reversed(edits))))
    assert dump(hama.connection) == before
    assert numbers(hama.connection) == held


def test_a_source_that_an_article_lists_stays_as_long_as_it_is_listed(hama: Hama) -> None:
    listed = Source(id="src_Listed", name="Listed", kind=SourceKind.OUTLET)
    hama.apply(hama.add(listed, "sources"))
    hama.apply(hama.alter(hama.news, sources=("src_Listed",)))
    with pytest.raises(RefusedChange, match=r"refers to it \(sources\)"):
        apply(hama.connection, changed(Edit("sources", "src_Listed", listed, None)))


def test_a_number_is_given_to_no_other_record_and_to_the_same_again(hama: Hama) -> None:
    n = numbers(hama.connection)[hama.strike]
    hama.apply(*hama.withdraw(hama.strike))
    siege = msgspec.structs.replace(hama.records[hama.strike], id="evt_Siege", title="Siege")
    hama.apply(hama.add(siege, "events"))
    hama.apply(hama.add(hama.records[hama.strike], "events"))
    now = numbers(hama.connection)
    assert (now[hama.strike], now["evt_Siege"]) == (n, n + 1)


def test_a_case_that_was_opened_empty_or_emptied_takes_records(hama: Hama) -> None:
    apply(hama.connection, changed(*hama.withdraw(*hama.records)))
    assert list(records(hama.connection)) == []
    additions = [hama.add(one, hama.tables[id]) for id, one in hama.records.items()]
    hama.apply(*additions[::-1])
    with_nothing = indexed(())
    apply(with_nothing, changed(*additions[::-1]))
    assert dump(with_nothing)["claims"] == dump(hama.connection)["claims"]
    with_nothing.close()


def article_without(text: str | None, kind: TextKind, sha256: str | None) -> Article:
    return Article(
        id="art_odd", title="Odd", publisher=None, text_kind=kind, text=text, text_sha256=sha256
    )


@pytest.mark.parametrize(
    "article",
    [
        article_without(None, TextKind.HEADLINE, None),
        article_without(None, TextKind.HEADLINE, text_hash("lost")),
        article_without("", TextKind.FULL, text_hash("")),
        article_without("a\0b\r\n\x1b[31m", TextKind.FULL, text_hash("a\0b\r\n\x1b[31m")),
    ],
)
def test_an_article_is_read_back_as_it_was_put_in(article: Article) -> None:
    connection = indexed([("articles", article)])
    assert record(connection, "articles", article.id) == article
    assert evidence.article_record(connection, article.id) == article
    assert record(connection, "articles", "art_none") is None
    apply(connection, undone(changed(Edit("articles", article.id, None, article))))
    assert list(records(connection)) == []
    connection.close()


@pytest.fixture(scope="module")
def bundled() -> Iterator[Connection]:
    """The bundled case; tests undo their changes."""
    tables = read_case(BUNDLED)
    connection = indexed((table, one) for table, held in tables.items() for one in held)
    yield connection
    connection.close()


def first(connection: Connection, table: str) -> Any:
    """The first record of a table."""
    return next(one for of, one in records(connection) if of == table)


def test_the_bundled_case_takes_the_changes_of_a_morning(bundled: Connection) -> None:
    before = dump(bundled)
    last: Any = [one for table, one in records(bundled) if table == "events"][-1]
    place = Where(place=first(bundled, "places").id)
    morning: list[tuple[str, dict[str, object]]] = [
        ("actors", {"name": "The rebels of November"}),
        ("places", {"aliases": ("Al-Ḥamāh",), "precision": 2}),
        ("sources", {"name": "Kremlin"}),
        ("articles", {"publisher": first(bundled, "sources").id, "note": "it was Moscow's"}),
        ("passages", {"note": "looked at once more"}),
        ("events", {"title": "The fall of everything", "background": True}),
        ("claims", {"subject": last.id, "kind": Kind.PLACE, "value": place}),
    ]
    done = []
    for table, fields in morning:
        one = first(bundled, table)
        altered = Edit(table, one.id, one, msgspec.structs.replace(one, **fields))
        done.append(changed(altered))
        apply(bundled, done[-1])
        assert_as_made_anew(bundled)
    said = evidence.claims_about(bundled, last.id)
    done.append(
        changed(
            Edit("events", last.id, last, None),
            *(Edit("claims", one.claim.id, one.claim, None) for one in said),
        )
    )
    apply(bundled, done[-1])
    assert_as_made_anew(bundled)
    for change in reversed(done):
        apply(bundled, undone(change))
    assert dump(bundled) == before


def test_one_claim_makes_one_event_anew_and_no_other(
    bundled: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    derived: list[str] = []

    def counting(
        n: int,
        event: Event,
        told: Sequence[SourcedClaim],
        number: Callable[[str], int],
        verdicts: Verdicts,
    ) -> EventRows:
        derived.append(event.id)
        return event_rows(n, event, told, number, verdicts)

    monkeypatch.setattr("store.database.record_rows.event_rows", counting)
    claim = first(bundled, "claims")
    withdrawal = changed(Edit("claims", claim.id, claim, None))
    apply(bundled, withdrawal)
    assert derived == [claim.subject]
    apply(bundled, undone(withdrawal))
    assert derived == [claim.subject] * 2


def test_an_open_case_is_changed_for_everybody_who_asks(tmp_path: Path) -> None:
    small = SmallCase()
    fall = small.event("Fall of Hama")
    case, event = small.tables["case"]["case_small"], small.tables["events"][fall]
    assert isinstance(case, Case)
    archive = Archive.open(small.write(tmp_path / "case.json"), author="me", writing=True)
    titled = msgspec.structs.replace(case, title="Hama")
    liberated = msgspec.structs.replace(event, title="Hama changes hands")
    archive.change(
        Change(
            "me",
            "",
            "",
            iter([Edit("case", case.id, case, titled), Edit("events", fall, event, liberated)]),
        )
    )
    assert archive.case == titled
    assert [hit.title for hit in archive.ask(search.search, "hands")] == ["Hama changes hands"]
    with pytest.raises(RefusedChange):
        archive.change(changed(Edit("events", fall, event, None)))
    unwritten = msgspec.structs.replace(liberated, title="\udcff")
    with pytest.raises(UsageError):
        archive.change(changed(Edit("events", fall, liberated, unwritten)))
    assert archive.ask(record, "events", fall) == liberated
    archive.close()
