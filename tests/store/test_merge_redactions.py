"""What either of two copies has redacted is in no byte of the case that is merged of them."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.archive import Archive
from store.database.read_records import record
from store.errors import RefusedChange
from store.model.change import Change, Edit
from store.model.changes import note
from store.model.records import Article, Passage
from store.model.text import text_hash
from store.model.values import Count
from store.model.vocabulary import EventType, Kind
from tests.examples import WHOLE
from tests.small import SmallCase
from tests.store.copies import copied, findings, is_refused, merged, records_of
from tests.store.kept import put_case

pytestmark = pytest.mark.slow

TEXT_NAME, CLAIM_NAME, NOTE_NAME, TITLE_NAME = "Zqxabu", "Zqxomar", "Zqxyusuf", "Zqxdaher"
AT = "2026-01-01T00:00:00Z"
NOTE = note("evt_Fall", f"{NOTE_NAME} was there", "Base", AT)
TEXT = f"{TEXT_NAME} saw tanks. The army, said {TEXT_NAME}, has left. Hama fell."


def put_named(path: Path) -> None:
    """Write a case that names a person in each of four records, and in reasons."""
    small = SmallCase()
    fall = small.event("Fall")
    small.event("Flight")
    news = small.article("news", TEXT, publisher=small.source("Paper"), title="News")
    small.claim(fall, news, "Hama fell")
    small.claim(
        fall,
        news,
        f"said {TEXT_NAME}, has",
        kind=Kind.FATALITIES,
        value=Count(min=2, max=2, printed=f"two, {CLAIM_NAME} says"),
    )
    put_case(path, small.records())
    archive = Archive.open(path, author="Base", writing=True)
    alter(archive, "events", "evt_Flight", f"as {TEXT_NAME} says", title=f"{TITLE_NAME} fled")
    archive.change(Change("", AT, "note", [Edit("notes", NOTE.id, None, NOTE)]))
    archive.close()


def alter(archive: Archive, table: str, id: str, why: str, **fields: object) -> None:
    """Change fields of a record, if it is there."""
    before = archive.ask(record, table, id)
    if before is None:
        return
    after = msgspec.structs.replace(before, **fields)
    archive.change(Change("", AT, why, [Edit(table, id, before, after)]))


def reason(archive: Archive) -> str:
    """A reason that names a person, as long as nobody has redacted the name in this copy."""
    news = archive.ask(record, "articles", "art_news")
    return f"{TEXT_NAME} said" if TEXT_NAME in str(news) else "it is said"


def redact(archive: Archive, table: str, id: str, field: str, name: str, words: str = "") -> str:
    """Redact words if they are there, and return the name that they are."""
    try:
        if name in msgspec.json.encode(archive.ask(record, table, id)).decode():
            archive.redact(id, field, "for safety", words)
            return name
    except RefusedChange:
        pass
    return ""


def quote(archive: Archive, rng: Random) -> str:
    """Add a passage of the article."""
    news = archive.ask(record, "articles", "art_news")
    assert isinstance(news, Article)
    text = news.text or ""
    start = rng.randint(0, len(text) - 2)
    end = rng.randint(start + 1, len(text))
    passage = Passage(
        id=f"psg_{start}_{end}",
        article=news.id,
        start=start,
        end=end,
        exact=text[start:end],
        text_sha256=text_hash(text),
    )
    if archive.ask(record, "passages", passage.id) is None:
        archive.change(Change("", AT, "quote", [Edit("passages", passage.id, None, passage)]))
    return ""


def withdrawn_and_redacted(archive: Archive) -> str:
    """Withdraw the note, and redact it in the log."""
    if not isinstance(before := archive.ask(record, "notes", NOTE.id), msgspec.Struct):
        return ""
    archive.change(Change("", AT, "gone", [Edit("notes", NOTE.id, before, None)]))
    archive.redact(NOTE.id, "text", "for safety")
    return NOTE_NAME


def extended_and_redacted(archive: Archive, rng: Random) -> str:
    """Write something before the words, and then redact them."""
    event = archive.ask(record, "events", "evt_Flight")
    title = str(getattr(event, "title", ""))
    alter(archive, "events", "evt_Flight", "", title=f"T{rng.random()} {title}")
    return redact(archive, "events", "evt_Flight", "title", TITLE_NAME, TITLE_NAME)


def done(act: Callable[..., object], *arguments: object, **fields: object) -> str:
    """Do something that redacts nothing."""
    act(*arguments, **fields)
    return ""


ACTS: tuple[Callable[[Archive, Random], str], ...] = (
    lambda a, _: redact(a, "articles", "art_news", "text", TEXT_NAME, TEXT_NAME),
    lambda a, _: redact(a, "claims", "clm_2", "value.printed", CLAIM_NAME, CLAIM_NAME),
    lambda a, _: redact(a, "notes", NOTE.id, "text", NOTE_NAME),
    lambda a, _: redact(a, "events", "evt_Flight", "title", TITLE_NAME, TITLE_NAME),
    lambda a, _: withdrawn_and_redacted(a),
    quote,
    lambda a, r: done(alter, a, "events", "evt_Flight", "", type=r.choice(list(EventType))),
    lambda a, r: done(alter, a, "events", "evt_Fall", reason(a), title=f"T{r.random()}"),
    lambda a, _: done(alter, a, "notes", NOTE.id, "", private=True),
    lambda a, _: done(alter, a, "claims", "clm_2", "", aggregate=True),
    lambda a, r: done(alter, a, "articles", "art_news", "", author=f"A{r.random()}"),
    lambda a, _: done(alter, a, "events", "evt_Flight", "", title="They fled"),
    lambda a, _: done(alter, a, "notes", NOTE.id, "", text="nobody was there"),
    extended_and_redacted,
    lambda a, _: done(a.undo),
)


def lives(path: Path, who: str, rng: Random) -> set[str]:
    """Do some of these, and return the names that were redacted."""
    archive = Archive.open(path, author=who, writing=True)
    names = {rng.choice(ACTS)(archive, rng) for _ in range(rng.randint(0, 5))}
    archive.close()
    return names - {""}


@settings(max_examples=200 if WHOLE else 8)
@given(st.integers(0, 2**32))
def test_no_redacted_name_comes_back(seed: int) -> None:
    rng = Random(seed)
    with TemporaryDirectory() as folder:
        base = Path(folder) / rng.choice(("case.json", "case.db"))
        put_named(base)
        names = [rng.choice(("one.json", "one.db")), rng.choice(("two.json", "two.db"))]
        one, two = (copied(base, Path(folder) / name) for name in names)
        redacted = lives(one, "Ana", rng) | lives(two, "Bo", rng)
        into_one = copied(one, Path(folder) / "a" / one.name)
        into_two = copied(two, Path(folder) / "b" / two.name)
        refused = is_refused(two, into_one), is_refused(one, into_two)
        assert refused in ((False, False), (True, True))
        if any(refused):
            return
        for path in (into_one, into_two):
            assert findings(path) == []
            for file in path.parent.iterdir():
                left = {name for name in redacted if name.encode() in file.read_bytes()}
                assert not left, file.name
        assert records_of(into_one) == records_of(into_two)
        assert merged(two, into_one) is None
