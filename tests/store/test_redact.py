"""Redaction of the name of a witness, with everything else still valid."""

from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from store.archive import Archive
from store.custody.redaction_traces import traces
from store.custody.verify import verify
from store.database.read_records import record
from store.errors import (
    ConflictError,
    DamagedCase,
    ReadOnlyCase,
    RefusedChange,
    UnknownRecord,
    UsageError,
)
from store.model.change import Change, Edit
from store.model.judgements import SavedCondition, SavedFilter
from store.model.log_line import Act, Redacted
from store.model.records import Article, Claim, Event, Passage, RowRef, Stamp
from store.model.text import text_hash
from store.model.text_fields import editable_fields, with_text_changed
from store.model.values import When
from store.model.vocabulary import EventType, Kind, TextKind
from store.model.withdraw import withdrawal
from store.queries.dependents import resting
from tests.examples import sample
from tests.small import SmallCase
from tests.store.dumps import assert_as_made_anew, on_index
from tests.store.faults import Disk, failing
from tests.store.importing import additions, altering, imported
from tests.store.kept import NAMES, abandon, entitle, held, put_case, title_of

NAME = "Abu Yusuf"
AT = "2026-11-22T10:00:00Z"
TEXT = f"{NAME} saw tanks. The army, said {NAME}, has left. Hama fell."
TOMB = f"[redacted sha256:{text_hash(NAME)}]"
QUOTES = (f"{NAME} saw tanks", "saw tanks", f"The army, said {NAME}, has left", "Hama fell")


class Named:
    """A case whose article names a witness, changed and saved some times."""

    def __init__(self, folder: Path, name: str = NAMES[0]) -> None:
        small = SmallCase()
        fall = small.event("Fall")
        self.news = small.article("news", TEXT, publisher=small.source("Paper"), title="News")
        for quote in (*QUOTES, "Yusuf saw"):
            small.claim(fall, self.news, quote)
        self.path = folder / name
        put_case(self.path, small.records())
        self.archive = Archive.open(self.path, author="me", writing=True)
        for n in range(3):
            note = msgspec.structs.replace(self.article, note=f"{NAME}, looked at {n} times")
            self.archive.change(
                Change("", "", "looked", [Edit("articles", self.news, self.article, note)])
            )
            self.archive.save_snapshot()
        entitle(self.archive, "Hama falls")

    @property
    def article(self) -> Article:
        """The article as it is."""
        found = self.archive.ask(record, "articles", self.news)
        assert isinstance(found, Article)
        return found

    def written(self) -> dict[Path, bytes]:
        """The bytes of all files of the case, without SQLite's shared memory."""
        files = self.path.parent.glob("case*")
        return {one: one.read_bytes() for one in files if one.suffix != ".db-shm"}

    def holding(self) -> list[str]:
        """The files that hold the name, but for the articles' note."""
        return sorted(
            one.name
            for one in self.path.parent.glob("case*")
            if f"{NAME} saw".encode() in one.read_bytes()
        )


@pytest.fixture(params=NAMES)
def named(tmp_path: Path, request: pytest.FixtureRequest) -> Named:
    """A case that names a witness, in files or in a database."""
    return Named(tmp_path, request.param)


def test_a_name_is_taken_out_of_the_text_its_passages_all_snapshots_and_the_log(
    named: Named,
) -> None:
    assert len(named.holding()) == (5 if named.path.suffix == ".json" else 2)
    others = named.archive.redact(named.news, "text", "to protect the witness", NAME)
    assert others == [(named.news, "note")], "its note names him, too"
    assert named.holding() == []
    assert named.article.text == TEXT.replace(NAME, TOMB)
    quoted = {one.exact for one in held(named.archive).values() if isinstance(one, Passage)}
    assert quoted == {quote.replace(NAME, TOMB) for quote in QUOTES} | {f"{TOMB} saw"}
    on_index(named.archive, assert_as_made_anew)
    named.archive.redact(named.news, "note", "to protect the witness")
    for one in named.path.parent.glob("case*"):
        assert NAME.encode() not in one.read_bytes(), one
    assert list(verify(named.path)) == []
    named.archive.close()
    assert list(verify(named.path)) == []


