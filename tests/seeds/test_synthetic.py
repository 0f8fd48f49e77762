"""The generator of synthetic cases: what its users rely on."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from weakref import WeakSet

import pytest

from seeds.synthetic import generate_chapters, sharing, synthetic_case
from seeds.synthetic.__main__ import main
from seeds.synthetic.sharing import LINK_SHARES, ArticleEvents, assign_events
from store.archive import Archive
from store.database.read_records import records
from store.document.snapshot import write_case
from store.model.dates import Precision, bounds
from store.model.records import RECORD_TYPES, Article, Claim, Event
from store.model.references import references
from store.model.vocabulary import Kind, Stance, TextKind
from store.queries import histogram, timeline
from store.queries.event_sort import Sort
from store.queries.filters import Filters

EVENTS = 2000


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of 2,000 events."""
    path = tmp_path_factory.mktemp("synthetic") / "case.json"
    write_case(path, synthetic_case(EVENTS))
    return path


def test_the_same_arguments_give_the_same_bytes(case: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.json"
    assert main([str(EVENTS), str(again)]) == 0
    assert again.read_bytes() == case.read_bytes()


def test_another_seed_gives_another_case() -> None:
    def titles(seed: int) -> list[str]:
        return [one.title for _, one in synthetic_case(50, seed) if isinstance(one, Event)]

    assert titles(1) != titles(2)


def test_the_tables_come_in_the_order_that_apply_wants() -> None:
    tables = list(dict.fromkeys(table for table, _ in synthetic_case(20)))
    assert tables == [table for table in RECORD_TYPES if table in tables]


@pytest.mark.parametrize("events", [1, 7, 60])
def test_small_cases_open(events: int, tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    write_case(path, synthetic_case(events))
    archive = Archive.open(path)
    assert archive.ask(timeline.count) == events
    archive.close()


def test_links_are_spread_as_in_the_ucdp_file(case: Path) -> None:
    archive = Archive.open(case)
    links = archive.ask(
        lambda index: index.execute("SELECT count(*) FROM evidence GROUP BY event").fetchall()
    )
    archive.close()
    shares = Counter(min(4, count) for (count,) in links)
    for articles, share in enumerate(LINK_SHARES, 1):
        assert shares[articles] / EVENTS == pytest.approx(share, abs=0.02), articles


def test_few_actors_act_in_most_events(case: Path) -> None:
    archive = Archive.open(case)
    counts = archive.ask(
        lambda index: index.execute(
            "SELECT count(*) FROM event_actors GROUP BY actor ORDER BY 1 DESC"
        ).fetchall()
    )
    archive.close()
    drawn = [count for (count,) in counts]
    # Zipf's law: the first is drawn about twice as often as the second, ten times as the tenth
    assert sum(drawn[:10]) > sum(drawn[10:])
    assert drawn[0] > 5 * drawn[9]


def test_texts_are_of_a_report_s_length() -> None:
    texts = [one.text for _, one in synthetic_case(EVENTS) if isinstance(one, Article) and one.text]
    assert sum(map(len, texts)) / len(texts) == pytest.approx(3000, rel=0.1)


def test_it_holds_the_odd_things_that_real_cases_hold() -> None:
    records = [one for _, one in synthetic_case(EVENTS)]
    articles = [one for one in records if isinstance(one, Article)]
    events = [one for one in records if isinstance(one, Event)]
    claims = [one for one in records if isinstance(one, Claim)]
    assert any(one.publisher is None for one in articles)
    assert any(one.text_kind is TextKind.HEADLINE for one in articles)
    assert any(one.language == "ar" for one in articles)
    assert any(one.planned for one in events)
    assert any(one.background for one in events)
    assert any(one.part_of for one in events)
    assert {len(one.chain) for one in claims} == {0, 1, 2}
    assert {one.stance for one in claims} == set(Stance) - {
        Stance.HEDGES
    }  # hearsay is coded by hand
    assert {one.kind for one in claims} == {
        Kind.OCCURRENCE,
        Kind.DATE,
        Kind.PLACE,
        Kind.PARTICIPANT,
        Kind.FATALITIES,
    }


def test_dates_are_of_every_precision_between_2011_and_2024(case: Path) -> None:
    archive = Archive.open(case)
    numbers = archive.ask(timeline.order, Filters(), Sort.DATE)
    dates = [bounds(row.edtf) for row in archive.ask(timeline.rows, numbers)]
    archive.close()
    assert {one.precision for one in dates} >= {
        Precision.DAY,
        Precision.DAYS,
        Precision.MONTH,
        Precision.UNKNOWN,
    }
    assert any(one.approximate for one in dates)
    years = {one.earliest[:4] for one in dates if one.earliest}
    assert min(years) == "2011"
    assert max(years) <= "2024"


def test_short_texts_hold_what_is_said_and_little_else() -> None:
    def lengths(text: int) -> list[int]:
        made = synthetic_case(EVENTS, text=text)
        return [len(one.text) for _, one in made if isinstance(one, Article) and one.text]

    short, usual = lengths(0), lengths(3000)
    assert len(short) == len(usual)
    assert sum(short) < sum(usual) / 2


def test_a_chapter_is_whole_and_comes_after_those_that_it_refers_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sharing, "CHAPTER", 192)
    seen: set[str] = set()
    subjects: set[str] = set()
    chapters = list(generate_chapters(1_200))
    assert len(chapters) == 2
    for chapter in chapters:
        for table, record in chapter:
            # actors may be parts of others that come a little later
            missing = [id for _, id, of in references(record) if of != table and id not in seen]
            assert not missing, (table, record.id)
            seen.add(record.id)
        told = {one.subject for _, one in chapter if isinstance(one, Claim)}
        assert not told & subjects, "nothing more is said of what happened in an earlier chapter"
        subjects |= told
    assert seen == {record.id for _, record in synthetic_case(1_200)}


class _Thing:
    """Something that happens."""


@pytest.mark.parametrize("events", [5_000, 20_000])
def test_only_what_is_near_is_held_however_many_events_there_are(events: int) -> None:
    held: WeakSet[_Thing] = WeakSet()
    most = articles = 0

    def things() -> Iterator[_Thing]:
        for _ in range(events):
            thing = _Thing()
            held.add(thing)
            yield thing

    for one in assign_events(Random(1), things(), events):
        articles += isinstance(one, ArticleEvents)
        most = max(most, len(held))
    assert articles == events // 5
    assert most < 500


def test_a_database_holds_the_same_case_as_a_file(tmp_path: Path) -> None:
    assert main(["300", str(tmp_path / "case.json")]) == 0
    assert main(["300", str(tmp_path / "case.db")]) == 0
    found = []
    for name in ("case.json", "case.db"):
        archive = Archive.open(tmp_path / name)
        held = archive.ask(lambda index: {one.id: one for _, one in records(index)})
        found.append((archive.case, held, archive.ask(histogram.histogram, Filters(), 48)))
        archive.close()
    assert found[0] == found[1]
    with pytest.raises(SystemExit):
        main(["300", str(tmp_path / "case.db")])


def test_a_database_that_is_stopped_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Archive, "import_batches", stopped)
    with pytest.raises(KeyboardInterrupt):
        main(["30", str(tmp_path / "case.db")])
    assert list(tmp_path.iterdir()) == []
