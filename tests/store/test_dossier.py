"""Dossiers: every sentence has passages, and every passage is in the case as it is cited."""

from collections.abc import Iterator

import msgspec
import pytest

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.dossier.cited import cited
from store.dossier.dossier import Dossier, dossier_of, dossier_of_filter
from store.dossier.html import html
from store.dossier.markdown import markdown
from store.dossier.sentences import Part, sentence
from store.errors import DamagedCase, UnknownRecord, UsageError
from store.model.records import Article, Passage
from store.model.text import text_hash
from store.queries.compare import compare
from store.queries.disputes import the_subject
from store.queries.filters import Filter, FilterKind, Filters
from store.queries.records import record_of

EVENT = "Rebels take Aleppo"


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    found = Archive.open(BUNDLED)
    yield found
    found.close()


def _dispute(archive: Archive) -> str:
    """The id of a claim that is at odds with another."""
    found = archive.ask(compare, archive.ask(the_subject, EVENT).id)
    return next(found.voices[pair.one[0]].claim for pair in found.disputes() if pair.own)


def _of(archive: Archive, what: str) -> Dossier:
    if what == "event":
        return archive.ask(dossier_of, EVENT, "case")
    if what == "dispute":
        return archive.ask(dossier_of, _dispute(archive), "case")
    if what == "place":
        return archive.ask(dossier_of, "Hama", "case")
    december = Filters((Filter(FilterKind.DATE, "2024-12", "2024-12"),))
    return archive.ask(dossier_of_filter, december, "date=2024-12", "case")


@pytest.mark.parametrize("what", ["event", "dispute", "filter", "place"])
def test_every_sentence_has_passages_and_every_hash_matches(archive: Archive, what: str) -> None:
    found = _of(archive, what)
    known = {one.id: one for one in found.passages}
    sentences = [
        one for section in found.sections for part in section.parts for one in part.sentences
    ]
    assert sentences
    assert all(one.passages for one in sentences)
    assert {id_ for one in sentences for id_ in one.passages} == known.keys()
    for one in found.passages:
        article = found.articles[one.article]
        passage = archive.ask(record_of, one.id)
        record = archive.ask(record_of, article.id)
        assert isinstance(passage, Passage)
        assert isinstance(record, Article)
        text = (record.title if one.in_title else record.text) or ""
        assert passage.article == article.id
        assert text_hash(text) == one.sha256
        assert text[one.start : one.end] == one.exact == passage.exact
        assert one.in_title or article.sha256 == one.sha256


def test_a_sentence_without_a_passage_is_refused() -> None:
    with pytest.raises(DamagedCase, match="rests on no passage"):
        sentence(Part("Killed: 27"))


def test_a_passage_that_the_case_lacks_is_refused(archive: Archive) -> None:
    with pytest.raises(DamagedCase, match="no such passage"):
        archive.ask(cited, ["psg_nowhere"])


def test_a_passage_of_another_text_is_refused(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.dossier.cited.text_hash", lambda _: "0" * 64)
    with pytest.raises(DamagedCase, match="refers to another text"):
        archive.ask(dossier_of, EVENT, "case")


def test_a_dispute_is_about_its_line_alone(archive: Archive) -> None:
    whole, part = _of(archive, "event"), _of(archive, "dispute")
    assert part.kind == "dispute"
    assert part.title == f"{EVENT}: when"
    assert len(part.passages) < len(whole.passages)
    (odds,) = [one for one in part.sections if one.heading == "What is at odds"]
    assert odds.parts


def test_a_claim_that_nothing_contradicts_is_no_dispute(archive: Archive) -> None:
    found = archive.ask(compare, archive.ask(the_subject, EVENT).id)
    at_odds = {place for pair in found.disputes(past=True) for place in (*pair.one, *pair.other)}
    calm = next(one.claim for place, one in enumerate(found.voices) if place not in at_odds)
    for claim in (calm, "clm_nothing"):
        with pytest.raises(UnknownRecord):
            archive.ask(dossier_of, claim, "case")


def test_a_filter_without_events_is_refused(archive: Archive) -> None:
    nothing = Filters((Filter(FilterKind.WORDS, "qqzz", "qqzz"),))
    with pytest.raises(UsageError, match="no events match"):
        archive.ask(dossier_of_filter, nothing, "words=qqzz", "case")


def test_the_title_of_a_part_keeps_its_capital(archive: Archive) -> None:
    found = _of(archive, "event")
    (odds,) = [one for one in found.sections if one.heading == "What is at odds"]
    texts = [one.text for one in odds.parts[0].sentences]
    assert any(one.startswith("Perhaps contradicts (when): ") for one in texts)
    assert any("(Syrian army withdraws from Aleppo: cause): " in one for one in texts)


def test_each_value_of_a_filter_says_of_which_event_it_is(archive: Archive) -> None:
    found = _of(archive, "filter")
    titles = {part.heading for part in found.sections[0].parts}
    (agreed,) = [one for one in found.sections if one.heading == "What agrees"]
    for one in agreed.parts[0].sentences:
        assert any(one.text.startswith(f"{title}: ") for title in titles)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("event", "Nothing is coded about how many were killed. Passages read:"),
        ("filter", "Nothing is coded about how many were killed for 22 of 24 events. Passages"),
    ],
)
def test_what_is_not_coded_claims_nothing_about_the_words(
    archive: Archive, what: str, words: str
) -> None:
    found = _of(archive, what)
    (section,) = [one for one in found.sections if one.heading == "What is not coded"]
    (one,) = [one for one in section.parts[0].sentences if one.text.startswith(words)]
    assert one.passages
    for text in ("".join(markdown(found)), "".join(html(found, borders=True))):
        assert words in text
        assert "No passage" not in text
        assert "Nothing here is denied" not in text


def test_a_figure_has_the_note_of_its_coding(archive: Archive) -> None:
    found = _of(archive, "filter")
    texts = [one.text for part in found.sections[0].parts for one in part.sentences]
    assert any("50 others”; note of the coding: 'others' is read as other" in one for one in texts)
    assert not any("note of the coding: the Friday" in one for one in texts)


def test_an_address_in_markdown_is_whole(archive: Archive) -> None:
    found = _of(archive, "event")
    url = "https://news.example/a_b//c?d=e&f=~g#h"
    first, *others = found.articles
    articles = (msgspec.structs.replace(first, url=url), *others)
    text = "".join(markdown(msgspec.structs.replace(found, articles=articles)))
    assert f"; `{url}`; " in text
