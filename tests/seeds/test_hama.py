"""The hand-coded reports on Hama: whole, in our own words, and every claim on its passage."""

import hashlib
import os
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.coding_text.read_folder import coded_case
from store.document.snapshot import write_case
from store.model.records import Actor, Article, Claim, Event, Passage, Place, Source
from store.model.values import Control, Participant, When, Where
from store.model.vocabulary import Kind, Stance

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "seeds" / "hama"
SNAPSHOT = ROOT / "seeds" / "hama-2024.json"
ORIGINALS = (
    Path(os.environ.get("CONFLICT_DATA") or Path(__file__).parents[3] / "shared" / "data")
    / "articles"
)
REPORTS = sorted(path.stem for path in FOLDER.glob("*.txt"))

SENTENCE = re.compile(r"\S.*?[.!?][\"”)]*(?=\s|$)")


class Coded:
    """The records that the folder gives, by id."""

    def __init__(self) -> None:
        records = [record for _, record in coded_case(FOLDER)]
        self.articles = {r.id: r for r in records if isinstance(r, Article)}
        self.passages = {r.id: r for r in records if isinstance(r, Passage)}
        self.events = {r.id: r for r in records if isinstance(r, Event)}
        self.actors = {r.id: r for r in records if isinstance(r, Actor)}
        self.places = {r.id: r for r in records if isinstance(r, Place)}
        self.sources = {r.id: r for r in records if isinstance(r, Source)}
        self.claims = [r for r in records if isinstance(r, Claim)]

    def articles_of_events(self) -> dict[str, set[str]]:
        """The articles that have something to say about each event."""
        found: dict[str, set[str]] = defaultdict(set)
        for claim in self.claims:
            if claim.subject in self.events:
                found[claim.subject].add(self.passages[claim.passage].article)
        return found


@pytest.fixture(scope="module")
def coded() -> Coded:
    return Coded()


def digest(report: str) -> str:
    return (FOLDER / f"{report}.txt").read_text("utf-8").rstrip("\n")


