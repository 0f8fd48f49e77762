"""GDELT 2.0: the layouts of its files, and helpers for all of them.

Raw files are tab-separated, quote nothing and have no header; saved anew they
may have commas and one. Codes stay text: "010" is not 10.
"""

from store.importers.record_factory import RecordFactory, title_passage, words_of
from store.importers.table import ColumnLayout, TableHead
from store.model.record import make_id
from store.model.records import Article, DataSet, Stamp
from store.model.vocabulary import SourceKind, StampBasis, TextKind


def _columns(names: str) -> tuple[str, ...]:
    return tuple(names.lower().split())


def _geo(of: str, *, finer: bool) -> str:
    parts = ["Type", "FullName", "CountryCode", "ADM1Code"]
    parts += ["ADM2Code"] if finer else []
    return " ".join(f"{of}Geo_{part}" for part in (*parts, "Lat", "Long", "FeatureID"))


def _actor(of: str) -> str:
    parts = (
        "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code"
        " Type2Code Type3Code"
    )
    return " ".join(f"{of}{part}" for part in parts.split())


def _events(*, finer: bool) -> tuple[str, ...]:
    places = " ".join(_geo(of, finer=finer) for of in ("Actor1", "Actor2", "Action"))
    return _columns(
        f"GLOBALEVENTID SQLDATE MonthYear Year FractionDate {_actor('Actor1')} {_actor('Actor2')}"
        " IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions"
        f" NumSources NumArticles AvgTone {places} DATEADDED SOURCEURL"
    )


EVENTS = _events(finer=True)
"""The columns of the events, 61."""
EVENTS_1 = _events(finer=False)
"""The columns of the events of GDELT 1.0, 58; older ones lack the last."""
MENTIONS = _columns(
    """GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier
    SentenceID Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen
    MentionDocTone MentionDocTranslationInfo Extras"""
)
"""The columns of the mentions, 16."""

DATA_SET = DataSet(
    id=make_id("dst", "GDELT"),
    name="GDELT",
    licence="free to use, with citation",
    citation="The GDELT Project, gdeltproject.org",
)


_OF_MENTIONS = ("globaleventid", "mentiontimedate", "mentionidentifier", "confidence")
"""The columns by which mentions are known, and which a row of them needs."""


def recognise(head: TableHead) -> ColumnLayout | None:
    """The layout of a file of GDELT."""
    first = head.first
    quoted = head.delimiter != "\t"
    names = head.names((*EVENTS, *MENTIONS), {"day": "sqldate"})
    if {*names} >= {"globaleventid", "sqldate", "eventrootcode", "sourceurl"}:
        words = f"GDELT events, {len(first)} columns"
        return ColumnLayout("gdelt events", names, words, quoted=quoted, needed=("dateadded",))
    if {*names} >= {*_OF_MENTIONS}:
        words = f"GDELT mentions, {len(first)} columns"
        return ColumnLayout("gdelt mentions", names, words, quoted=quoted, needed=_OF_MENTIONS)
    if not (first[0].isascii() and first[0].isdigit()):
        return None
    for columns in (EVENTS, EVENTS_1, EVENTS_1[:-1]):
        if len(first) == len(columns) and _is_time(first[1], 8):
            words = f"GDELT events, {len(columns)} columns without a header"
            return ColumnLayout(
                "gdelt events",
                columns,
                words,
                header=False,
                quoted=quoted,
                variants=(EVENTS, EVENTS_1, EVENTS_1[:-1]),
            )
    if len(first) == len(MENTIONS) and _is_time(first[1], 14) and _is_time(first[2], 14):
        words = f"GDELT mentions, {len(MENTIONS)} columns without a header"
        return ColumnLayout(
            "gdelt mentions", MENTIONS, words, header=False, quoted=quoted, needed=_OF_MENTIONS
        )
    return None


def _is_time(cell: str, length: int) -> bool:
    return len(cell) == length and cell.isascii() and cell.isdigit()


NO_HEADLINE = "no headline is known: its address stands for it"


def document(shared: RecordFactory, address: str, domain: str, seen: str) -> tuple[str, str]:
    """The article at an address, with the passage that is its title; the ids of both.

    GDELT has no headline, so the address is used as the title. `seen` is the time at which
    it was seen, in ISO 8601, not that of publication; "" if that is not known.
    """
    title = words_of(address).strip()
    id = make_id("art", "gdelt", title)
    made = title_passage(id, title)
    web = title.startswith(("https://", "http://"))
    publisher = domain or domain_of(title)
    shared.add(
        "articles",
        Article(
            id=id,
            title=title,
            publisher=shared.source(publisher, SourceKind.OUTLET) if publisher else None,
            text_kind=TextKind.HEADLINE,
            published=Stamp(at=seen, basis=StampBasis.GUESSED, note="when GDELT saw it")
            if seen
            else None,
            url=title if web else None,
            dataset=DATA_SET.id,
            note=NO_HEADLINE,
        ),
    )
    shared.add("passages", made)
    return id, made.id


def domain_of(address: str) -> str:
    """The domain of an address, without `www.`; "" if there is none."""
    _, marked, rest = address.partition("://")
    return rest.partition("/")[0].lower().removeprefix("www.") if marked else ""