@pytest.mark.parametrize("name", NAMES)
def test_passages_that_are_gone_are_hidden_and_named_and_those_of_the_other_side_stay(
    tmp_path: Path, name: str
) -> None:
    small = SmallCase()
    fall = small.event("Fall")
    news = small.article("news", TEXT, title=f"{NAME} speaks")
    gone = small.claim(fall, news, "Yusuf saw")
    small.claim(fall, news, "Hama fell")
    path = tmp_path / name
    put_case(path, small.records())
    archive = Archive.open(path, author="me", writing=True)
    archive.change(withdrawal(archive.ask(resting, gone), "twice", "me", AT))
    archive.redact(news, "title", "to protect the witness", NAME)
    assert list(verify(path)) == []
    assert archive.undo() is not None, "the claim and its passage are about the text, and are there"
    archive.redo()
    archive.redact(news, "text", "to protect the witness", NAME)
    assert list(verify(path)) == []
    assert archive.undo() is None
    archive.close()
    assert list(verify(path)) == []
    assert list(traces(path, [NAME, "Yusuf"])) == []


def test_it_is_an_act_that_cannot_be_taken_back(named: Named) -> None:
    named.archive.redact(named.news, "text", "to protect the witness", NAME)
    newest = named.archive.history(most=1)[0]
    assert (newest.act, newest.who, newest.why) == (
        Act.REDACTION,
        "me",
        "to protect the witness",
    )
    assert all(isinstance(edit.before, Redacted) for edit in newest.edits)
    assert named.archive.undo() is not None
    assert title_of(named.archive) == "Fall", "the act before it was about something else"
    assert named.archive.undo() is None, "and those before that about the article"
    assert named.archive.redo() is not None
    named.archive.close()
    archive = Archive.open(named.path, writing=True)
    assert (archive.notices, title_of(archive)) == ((), "Hama falls")
    entitle(archive, "later")
    abandon(archive)
    archive = Archive.open(named.path)
    assert title_of(archive) == "later"
    archive.close()


def test_a_reader_must_open_the_case_again(tmp_path: Path) -> None:
    named = Named(tmp_path)
    reader = Archive.open(named.path)
    named.archive.redact(named.news, "text", "to protect the witness", NAME)
    with pytest.raises(DamagedCase, match="the log was replaced or shortened"):
        reader.follow()
    with pytest.raises(ReadOnlyCase):
        reader.redact(named.news, "text", "")
    reader.close()
    named.archive.close()


def test_what_cannot_be_redacted_is_refused_and_nothing_is_written(named: Named) -> None:
    was = named.written()
    wrong = [
        ("art_none", "text", "", UnknownRecord),
        (named.news, "id", "", UsageError),
        (named.news, "published", "", UsageError),
        (named.news, "text", "nobody", RefusedChange),
        (named.news, "url", "", UsageError),
    ]
    for id, field, words, error in wrong:
        with pytest.raises(error):
            named.archive.redact(id, field, "", words)
    assert named.written() == was
    named.archive.close()


def test_whatever_call_fails_the_case_opens_and_it_can_be_done_again(tmp_path: Path) -> None:
    def attempt(at: int) -> tuple[Named, Disk]:
        (tmp_path / str(at)).mkdir()
        named, disk = Named(tmp_path / str(at)), Disk(at)
        with failing(disk), suppress(ConflictError):
            named.archive.redact(named.news, "text", "to protect", NAME)
        return named, disk

    whole, sound = attempt(0)
    abandon(whole.archive)
    for at in sample(range(1, len(sound.calls) + 1), of="redact"):
        named, disk = attempt(at)
        assert disk.failed
        abandon(named.archive)
        archive = named.archive = Archive.open(named.path, writing=True)
        assert title_of(archive) == "Hama falls"
        if named.article.text == TEXT:
            archive.redact(named.news, "text", "to protect", NAME)
        archive.close()
        assert named.holding() == []
        assert list(verify(named.path)) == []


def test_of_a_database_nothing_stays_in_an_import_or_beside_it(tmp_path: Path) -> None:
    named = Named(tmp_path, "case.db")
    told = Article(
        id="art_told", title=f"{NAME} tells", publisher=None, text_kind=TextKind.HEADLINE
    )
    named.archive.import_batches(imported(), [additions(("articles", told))])
    noted = msgspec.structs.replace(told, note="seen")
    named.archive.import_batches(imported(), [[altering(named.archive, "articles", noted)]])
    named.archive.redact(told.id, "title", "to protect the witness", NAME)
    for file in tmp_path.glob("case*"):
        assert f"{NAME} tells".encode() not in file.read_bytes()
    assert list(verify(named.path)) == []
    assert [entry.sequence for entry in named.archive.history()] == [7, 6, 5, 4, 3, 2, 1]
    assert named.archive.undo() is not None
    assert title_of(named.archive) == "Fall", "neither import can be taken back any more"
    named.archive.close()


