"""An invented case with three data sets: one free, one closed, and one made by a machine.

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
    """Write the case to a file.

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
    daily, register = case.source("Daily"), case.source("Valley Register")
    _fight(case, valley, daily, register)
    _odd(case, valley, daily, register)
    _closed(case)
    _guessed(case, daily)
    told = case.event(TOLD[4:], type=EventType.REINFORCEMENT)
    text = "Tanks rolled through the valley on 5 December, our reporter saw."
    seen = case.article("seen", text, title="Tanks in the valley", publisher=daily)
    case.claim(told, seen, "Tanks rolled through the valley")
    case.dated(told, seen, "on 5 December", "2024-12-05")
    return case.write(path)


def _fight(case: SmallCase, valley: str, daily: str, register: str) -> None:
    """Add a fight with a row, and two headlines with other numbers."""
    fight = case.event(FIGHT[4:], type=EventType.CLASH, row=row_of(valley, "17"), hint=HINT)
    for publisher, title, words, number, day in (
        (daily, "Clashes kill at least 14 near Northtown", "at least 14", 14, "2024-12-02"),
        (case.source("Agency"), "Nine dead in Northtown fighting", "Nine", 9, "2024-12-01"),
    ):
        _headline(case, fight, title, publisher, day, valley)
        value = Count(min=number, max=number, printed=words)
        case.claim(
            fight, f"art_{title}", words, kind=Kind.FATALITIES, value=value, read_by=ReadBy.RULE
        )
    cells = "id: 17\ndate_start: 2024-11-30\nbest: 12\nlow: 9\nhigh: 14\nwhere: Northtown"
    row = case.row("Valley Register 17", cells, publisher=register, dataset=valley)
    case.dated(fight, row, "date_start: 2024-11-30", "2024-11-30", read_by=ReadBy.DATA_SET)
    case.placed(fight, row, "where: Northtown", case.place("Northtown"), read_by=ReadBy.DATA_SET)
    _dead(case, fight, row, Count(min=9, max=14, best=12, printed="12"))


def _odd(case: SmallCase, valley: str, daily: str, register: str) -> None:
    """Add a fight with flags, and an article on several events."""
    flags = (Flag.LOW_ABOVE_BEST, Flag.ARTICLE_BEFORE_EVENT)
    odd = case.event(ODD[4:], type=EventType.CLASH, row=row_of(valley, "18"), flags=flags)
    title = "Month of fighting leaves 90 dead"
    _headline(case, odd, title, daily, "2024-11-28", valley)
    value = Count(min=90, max=90, printed="90")
    case.claim(odd, f"art_{title}", "90", kind=Kind.FATALITIES, value=value, aggregate=True)
    cells = "id: 18\ndate_start: 2024-12-01\nbest: 3\nlow: 5"
    row = case.row("Valley Register 18", cells, publisher=register, dataset=valley)
    case.dated(odd, row, "date_start: 2024-12-01", "2024-12-01", read_by=ReadBy.DATA_SET)
    _dead(case, odd, row, Count(min=5, max=5, best=3, printed="3"))


def _closed(case: SmallCase) -> None:
    """Add the row of the data set that may not be redistributed."""
    closed = case.dataset("Closed Ledger", version="2024", licence="no redistribution", free=False)
    noted = case.event(NOTED[4:], type=EventType.SHELLING, row=row_of(closed, "W-4"))
    cells = "event_id: W-4\ndate: 2024-12-03\nnotes: Shells fell on Westtown. No one was hurt."
    ledger = case.source("Closed Ledger")
    row = case.row("Closed Ledger W-4", cells, publisher=ledger, dataset=closed)
    case.claim(noted, row, "Shells fell on Westtown.", read_by=ReadBy.DATA_SET)
    case.dated(noted, row, "date: 2024-12-03", "2024-12-03", read_by=ReadBy.DATA_SET)


def _guessed(case: SmallCase, daily: str) -> None:
    """Add the event made by a machine."""
    engine = case.dataset("Headline Engine", licence="free with citation")
    guessed = case.event(
        GUESSED[4:], type=EventType.PROTEST, row=row_of(engine, "99001"), machine=True
    )
    name = "valley-news.example/police-and-protesters"
    found = case.article(name, None, publisher=daily, published="2024-12-04", dataset=engine)
    case.claim(guessed, found, name, read_by=ReadBy.MACHINE, confidence=40)
    case.dated(guessed, found, name, "2024-12-04", read_by=ReadBy.MACHINE, confidence=40)


def _dead(case: SmallCase, event: str, row: str, value: Count) -> None:
    """Add the data set's count of fatalities."""
    words = f"best: {value.best}"
    case.claim(event, row, words, kind=Kind.FATALITIES, value=value, read_by=ReadBy.DATA_SET)


def row_of(dataset: str, row: str) -> RowRef:
    """Make a reference to a row of a data set, with an arbitrary hash."""
    return RowRef(dataset=dataset, row=row, sha256=hashlib.sha256(row.encode()).hexdigest())


def _headline(
    case: SmallCase, event: str, title: str, publisher: str, published: str, dataset: str
) -> None:
    """Add an article with only a headline, which reports the event."""
    found = case.article(title, None, publisher=publisher, published=published, dataset=dataset)
    case.claim(event, found, title, read_by=ReadBy.DATA_SET)
