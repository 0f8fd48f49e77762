"""The patterns of dates in words; `store.extraction.dates` says what they mean."""

import re
from collections.abc import Iterable

from store.extraction.calendar_names import MONTHS, NEAR_DAYS, SHORT_WEEKDAYS, WEEKDAYS


def _names(of: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, of), key=len, reverse=True))


_MONTH = rf"(?:{_names(MONTHS)})"
_WEEKDAY = rf"(?:{_names(WEEKDAYS)})"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|º|ª)?(?!\d)"
_DAY_BEFORE_MONTH = r"\d{1,2}(?:st|nd|rd|th|er|\.|º|ª)?(?!\d)"
_YEAR = r"(?<!\d)\d{4}(?!\d)(?:\s?م(?!\w))?"
"""A year, in Arabic perhaps with the letter that says of which era."""
_TO = r"\s*(?:[-–—/]|\bto\b|\bthrough\b|\buntil\b|\band\b|\bau\b|\bbis\b|\bal\b|\bإلى\b)\s*"
_END = r"(?![\w]|[.,:]\d|[-–]\d)"
_OF = r"(?:\s+of|\s+de|\s+del|\s+من)?"

_AFTER_DAY = r"(?<!\d\s)(?<!\d(?:st|nd|rd|th|er)\s)(?<!\d\.\s)(?<!\d(?:st|nd|rd|th) of )"
"""The month is not that of a day before it: "On 8 December 14 people died"."""

_OR_MONTH = rf"(?:\s?/\s?{_MONTH})?"
"""The month again, as Arabic texts print it for readers of both calendars."""

MONTH_FIRST = re.compile(
    rf"{_AFTER_DAY}\b(?P<month>{_MONTH})\.?\s+(?:the\s+)?(?P<day>{_DAY})"
    rf"(?:{_TO}(?:(?P<month2>{_MONTH})\.?\s+)?(?P<day2>{_DAY}))?(?:[,،]?\s+(?P<year>{_YEAR}))?{_END}",
    re.IGNORECASE,
)
DAY_FIRST = re.compile(
    rf"(?<![\w.,:/-])(?:(?P<day>{_DAY_BEFORE_MONTH})(?:{_OF}\s+(?P<month>{_MONTH})\.?{_OR_MONTH})?{_TO})?"
    rf"(?P<day2>{_DAY_BEFORE_MONTH}){_OF}\s+(?P<month2>{_MONTH})\.?{_OR_MONTH}"
    rf"(?:[,،]?{_OF}\s+(?P<year>{_YEAR}))?{_END}",
    re.IGNORECASE,
)
MONTH_YEAR = re.compile(
    rf"(?<!\d )\b(?:(?:early|mid|late)[- ])?(?P<month>{_MONTH})\.?,?{_OF}"
    rf"\s+(?P<year>{_YEAR}){_END}",
    re.IGNORECASE,
)
_PART_OF = (
    r"(?:(?:month|start|beginning|middle|end|course|first half|second half|rest)"
    r"|(?:first|second|third|last)(?: \w+)? (?:days?|weeks?|weekend)) of"
)
PART_OF_MONTH = re.compile(rf"\W*(?:early|late|mid|{_PART_OF})\b", re.IGNORECASE)
_DID = r"(?:['’]s\b|\s+(?:saw|was|brought|began|ended|started|opened|marked|became|remained|had)\b)"
MONTH_ALONE = re.compile(
    rf"(?:\b(?:in|since|during|through|throughout|from|between|until|early|late|mid|last|this|by|en|im"
    rf"|seit|в|في|{_PART_OF})[- ]|(?:^|(?<=[.!?”\"]\s))(?!march\b)(?={_MONTH}{_DID}))"
    rf"(?P<month>{_MONTH})\b(?!\.?\s*\d)",
    re.IGNORECASE,
)
"""A month after a word of time, or one of which a sentence tells, as in "December saw"."""
ISO = re.compile(
    r"(?<![\w-])(?P<year>\d{4})(?P<by>[-/.])(?P<month>\d{1,2})(?P=by)(?P<day>\d{1,2})(?!\d|[-/.]\d)"
)
NUMERIC = re.compile(
    r"(?<![\w./-])(?P<first>\d{1,2})(?P<by>[-/.])(?P<second>\d{1,2})(?P=by)(?P<year>\d{4})(?![\d-])"
)
YEAR_ALONE = re.compile(
    r"\b(?:in|since|during|until|by|before|after|early|late|en|depuis|seit|в|منذ|عام|سنة)[- ]"
    r"(?P<year>(?:19|20)\d\d)(?!\d|[-–./:,]\d|\s*%|\s+(?:people|civilians|troops|soldiers)\b)",
    re.IGNORECASE,
)
MID_YEAR = re.compile(r"\b(?P<part>mid|early|late)-(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
DECADE = re.compile(r"\b(?:the\s+)(?P<year>(?:19|20)\d)0s\b", re.IGNORECASE)
_NO_DAY = r"(?!\s+(?:times|telegraph|mirror|express|mail|world|herald|agreement|prayers?\b))"
OF_WEEK = re.compile(
    rf"(?<!black )(?<!good )(?<!bloody )(?<!palm )(?<!easter )\b"
    rf"(?:(?P<which>last|next|this|past)\s+)?(?P<weekday>{_WEEKDAY})\b{_NO_DAY}"
    rf"(?:\s+(?:morning|afternoon|evening|night|matin|soir))?",
    re.IGNORECASE,
)
WEEKDAY_RANGE = re.compile(
    rf"\b(?:between|from|overnight|overnight\s+from)\s+(?P<weekday>{_WEEKDAY})\s+(?:and|to|into)\s+"
    rf"(?P<weekday2>{_WEEKDAY})\b",
    re.IGNORECASE,
)
NEAR = re.compile(rf"(?<!\w)(?:{_names(NEAR_DAYS)})(?!\w)", re.IGNORECASE)
PERIOD = re.compile(
    r"\b(?:(?P<which>last|this|next|the past|earlier this|later this|earlier last)\s+"
    r"(?P<period>week|weekend|month|year)|(?:over|at|during)\s+(?P<the>the weekend))\b",
    re.IGNORECASE,
)
ORDINAL = re.compile(
    r"\b(?:on|by|since|until|from)\s+the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?!\s+[A-Za-z])",
    re.IGNORECASE,
)
AGO = re.compile(
    r"\s+(?P<unit>day|week|month|year|decade)s?\s+"
    r"(?P<way>ago|earlier|before|later|after|into)\b",
    re.IGNORECASE,
)
A_UNIT = re.compile(
    r"\b(?P<one>an?|several|some|few|a few|many)(?=\s+\w+\s+(?:ago|earlier|later)\b)"
)
BY_EVENT = re.compile(
    r"\b(?:the (?:next|following|previous|same) (?:day|night|morning|week|month|year)"
    r"|the day (?:before|after)|(?:days|weeks|months|years|hours) (?:later|earlier|after|before))\b"
    r"(?! yesterday)",
    re.IGNORECASE,
)
JOINS = re.compile(r"[\s,،(]{1,3}")
SHORT_BEFORE = re.compile(rf"\b(?P<weekday>{_names(SHORT_WEEKDAYS)})[.,\s]{{1,3}}$", re.IGNORECASE)
EARLY = re.compile(r"\b(?:early|late|later|earlier)\s+(?:on\s+)?$", re.IGNORECASE)
