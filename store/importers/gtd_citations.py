"""The citations of the Global Terrorism Database: `"Headline," Office, July 27, 2010.`"""

import re
from typing import NamedTuple

from store.importers.date_cells import date_cell

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = re.compile(
    rf"(?:^|[\s,(])(?P<day>{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}}"
    r"|\d{4}-\d{2}-\d{2})[\s.,)]*$",
    re.ASCII | re.IGNORECASE,
)
_PART = re.compile(rf"[\s,(]*(?:{_MONTH} )?\d{{4}}[\s.,)]*$", re.ASCII | re.IGNORECASE)
"""A month or a year at the end, which is no day."""
_TITLE = re.compile(r"[\"“](?P<title>.+)[\"”]", re.DOTALL)
_MARKS = " ,.;:"


class GtdCitation(NamedTuple):
    """An article as a row cites it; `office` and `day` are empty where it does not say."""

    office: str
    day: str
    headline: str


def citation(cell: str) -> GtdCitation | None:
    """The article of a cell `scite1`; without quotation marks all of it is the headline."""
    text = " ".join(cell.replace("''", '"').split())
    if not any(letter.isalnum() for letter in text):
        return None
    found = _DAY.search(text)
    day = date_cell(found["day"].replace(".", "")) if found else None
    title = _TITLE.search(text)
    if title is None:
        return GtdCitation("", day.day if day else "", text)
    after = text[title.end() :]
    after = _DAY.sub("", after) if found else _PART.sub("", after)
    office = after.strip(_MARKS) or text[: title.start()].strip(_MARKS)
    headline = title["title"].strip().rstrip(",").strip()
    return GtdCitation(office, day.day if day else "", headline or text)
