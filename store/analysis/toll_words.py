"""Words by which a report says that a toll was changed, that it rose, or that it is a sum."""

import re

_NUMBER = (
    r"(?:(?:at least|more than|over|about|nearly|almost|some)\s+)?"
    r"(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen\b"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:a )?hundred|dozens|scores)"
)
_CLIMBS = (
    r"\b(?:ris(?:e|es|en|ing)|rose|rais\w+|climb\w*|jump\w*|increas\w+|mount\w*|soar\w*|up from)\s"
    rf"(?:[\w'-]+\s+){{0,6}}?to\s+{_NUMBER}"
    r"|\b(?:bring|push)\w*\s(?:[\w'-]+\s+){0,3}?(?:toll|number|dead|deaths|casualties)\s"
    rf"(?:[\w'-]+\s+){{0,4}}?to\s+{_NUMBER}"
    r"|\b(?:toll|count|tally|number|dead|deaths|casualties|fatalities)\s(?:\w+\s){0,6}?"
    rf"(?:hits|reach(?:es|ed)|climbs|rises|rose|tops|now|stands at|up to)\s+"
    rf"(?:(?:to|at)\s+)?{_NUMBER}"
    r"|\btoll\s+(?:\w+\s){0,4}?(?:ris(?:es|ing)|rose|climbs|grows)\b"
)
_RISES = re.compile(_CLIMBS, re.IGNORECASE)
_REPLACES = re.compile(
    r"\b(?:revis\w+|correct(?:s|ed|ing|ion)|update \d+|more casualties|now at|(?:up|down) from)\b"
    rf"|\blower\w*\s(?:[\w'-]+\s+){{0,6}}?to\s+{_NUMBER}|{_CLIMBS}",
    re.IGNORECASE,
)
"""Words by which a report says that a figure replaces another, and that it became higher."""


def tells_of_change(words: str) -> bool:
    """True if a report says in these words that its figure replaces another."""
    return _REPLACES.search(words) is not None


def tells_of_rise(words: str) -> bool:
    """True if a report says in these words that a toll became higher."""
    return _RISES.search(words) is not None


_SUMS = re.compile(r"\btotal of\b", re.IGNORECASE)


def sums_up(words: str) -> bool:
    """True if a report says in these words that its figure adds up others of the day."""
    return _SUMS.search(words) is not None