def coding(report: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{report}.toml").read_text("utf-8"))


def original(report: str) -> bytes:
    """The bytes of the report as it was published; skips where they are not at hand."""
    found = sorted(ORIGINALS.glob(f"{report}_*.txt"))
    if not found:
        pytest.skip(f"the original of {report} is not part of the project (see CONFLICT_DATA)")
    return found[0].read_bytes()


def test_the_bundled_case_is_what_the_coding_says(tmp_path: Path) -> None:
    write_case(tmp_path / "case.json", coded_case(FOLDER))
    assert SNAPSHOT.read_bytes() == (tmp_path / "case.json").read_bytes(), (
        "compile it again: python -m seeds.coding seeds/hama seeds/hama-2024.json"
    )


def test_every_passage_stands_where_it_says(coded: Coded) -> None:
    assert len(coded.passages) >= 250
    for passage in coded.passages.values():
        article = coded.articles[passage.article]
        text = (article.title if passage.in_title else article.text) or ""
        assert text[passage.start : passage.end] == passage.exact
        assert text[: passage.start].endswith(passage.prefix)
        assert text[passage.end :].startswith(passage.suffix)


def test_every_claim_speaks_of_records_that_exist(coded: Coded) -> None:
    subjects = {**coded.events, **coded.actors, **coded.places}
    for claim in coded.claims:
        assert claim.subject in subjects
        assert claim.passage in coded.passages
        assert set(claim.chain) <= set(coded.sources)
        match claim.value:
            case Where(place=place):
                assert place in coded.places
            case Participant(actor=actor) | Control(holder=actor):
                assert actor in coded.actors


def test_nothing_is_registered_that_no_report_needs(coded: Coded) -> None:
    used = {claim.subject for claim in coded.claims}
    for claim in coded.claims:
        used |= set(claim.chain)
        match claim.value:
            case Where(place=place):
                used.add(place)
            case Participant(actor=actor) | Control(holder=actor):
                used.add(actor)
    used |= {article.publisher for article in coded.articles.values() if article.publisher}
    used |= {source for article in coded.articles.values() for source in article.sources}
    grown = -1
    while grown != len(used):  # what a used record refers to is used
        grown = len(used)
        used |= {s.actor for s in coded.sources.values() if s.id in used and s.actor}
        used |= {p.within for p in coded.places.values() if p.id in used and p.within}
        for party in coded.actors.values():
            if party.id in used:
                used |= {*party.part_of, *party.formerly}
    for register in (coded.actors, coded.places, coded.sources):
        assert [register[key] for key in set(register) - used] == []


def test_every_event_is_claimed_to_occur(coded: Coded) -> None:
    occurring = {claim.subject for claim in coded.claims if claim.kind is Kind.OCCURRENCE}
    assert [event.title for event in coded.events.values() if event.id not in occurring] == []


def test_titles_of_events_fit_a_row_and_differ(coded: Coded) -> None:
    titles = [event.title for event in coded.events.values()]
    assert max(map(len, titles)) <= 60
    assert len(set(titles)) == len(titles)


def test_every_date_shows_its_printed_words_and_how_it_was_read(coded: Coded) -> None:
    dates = [claim.value for claim in coded.claims if isinstance(claim.value, When)]
    times = [claim.as_of for claim in coded.claims if claim.as_of]
    assert len(dates) + len(times) >= 20
    assert all(date.printed for date in dates)
    for date in [*dates, *times]:
        assert date.printed or date.note.startswith("no time is printed; "), date
        assert date.basis == "unresolved" if not date.edtf else date.basis != "unresolved", date
        assert date.note or date.basis == "stated", date


@pytest.mark.parametrize("report", REPORTS)
def test_a_digest_can_be_read_in_a_few_minutes(report: str) -> None:
    text = digest(report)
    assert 250 <= len(text.split()) <= 750
    assert all(paragraph.strip() for paragraph in text.split("\n\n"))
    assert "\n\n" in text
    assert "\n" not in text.replace("\n\n", "")


@pytest.mark.parametrize("report", REPORTS)
def test_every_sentence_is_evidence_or_says_why_not(report: str, coded: Coded) -> None:
    text = digest(report)
    article = next(a for a in coded.articles.values() if a.text == text)
    spans = [
        (passage.start, passage.end)
        for passage in coded.passages.values()
        if passage.article == article.id and not passage.in_title
    ]
    context = {entry["text"]: entry["reason"] for entry in coding(report).get("context", [])}
    sentences = {match.group(): match.span() for match in SENTENCE.finditer(text)}
    assert set(context) <= set(sentences)
    assert all(context.values())
    assert len(context) * 10 <= len(sentences)
    for sentence, (start, end) in sentences.items():
        is_evidence = any(first < end and start < last for first, last in spans)
        assert is_evidence != (sentence in context), sentence


def test_the_reports_give_a_war_and_not_a_handful_of_facts(coded: Coded) -> None:
    assert len(coded.articles) == 5
    assert len(coded.events) >= 90
    assert len(coded.claims) >= 220
    supported_by = [len(articles) for articles in coded.articles_of_events().values()]
    assert sum(articles > 1 for articles in supported_by) >= 25
    assert sum(articles > 2 for articles in supported_by) >= 10
    assert max(supported_by) == 5
    assert sum(event.part_of is not None for event in coded.events.values()) >= 50
    assert sum(event.planned for event in coded.events.values()) >= 8


def test_one_passage_may_support_two_events(coded: Coded) -> None:
    events: dict[str, set[str]] = defaultdict(set)
    for claim in coded.claims:
        if claim.kind is Kind.OCCURRENCE:
            events[claim.passage].add(claim.subject)
    assert any(len(supported) > 1 for supported in events.values())


def test_turkey_denies_what_unnamed_reports_assert(coded: Coded) -> None:
    involvement = next(e for e in coded.events.values() if e.title.startswith("Turkish involve"))
    stances = {
        claim.stance: [coded.sources[key].name for key in claim.chain]
        for claim in coded.claims
        if claim.subject == involvement.id and claim.kind is Kind.OCCURRENCE
    }
    assert stances[Stance.ASSERTS] == ["Unnamed reports"]
    assert stances[Stance.DENIES] == ["Turkish government"]


def test_russias_claim_without_evidence_is_doubted_by_the_publisher(coded: Coded) -> None:
    doubts = [claim for claim in coded.claims if claim.stance is Stance.DOUBTS]
    told = {coded.events[claim.subject].title: claim.chain for claim in doubts}
    assert told["Ukrainian instructors aid HTS (alleged)"] == ()


def test_the_uprising_of_1982_is_background(coded: Coded) -> None:
    of_1982 = [
        coded.events[claim.subject]
        for claim in coded.claims
        if isinstance(claim.value, When) and claim.value.edtf == "1982"
    ]
    assert of_1982
    assert all(event.background for event in of_1982)


def test_hama_fell_on_a_thursday_that_the_undated_report_anchors_itself(coded: Coded) -> None:
    undated = {a.id for a in coded.articles.values() if not a.published}
    entry = next(e for e in coded.events.values() if e.title == "Rebels enter Hama")
    dates = [
        claim.value
        for claim in coded.claims
        if claim.subject == entry.id and coded.passages[claim.passage].article in undated
        if isinstance(claim.value, When)
    ]
    assert [(date.edtf, date.basis) for date in dates] == [("2024-12-05", "relative-to-event")]
    assert "December 5" in dates[0].note


@pytest.mark.parametrize("report", REPORTS)
def test_the_coding_belongs_to_the_original(report: str) -> None:
    content = original(report)
    head = coding(report)["article"]
    assert hashlib.sha256(content).hexdigest() == head["raw_sha256"]


@pytest.mark.parametrize("report", REPORTS)
def test_every_passage_points_into_the_original(report: str) -> None:
    text = original(report).decode("utf-8")
    for passage in coding(report)["passage"]:
        start, end = passage["origin"]
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end], passage["text"]


@pytest.mark.parametrize("report", REPORTS)
def test_printed_words_are_the_originals_and_few(report: str) -> None:
    text = " ".join(words(original(report).decode("utf-8")))
    for passage in coding(report)["passage"]:
        for said in passage["says"]:
            printed = [said.get("printed", ""), said.get("as_of", {}).get("printed", "")]
            for quote in printed:
                assert len(quote.split()) <= 9, quote
                assert " ".join(words(quote)) in text, quote


@pytest.mark.parametrize("report", REPORTS)
def test_no_run_of_twelve_words_is_the_originals(report: str) -> None:
    runs = set(runs_of(words(original(report).decode("utf-8")), 12))
    coded_report = coding(report)
    coded_report["article"].pop("title", None)  # a title stays as printed
    for text in [digest(report), *strings(coded_report)]:
        assert not runs.intersection(runs_of(words(text), 12)), text[:80]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs_of(sequence: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(sequence[first : first + length]) for first in range(len(sequence) - length + 1))


def strings(value: Any) -> Iterator[str]:
    """Every text in a value read from TOML."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
