"""Every sign of the screen with its name and meaning, for the help."""

import re
from collections.abc import Iterator

from store.analysis.readings import CONVERSE, GLYPHS, MEANINGS, Reading
from store.model.dates import AT_LATEST
from store.model.labels import MIXED_SCRIPTS, STANCE_GLYPHS
from store.model.text import INVISIBLE
from store.model.vocabulary import DateBasis, Stance
from tui.draw.compare import AGAINST
from tui.draw.marks import AGGREGATE, FLAGGED, JUDGED, MACHINE, MIXED, RULED, STARRED
from tui.draw.timeline import SINGLE_ORIGIN

_BASES = {
    basis.value.replace("-", " "): meaning
    for basis, meaning in (
        (DateBasis.YEAR_ASSUMED, "The words name no year; the report's year is assumed."),
        (DateBasis.RELATIVE_TO_PUBLICATION, "Counted from the day of publication: “on Thursday”."),
        (DateBasis.RELATIVE_TO_EVENT, "Counted from another day in the text: “two days later”."),
        (DateBasis.CONVENTION, "The case's convention for words like “weekend”."),
        (DateBasis.UNRESOLVED, "It is not known which day the words mean."),
    )
}

SIGNS = (
    *((STANCE_GLYPHS[stance], stance.value, f"The origin {stance} it.") for stance in Stance),
    ("3/2", "support", "3 articles from 2 independent origins; publishers do not count."),
    ("3/2?", "unknown origin", "At least one origin is unknown."),
    ("−1", "denial", "One origin denies that it happened."),
    ("~1", "hearsay", "One origin reports it only as hearsay."),
    (SINGLE_ORIGIN, "one origin", "Several articles, all from one origin."),
    (
        FLAGGED,
        "flag",
        "Something is odd in this data set row; details are above the sources.",
    ),
    (STARRED, "starred", "Somebody has starred the event."),
    (
        JUDGED,
        "judged",
        "Somebody noted, tagged or assessed the event, or ruled on two of its claims.",
    ),
    (
        MIXED,
        MIXED_SCRIPTS,
        "A word of this name has letters of two scripts that look alike, as Latin and Cyrillic: it"
        " may not be the name that it seems to be.",
    ),
    (
        INVISIBLE,
        "invisible",
        "A character stands here that has no form, such as a soft hyphen or a change of direction.",
    ),
    (
        MACHINE,
        "machine",
        "A machine made or read it, and nobody has reviewed it; 40 % is its confidence.",
    ),
    *(
        (GLYPHS[one], one.value, f"{MEANINGS[one][:1].upper()}{MEANINGS[one][1:]}.")
        for one in Reading
    ),
    *(
        (glyph, word, "The reading applies to the other of the two.")
        for glyph, word in CONVERSE.values()
    ),
    (AGGREGATE, "aggregate", "It covers several events, so it is not compared."),
    (AGAINST, "set against", "The column of the claim compared with the cell; n shows the next."),
    (
        f"{RULED}≈",
        "ruled",
        "Beside the reading: a person's ruling on this claim and another, here that both can be"
        f" true; {RULED} alone: several rulings. It changes no reading.",
    ),
    ("×5.6", "far apart", "Both numbers can be true, and one is 5.6 times the other."),
    (
        "F6",
        "grade",
        "Reliability of the origin, A-F, and credibility of the claim, 1-6. F6: nobody graded"
        " either; B2: usually reliable, probably true.",
    ),
    *((f"({basis})", "basis of a date", meaning) for basis, meaning in _BASES.items()),
    ("~2011", "about", "An approximate date."),
    ("28/29 Nov", "one of", "One of these days, but it is not known which."),
    ("28-29 Nov", "from, to", "These days, or one of them."),
    ("2016", "some time in", "An unknown day of the year; sorted by its first day."),
    (AT_LATEST, "at the latest", "The day of its first report; when it happened is unknown."),
    ("▌", "this passage", "The passage of the article that supports the event, or the cell."),
    ("▏", "other passage", "Another passage of the article, which Enter follows."),
)
"""Every sign of the screen, what it is called, and what it means."""

_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"

_FORMS = {
    "3/2": r"(?<![\d/])\d+/\d+(?![\d?/])(?! ?[A-Z])",
    "3/2?": r"\d/\d+\?",
    "−1": r"−\d",
    "~1": r"\d\??  ?~\d",
    "×5.6": r"×\d",
    "F6": r"\b[A-F][1-6]\b",
    "~2011": rf"~\d+(?: ?{_MONTH}|\d\d)",
    "28/29 Nov": rf"\d/\d+ ?{_MONTH}|\d{_MONTH}/\d",
    "28-29 Nov": rf"\d-\d+ ?{_MONTH}|{_MONTH}-\d",
    "2016": r"(?m)^ *\d{4}\b(?!-)",
    GLYPHS[Reading.INCOMPARABLE]: f"(?m)(?:^|  ){GLYPHS[Reading.INCOMPARABLE]} ",
    f"{RULED}≈": RULED,
}
"""The forms of the signs that hold a number, or stand for others of their kind."""


def signs_in(text: str) -> Iterator[tuple[str, str, str]]:
    """Each sign that is in a text of the screen, what it is called, and what it means."""
    for sign, name, meaning in SIGNS:
        if re.search(_FORMS[sign], text) if sign in _FORMS else sign in text:
            yield sign, name, meaning
