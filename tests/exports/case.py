"""A small case with every kind of value that an export must carry, and how to export it."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec

from store.archive import Archive
from store.exporting.export import export_of, write_export
from store.model.records import Actor, Article, Place, RowRef, Source, Stamp
from store.model.text import text_hash
from store.model.values import Count, Participant, Where
from store.model.vocabulary import (
    ActorKind,
    EventType,
    Kind,
    PlaceKind,
    Qualifier,
    Role,
    SourceKind,
    TextKind,
)
from store.queries.filters import Filters
from tests.imports import run
from tests.small import SmallCase

ARABIC = "قصف على سوق حماة"
TEXT = (
    f"{ARABIC}. Mortars fell on the market of Hama on 29 November 2024.\n"
    "SOHR said that 12 civilians were killed and at least 3 people were injured."
)
URL = "https://example.org/حماة?a=1&b=<2>"


def exports_case(path: Path) -> Path:
    """A case with an event in Arabic, one without anything, and one of a restricted data set."""
    case = SmallCase()
    case.add("places", Place(id="plc_sy", name="Syria", kind=PlaceKind.COUNTRY, precision=6,
                              latitude=35.0, longitude=38.0))  # fmt: skip
    case.add("places", Place(id="plc_hama", name="Hama · حماة", kind=PlaceKind.CITY, precision=1,
                              latitude=-35.1318, longitude=36.7578, within="plc_sy",
                              basis="a map"))  # fmt: skip
    hts = case.add("actors", Actor(id="act_hts", name="هيئة & <HTS>", kind=ActorKind.ARMED_GROUP))
    ana = case.add("actors", Actor(id="act_ana", name="Ana", kind=ActorKind.PERSON))
    outlet = case.source("وكالة; «Enab»")
    sohr = case.add("sources", Source(id="src_sohr", name="SOHR", kind=SourceKind.MONITOR))
    article = case.add(
        "articles",
        Article(
            id="art_1", title="=HYPERLINK(1) ‘Market’ in Hama", publisher=outlet,
            text_kind=TextKind.FULL, published=Stamp(at="2024-11-30T14:30+02:00"), text=TEXT,
            text_sha256=text_hash(TEXT), url=URL, author="Zoë Ö", language="ar",
        ),
    )  # fmt: skip
    event = case.event("@market", type=EventType.SHELLING)
    case.claim(event, article, "Mortars fell on the market of Hama")
    case.dated(event, article, "on 29 November 2024", "2024-11-29~")
    case.placed(event, article, "market of Hama", "plc_hama")
    case.acted(event, article, ARABIC, hts)
    case.claim(event, article, ARABIC, kind=Kind.PARTICIPANT,
               value=Participant(actor=ana, role=Role.VICTIM))  # fmt: skip
    killed = case.claim(event, article, "12 civilians were killed", kind=Kind.FATALITIES,
                        value=Count(min=12, max=12, printed="12"), chain=(sohr,))  # fmt: skip
    table = case.tables["claims"]
    table[killed] = msgspec.structs.replace(table[killed], scope="civilians")
    case.claim(event, article, "at least 3 people", kind=Kind.INJURIES,
               value=Count(min=3, qualifier=Qualifier.AT_LEAST))  # fmt: skip
    bare = case.event("bare")
    case.article("headline", None)
    case.claim(bare, "art_headline", "headline")
    province = case.event("somewhere in Syria")
    case.claim(province, article, "Hama on 29", kind=Kind.PLACE, value=Where(place="plc_sy"))
    closed = case.dataset("ACLED", version="2024", licence="terms", free=False)
    ref = RowRef(dataset=closed, row="SYR7", sha256="0" * 64)
    row = case.event("restricted", row=ref)
    cells = case.row("SYR7", "event_id: SYR7", publisher=outlet, dataset=closed)
    case.claim(row, cells, "SYR7")
    # an open article on the same row gives no way around
    case.claim(row, article, "SOHR said")
    return case.write(path)


def exported(case: Path, form: str, *options: str | Path) -> str:
    """The output of the command, from a file that only its owner may read."""
    into = case.with_name("export.out")
    found = run("export", case, "--to", form, "--into", into, "--force", *options)
    assert found.exit_code == 0, found.stderr
    content = into.read_bytes().decode()
    assert into.stat().st_mode & 0o777 == 0o600
    return content


def written(archive: Archive, form: str, what: str | None = None) -> str:
    """The output of an export of all rows of an open case, restricted ones, too."""
    stream = StringIO(newline="")
    export = export_of(form, what, Filters(), restricted=True)
    write_export(archive, stream, export, lambda _done, _all: None)
    return stream.getvalue()


def lines(case: Path, what: str, *options: str) -> list[dict[str, Any]]:
    """The rows as JSON Lines have them."""
    content = exported(case, "jsonl", "--what", what, *options)
    return [json.loads(line) for line in content.splitlines()]
