"""A good table written by any program comes in the same, or is refused; never otherwise."""

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from tests.examples import examples
from tests.importers.tables import acled, imported, table

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EXCEL = date(1899, 12, 30)


def _named(day: date) -> str:
    return MONTHS[day.month - 1]


def _thousands(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


DATES: dict[str, Callable[[date], str]] = {
    "iso": lambda d: d.isoformat(),
    "iso with time": lambda d: f"{d.isoformat()} 00:00:00.000",
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "compact": lambda d: f"{d.year}{d.month:02}{d.day:02}",
    "d-Mon-yy": lambda d: f"{d.day}-{_named(d)}-{d.year % 100:02}",
    "dd month yyyy": lambda d: f"{d.day:02} {d.strftime('%B')} {d.year}",
    "month d, yyyy": lambda d: f"{d.strftime('%B')} {d.day}, {d.year}",
    "dd/mm/yyyy": lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
    "m/d/yyyy": lambda d: f"{d.month}/{d.day}/{d.year}",
    "dd-mm-yy": lambda d: f"{d.day:02}-{d.month:02}-{d.year % 100:02}",
    "mm.dd.yy": lambda d: f"{d.month:02}.{d.day:02}.{d.year % 100:02}",
    "yy-mm-dd": lambda d: f"{d.year % 100:02}-{d.month:02}-{d.day:02}",
    "m/d/yyyy h:mm": lambda d: f"{d.month}/{d.day}/{d.year} 0:00",
    "serial": lambda d: str((d - EXCEL).days),
    "serial of floats": lambda d: f"{(d - EXCEL).days}.0",
    "serial of 1904": lambda d: str((d - EXCEL).days - 1462),
}
Number = Callable[[int, str], str]
"""A whole number as a program with a decimal mark writes it."""

CODES: dict[str, Number] = {
    "plain": lambda n, mark: str(n),
    "float": lambda n, mark: f"{n}{mark}0",
    "two decimals": lambda n, mark: f"{n}{mark}00",
    "blanks": lambda n, mark: f" {n} ",
}
TOLLS: dict[str, Number] = {
    **CODES,
    "thousands": lambda n, mark: _thousands(n, "." if mark == "," else ","),
    "french thousands": lambda n, mark: _thousands(n, "\u202f"),
    "three decimals": lambda n, mark: f"{n}{mark}000",
}
MISSING = ("", "NA", "nan", "NaN", "None", "NULL", "<NA>", "N/A", "\\N", " NA ")


class Event(NamedTuple):
    """A row before any program has written it."""

    day: date
    dead: int | None
    second: str | None
    latitude: float
    longitude: float


EVENTS = st.builds(
    Event,
    day=st.integers(0, 9000).map(lambda days: date(1998, 1, 1) + timedelta(days=days)),
    dead=st.none() | st.sampled_from((0, 1, 7, 999, 1000, 1200, 12345)),
    second=st.none() | st.sampled_from(("Red Guard", "Nan Group", "Military Forces of Zedland")),
    latitude=st.sampled_from((12.5, -1.25, 0.125, 40.0)),
    longitude=st.sampled_from((36.75, -120.5, 1.5)),
)
DIALECT = st.fixed_dictionaries(
    {
        "date": st.sampled_from(sorted(DATES)),
        "code": st.sampled_from(sorted(CODES)),
        "toll": st.sampled_from(sorted(TOLLS)),
        "mark": st.sampled_from((".", ",")),
        "minus": st.sampled_from(("-", "\u2212")),
        "missing": st.sampled_from(MISSING),
        "year": st.booleans(),
    }
)


def written(events: list[Event], dialect: dict[str, str]) -> str:
    """The table as one program writes it."""
    mark, missing = dialect["mark"], dialect["missing"]

    def code(number: int) -> str:
        return CODES[dialect["code"]](number, mark)

    def degrees(number: float) -> str:
        return str(number).replace(".", mark).replace("-", dialect["minus"])

    rows = [
        acled(
            number,
            event_date=DATES[dialect["date"]](one.day),
            year=code(one.day.year),
            time_precision=code(1),
            geo_precision=code(1),
            inter1=code(2),
            inter2=missing if one.second is None else code(1),
            actor2=one.second or missing,
            assoc_actor_1=missing,
            fatalities=missing if one.dead is None else TOLLS[dialect["toll"]](one.dead, mark),
            latitude=degrees(one.latitude),
            longitude=degrees(one.longitude),
        )
        for number, one in enumerate(events, 1)
    ]
    return table(rows, delimiter=";", without=() if dialect["year"] else ("year",))


@given(events=st.lists(EVENTS, min_size=1, max_size=6), dialect=DIALECT)
@examples(125)
def test_a_table_of_any_program_comes_in_the_same_or_is_refused(
    events: list[Event], dialect: dict[str, str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = imported(Path(folder), written(events, dialect))
        except UsageError:
            return
    asks = any("no date says whether" in remark for remark in found.report.remarks)
    told = asks or (dialect["date"] == "serial of 1904" and not dialect["year"])
    for number, one in enumerate(events, 1):
        id = f"ZZZ{100 + number}"
        if id not in found.events():
            assert found.report.rejected
            continue
        assert told or (found.date(id), found.flags(id)) == (one.day.isoformat(), [])
        assert found.dead(id) == one.dead
        assert set(found.roles(id)) == {"Blue Front", *filter(None, (one.second,))}
