"""The statements and acts of persons, in words for the screen."""

from collections.abc import Iterable
from datetime import UTC, datetime

from store.errors import ConflictError
from store.model import changes
from store.model.judgements import Assessment, Judgement, Mark, MarkKind, Note, Tag
from store.model.labels import count_text
from store.model.log_line import Act, Entry, Redacted
from store.model.records import AnyRecord, Claim, Passage
from store.model.vocabulary import Stance
from store.queries.judgements import JudgementRow
from tui.draw.marks import STARRED

TIME_STAMP_KEPT = "time stamp kept"
"""The mark of an entry of the log of which a time stamp is kept; it is not checked for this."""


def printed_words(printed: str, *, digest: bool) -> str:
    """`in the original “Thursday”` if the article is held as a digest, else `printed “…”`."""
    where = "in the original" if digest else "printed"
    return f"{where} “{printed}”" if printed else ""


def stance_words(stance: Stance, value: str) -> str:
    """`thousands (as hearsay)`, `denies 12`; an asserted value as it is, or `asserts` without one.

    The sign of the stance is drawn before it.
    """
    if not value:
        return stance.value
    if stance is Stance.HEDGES:
        return f"{value} (as hearsay)"
    return value if stance is Stance.ASSERTS else f"{stance} {value}"


def is_whole_title(exact: str, title: str, *, in_title: bool) -> bool:
    """True if a passage is a whole title, which then need not be shown twice."""
    return in_title and " ".join(exact.split()) == " ".join(title.split())


def local_time(at: str) -> str:
    """`22 Nov 2026 14:05 CET`: a time of the log in the zone of the user, with its name.

    Unchanged if it is not a time: another program may have written it.
    """
    try:
        moment = datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone()
    except (ValueError, OverflowError):
        return at
    return f"{moment.day} {moment:%b %Y %H:%M %Z}"


def facts_said(said: Iterable[JudgementRow]) -> str:
    """The judgements of persons on an event, in few words: `★ assessed weak #ambush 2 notes`."""
    words: list[str] = []
    notes = private = 0
    for one in (said.judgement for said in said):
        match one:
            case Mark(kind=MarkKind.STAR):
                words.insert(0, STARRED)
            case Assessment():
                words.append(f"assessed {one.verdict}")
            case Tag():
                words.append(f"#{one.name}")
            case Note():
                notes += 1
                private += one.private
    if notes:
        words.append(count_text(notes, "note"))
    if private:
        words.append(f"({private:,} private)")
    return " ".join(words)


def entry_words(entry: Entry) -> str:
    """The words of an act, after its kind unless it is a plain change."""
    return entry.why if entry.act is Act.CHANGE else f"{entry.act}: {entry.why}"


_DONE = {
    "attach ": "attached ",
    "tag ": "tagged ",
    "starred: ": "starred ",
    "no longer starred: ": "unstarred ",
    "read: ": "marked as read: ",
    "no longer read: ": "marked as unread: ",
    "date by ": "dated by ",
    "withdraw ": "withdrew ",
}
"""What was done, by how the log names the act."""


def done_words(why: str) -> str:
    """An act of the log as reported once it is done: `Tagged Fall of Hama #siege.`"""
    for act, done in _DONE.items():
        if why.startswith(act):
            why = f"{done}{why.removeprefix(act)}"
            break
    return f"{capital(why)}."


def capital(words: str) -> str:
    """The words with a capital letter, unless they begin with a name, an id or a file."""
    first = words.partition(" ")[0].rstrip(",;:")
    return f"{words[:1].upper()}{words[1:]}" if first.isalpha() else words


def error_words(error: ConflictError) -> str:
    """An error in a line: what went wrong, and what to do."""
    return capital(f"{error.message}; {error.hint}" if error.hint else error.message)


def brief(side: AnyRecord | Redacted | None) -> str:
    """A record in few words."""
    match side:
        case None:
            return "nothing"
        case Redacted():
            return f"redacted ({side.redacted[:12]})"
        case Judgement():
            return changes.judgement_text(side)
        case Passage():
            return f"“{side.exact}”"
        case Claim():
            return f"{side.kind}, {side.stance}"
        case _:
            return str(getattr(side, "title", None) or getattr(side, "name", None) or side.id)


def about_said(said: JudgementRow) -> str:
    """All of what a person said, with who and when."""
    one = said.judgement
    return f"{changes.judgement_text(one)} ({one.by}, {local_time(one.at)})"
