"""Every sign of the screen with its name and meaning, for the help."""

from store.analysis.readings import CONVERSE, GLYPHS, MEANINGS, Reading
from store.model.labels import MIXED_SCRIPTS, STANCE_GLYPHS
from store.model.text import INVISIBLE
from store.model.vocabulary import DateBasis, Stance
from tui.draw.compare import AGAINST
from tui.draw.marks import AGGREGATE, FLAGGED, JUDGED, MACHINE, MIXED, RULED, STARRED
from tui.draw.timeline import SINGLE_ORIGIN

_BASES = {
    basis.value.replace("-", " "): meaning
    for basis, meaning in (
        (DateBasis.YEAR_ASSUMED, "The words name no year; it is that of the report."),
        (DateBasis.RELATIVE_TO_PUBLICATION, "Counted from the day of publication: “on Thursday”."),
        (DateBasis.RELATIVE_TO_EVENT, "Counted from another day in the text: “two days later”."),
        (DateBasis.CONVENTION, "A convention of the case: how it reads words like “weekend”."),
        (DateBasis.UNRESOLVED, "It is not known which day the words mean."),
    )
}

SIGNS = (
    *((STANCE_GLYPHS[stance], stance.value, f"The origin {stance} it.") for stance in Stance),
    ("3/2", "support", "3 articles, which rest on 2 independent origins; publishers do not count."),
    ("3/2?", "unknown origin", "Of at least one origin it is not known who it is."),
    ("−1", "denial", "One origin denies that it happened."),
    (SINGLE_ORIGIN, "one origin", "Several articles, and all rest on one origin."),
    (
        FLAGGED,
        "flag",
        "Something is odd about this row of a data set; it stands above the sources.",
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
    (MACHINE, "machine", "A machine made or read it, and nobody looked; 40 %: how sure it was."),
    *(
        (GLYPHS[one], one.value, f"{MEANINGS[one][:1].upper()}{MEANINGS[one][1:]}.")
        for one in Reading
    ),
    *((glyph, word, "The other one of the two is meant.") for glyph, word in CONVERSE.values()),
    (AGGREGATE, "aggregate", "It covers several events, so it is not compared."),
    (AGAINST, "set against", "The column of what is set against the cell; n turns to the next."),
    (
        f"{RULED}≈",
        "ruled",
        "Beside the reading: what a person holds of this claim and another, here that both can be"
        f" true; {RULED} alone: several things. It changes no reading.",
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
    ("28/29 Nov", "one of", "One of these days, and it is not known which."),
    ("28-29 Nov", "from, to", "These days, or a day among them."),
    ("2016", "some time in", "A day of it, not known which; by date it stands at the first."),
)
"""Every sign of the screen, what it is called, and what it means."""