def test_a_database_that_others_read_is_redacted_when_they_are_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.database.sqlite._BUSY", 0.1)
    named = Named(tmp_path, "case.db")
    reader = Archive.open(named.path)
    reading = reader._engine.connection
    reading.execute("BEGIN")
    reading.execute("SELECT count(*) FROM log").fetchone()
    with pytest.raises(ReadOnlyCase, match="another program is reading"):
        named.archive.redact(named.news, "text", "to protect the witness", NAME)
    reading.execute("COMMIT")
    reader.close()
    assert named.article.text == TEXT
    named.archive.redact(named.news, "text", "to protect the witness", NAME)
    assert named.holding() == []
    named.archive.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_record_that_was_withdrawn_is_redacted_in_the_log(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    put_case(path, SmallCase().records())
    archive = Archive.open(path, author="me", writing=True)
    told = Article(
        id="art_told", title=f"{NAME} tells", publisher=None, text_kind=TextKind.HEADLINE
    )
    added = Edit("articles", told.id, None, told)
    archive.change(Change("", "", f"{NAME} came", [added]))
    archive.change(Change("", "", "no more", [Edit("articles", told.id, told, None)]))
    assert archive.redact(told.id, "title", "to protect the witness", NAME) == []
    assert archive.undo() is None
    archive.close()
    for file in tmp_path.glob("case*"):
        assert NAME.encode() not in file.read_bytes()
    assert list(verify(path)) == []


@pytest.mark.parametrize("name", NAMES)
def test_words_within_a_value_are_redacted_by_a_dotted_name(tmp_path: Path, name: str) -> None:
    small = SmallCase()
    fall = small.event("Fall")
    news = small.article("news", TEXT, title="News")
    dated = When(edtf="2024-12-05", printed=f"the day of {NAME}", note=f"as {NAME} says")
    claim = small.claim(fall, news, "Hama fell", kind=Kind.DATE, value=dated)
    path = tmp_path / name
    put_case(path, small.records())
    archive = Archive.open(path, author="me", writing=True)
    was = archive.ask(record, "claims", claim)
    assert isinstance(was, Claim)
    seen = replace(was, note="seen")
    archive.change(Change("", "", "seen", [Edit("claims", claim, was, seen)]))
    others = archive.redact(news, "text", "a witness", NAME)
    assert others == [(claim, "value.printed"), (claim, "value.note")]
    for field in ("value", "printed", "value.edtf", "value.is", "passage", "value.printed.more"):
        with pytest.raises(UsageError, match="has no text in its field") as refused:
            archive.redact(claim, field, "a witness")
        assert refused.value.hint == "it has text in: note, value.printed, value.note"
    assert archive.redact(claim, "value.printed", "a witness", NAME) == [(claim, "value.note")]
    whole = f"[redacted sha256:{text_hash(dated.note)}]"
    assert archive.redact(claim, "value.note", "a witness") == []
    after = archive.ask(record, "claims", claim)
    assert after == replace(
        seen, value=When(edtf="2024-12-05", printed=f"the day of {TOMB}", note=whole)
    )
    on_index(archive, assert_as_made_anew)
    assert archive.undo() is None
    archive.close()
    assert list(verify(path)) == []
    assert list(traces(path, [NAME])) == []
    for file in tmp_path.glob("case*"):
        assert NAME.encode() not in file.read_bytes(), file


def test_the_fields_that_can_be_redacted_are_those_of_words() -> None:
    row = RowRef(dataset="dst_x", row="17", sha256="0" * 64)
    event = Event(id="evt_x", title="Fall", type=EventType.CLASH, row=row, hint="Paper")
    filters = (SavedCondition("words", "Yusuf", "Yusuf"), SavedCondition("place", "plc_x", "Hama"))
    saved = SavedFilter(id="flt_x", name="mine", by="Ada", at=AT, chips=filters)
    stamp = Stamp(at="2024-12-05", printed="today", note="by Yusuf")
    article = Article(
        id="art_x", title="T", publisher="src_x", text_kind=TextKind.HEADLINE, published=stamp
    )
    assert editable_fields(event) == ("title", "hint")
    assert editable_fields(saved) == ("name", "by", "chips.value", "chips.label")
    assert editable_fields(article) == ("title", "published.printed", "published.note")
    hidden = with_text_changed(saved, "chips.label", lambda text: text.replace("Yusuf", "X"))
    assert isinstance(hidden, SavedFilter)
    assert [filter_.label for filter_ in hidden.chips] == ["X", "Hama"]


@pytest.mark.parametrize("name", NAMES)
def test_a_passage_is_redacted_with_its_article(tmp_path: Path, name: str) -> None:
    named = Named(tmp_path, name)
    (passage, *_) = (one for one in held(named.archive).values() if isinstance(one, Passage))
    with pytest.raises(UsageError) as refused:
        named.archive.redact(passage.id, "exact", "a witness")
    assert refused.value.hint == "it quotes art_news: redact the words in the text of that"
    named.archive.close()
