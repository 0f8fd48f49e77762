"""A made-up case of rows of three data sets: one free, one closed, and one that a machine made.

Nothing in it is of a real data set.
"""

import hashlib
from pathlib import Path

from store.model.records import RowRef
from store.model.values import Count
from store.model.vocabulary import EventType, Flag, Kind, ReadBy
from tests.small import SmallCase

VALLEY = "Valley Register 3.1"
CLOSED = "Closed Ledger 2024"
ENGINE = "Headline Engine"
HINT = "Valley Observatory"
FIGHT = "evt_Army and Rebels fight near Northtown"
ODD = "evt_Army and Rebels fight near Southtown"
NOTED = "evt_Shelling of Westtown"
GUESSED = "evt_Police act against Protesters"
TOLD = "evt_A reporter sees tanks"


def rows_case(path: Path) -> Path:
    """The case as a file.

    A fight of the free data set has two headlines that give other numbers and a
    row; one like it has flags, and an article that tells of several events. One
    row is of the closed data set, one event was made by a machine, and one was
    coded by a person.
    """
    case = SmallCase()
    valley = case.dataset(
        "Valley Register",
        version="3.1",
        licence="CC BY 4.0",
        citation="Doe (2024), Valley Register",
    )
    closed = case.dataset("Closed Ledger", version="2024", licence="no redistribution", free=False)
    engine = case.dataset("Headline Engine", licence="free with citation")
    town = case.place("Northtown")
    daily, agency = case.source("Daily"), case.source("Agency")
    register, ledger = case.source("Valley Register"), case.source("Closed Ledger")

    fight = case.event(FIGHT[4:], type=EventType.CLASH, row=row_of(valley, "17"), hint=HINT)
    _headline(case, fight, "Clashes kill at least 14 near Northtown", daily, "2024-12-02", valley)
    _headline(case, fight, "Nine dead in Northtown fighting", agency, "2024-12-01", valley)
    for words, article, number in (
        ("at least 14", "Clashes kill at least 14 near Northtown", 14),
        ("Nine", "Nine dead in Northtown fighting", 9),
    ):
        value = Count(min=number, max=number, printed=words)
        case.claim(
            fight, f"art_{article}", words, kind=Kind.FATALITIES, value=value, read_by=ReadBy.RULE
        )
    cells = "id: 17\ndate_start: 2024-11-30\nbest: 12\nlow: 9\nhigh: 14\nwhere: Northtown"
    row = case.row("Valley Register 17", cells, publisher=register, dataset=valley)
    coded = ReadBy.DATA_SET
    case.dated(fight, row, "date_start: 2024-11-30", "2024-11-30", read_by=coded)
    case.placed(fight, row, "where: Northtown", town, read_by=coded)
    deaths = Count(min=9, max=14, best=12, printed="12")
    case.claim(fight, row, "best: 12", kind=Kind.FATALITIES, value=deaths, read_by=coded)

    flags = (Flag.LOW_ABOVE_BEST, Flag.ARTICLE_BEFORE_EVENT)
    odd = case.event(ODD[4:], type=EventType.CLASH, row=row_of(valley, "18"), flags=flags)
    _headline(case, odd, "Month of fighting leaves 90 dead", daily, "2024-11-28", valley)
    case.claim(
        odd,
        "art_Month of fighting leaves 90 dead",
        "90",
        kind=Kind.FATALITIES,
        value=Count(min=90, max=90, printed="90"),
        aggregate=True,
    )
    cells = "id: 18\ndate_start: 2024-12-01\nbest: 3\nlow: 5"
    row = case.row("Valley Register 18", cells, publisher=register, dataset=valley)
    case.dated(odd, row, "date_start: 2024-12-01", "2024-12-01", read_by=coded)
    deaths = Count(min=5, max=5, best=3, printed="3")
    case.claim(odd, row, "best: 3", kind=Kind.FATALITIES, value=deaths, read_by=coded)

    noted = case.event(NOTED[4:], type=EventType.SHELLING, row=row_of(closed, "W-4"))
    cells = "event_id: W-4\ndate: 2024-12-03\nnotes: Shells fell on Westtown. No one was hurt."
    row = case.row("Closed Ledger W-4", cells, publisher=ledger, dataset=closed)
    case.claim(noted, row, "Shells fell on Westtown.", read_by=coded)
    case.dated(noted, row, "date: 2024-12-03", "2024-12-03", read_by=coded)

    guessed = case.event(
        GUESSED[4:], type=EventType.PROTEST, row=row_of(engine, "99001"), machine=True
    )
    name = "valley-news.example/police-and-protesters"
    found = case.article(name, None, publisher=daily, published="2024-12-04", dataset=engine)
    machine = ReadBy.MACHINE
    case.claim(guessed, found, name, read_by=machine, confidence=40)
    case.dated(guessed, found, name, "2024-12-04", read_by=machine, confidence=40)

    told = case.event(TOLD[4:], type=EventType.REINFORCEMENT)
    text = "Tanks rolled through the valley on 5 December, our reporter saw."
    seen = case.article("seen", text, title="Tanks in the valley", publisher=daily)
    case.claim(told, seen, "Tanks rolled through the valley")
    case.dated(told, seen, "on 5 December", "2024-12-05")
    return case.write(path)


def row_of(dataset: str, row: str) -> RowRef:
    """A row of a data set, whose cells are not looked at."""
    return RowRef(dataset=dataset, row=row, sha256=hashlib.sha256(row.encode()).hexdigest())


def _headline(
    case: SmallCase, event: str, title: str, publisher: str, published: str, dataset: str
) -> None:
    """An article of which only the headline is known, and which says that the event happened."""
    found = case.article(title, None, publisher=publisher, published=published, dataset=dataset)
    case.claim(event, found, title, read_by=ReadBy.DATA_SET)
