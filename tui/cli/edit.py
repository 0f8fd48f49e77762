"""The commands that change a case, each recorded as acts in its log."""

import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.custody.own_copy import own_copy_path
from store.custody.redaction_traces import traces
from store.errors import RedactedOnServer, RefusedChange, UnknownRecord, UsageError
from store.model.labels import NO_TITLE, count_text
from store.model.log_line import Redacted
from store.model.records import AnyRecord
from store.model.text_fields import texts_in
from store.model.withdraw import withdrawal
from store.queries.dependents import resting
from store.queries.near_matches import NearMatch, WordUse
from store.queries.originals import attached_already, attachment
from store.queries.records import record_of
from store.queries.search import any_id
from store.reader import Reader
from tui.cli.changing import can_be_asked, changing, given_reason, signed
from tui.cli.options import bundled_asked
from tui.output import output, say
from tui.session.read_original import read_original
from tui.session.redaction import BEYOND, left_in, near_lines, use_text
from tui.session.settings import state_folder


def _held(connection: Reader, beginning: str) -> AnyRecord:
    """The record whose id begins so; raises `UnknownRecord` if there is none, or several."""
    id = any_id(connection, beginning)
    found = record_of(connection, id)
    assert found is not None, id
    return found


def attach_originals(files: Sequence[Path], into: Path | None, by: str | None) -> None:
    """Put originals in place of their digests, one act each.

    Every file is checked before anything is changed. Raises `UsageError` if one
    is the original of no article of the case.
    """
    name = signed(by, into)
    contents = [read_original(file) for file in files]
    with changing(into, name) as case:
        known = case.ask(attached_already)
        acts = []
        for file, content in zip(files, contents, strict=True):
            digest = hashlib.sha256(content).hexdigest()
            if digest in known:
                say(f"{file} is attached already")
                continue
            known.add(digest)
            try:
                acts.append((file, *case.ask(attachment, content, name.name, now())))
            except UsageError as error:
                error.message = f"{file}: {error.message}"
                raise
        for file, article, act in acts:
            case.change(act)
            say(f"{file} is the original of {article.id} {article.title or NO_TITLE}")
        say(f"{count_text(len(acts), 'original')} attached.")


def withdraw_record(beginning: str, reason: str, into: Path | None, by: str | None) -> None:
    """Withdraw a record with all that depends on it, and say what that was.

    Raises `UsageError` without a reason, `UnknownRecord` if no id, or several,
    begin so, and `RefusedChange` if other records name this one.
    """
    why, name = given_reason(reason, "a withdrawal"), signed(by, into)
    with changing(into, name) as case:
        found = case.ask(resting, case.ask(any_id, beginning))
        case.change(withdrawal(found, why, name.name, now()))
        say(f"Withdrawn: {found.summary}: {found.full_title}. {found.consequences}".rstrip())


def turn_act(into: Path | None, by: str | None, *, back: bool) -> None:
    """Undo the last act, or redo the act undone last, and say what it was.

    Raises `RefusedChange` if there is none.
    """
    none = RefusedChange(
        f"there is nothing to {'undo' if back else 'redo'}",
        "redactions are final; see the changes with: conflict-tui log",
    )
    if into is None and not bundled_asked() and not own_copy_path(BUNDLED).exists():
        raise none  # it was never changed, so that nobody needs a copy of it
    with changing(into, signed(by, into)) as case:
        archive = case.to_write()
        change = archive.undo() if back else archive.redo()
        if change is None:
            raise none
        edits = len(tuple(change.edits))
        records = f" ({count_text(edits, 'record')})" if edits else ""
        say(f"{'Undone' if back else 'Redone'}: {change.why}{records}")


def take_back(entry: int, into: Path | None, by: str | None) -> None:
    """Take back an entry of the log, and say what it was. Raises what `Archive.take_back` does."""
    with changing(into, signed(by, into)) as case:
        change = case.to_write().take_back(entry)
        say(f"Done: {change.why} ({count_text(len(tuple(change.edits)), 'record')})")


def now() -> str:
    """The time for the log: ISO 8601, UTC, to the second."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def redact_words(
    beginning: str,
    field: str,
    reason: str,
    words: str,
    into: Path | None,
    by: str | None,
    *,
    yes: bool,
) -> None:
    """Redact words in a record for good, once a person confirms it.

    Writes the fields that still hold the words. Raises what `Archive.redact`
    raises, `UsageError` if nobody can be asked, and `RedactedOnServer` once it is done there.
    """
    reason = given_reason(reason, "a redaction")
    if not (yes or can_be_asked()):
        raise UsageError("a redaction must be confirmed at a terminal", "or confirm it with --yes")
    if words == "-":
        words = _asked_for_words()
    with changing(into, signed(by, into)) as case:
        one = _meant(case.archive, beginning)
        held = texts_in(one, field)
        id, secret = one.id, (words,) if words else held
        if any(one in reason for one in secret):
            raise UsageError("the reason contains the words", "the log would keep them")
        if not yes:
            what = f"words of {len(words)} letters in" if words else "all of"
            say(f"Redact {what} the field {field} of {id}: in the case, its snapshots and log.")
            if not click.confirm("This cannot be undone. Redact?", err=True):
                say("nothing was redacted")
                raise click.Abort
        archive = case.to_write()
        path = archive.path
        reasons = sum(any(one in entry.why for one in secret) for entry in archive.history())
        holding = archive.redact(id, field, reason, words)
        say(f"{id}: {field} is redacted.")
        near, uses = left_in(archive, secret, last_alone=bool(words))
        left = sum(any(one in entry.why for one in secret) for entry in archive.history())
        if reasons > left:
            say(f"{count_text(reasons - left, 'reason')} in the log contained the words: redacted.")
        if holding:
            others = count_text(len({other.id for other in holding}), "record")
            say(f"The words remain in {others}, listed with the field:")
            with output() as stream:
                stream.writelines(f"{' '.join(other).strip()}\n" for other in holding)
    for where in traces(path, secret, state_folder()):  # once it is closed all is as it stays
        say(f"The words remain in {where}.")
    _say_what_is_near(near, uses)
    say("Packed cases and copies elsewhere are unchanged.")
    if archive.member:
        raise RedactedOnServer(
            f"redacted in the case, but out of reach: {BEYOND}", "ask who looks after the server"
        )


def _say_what_is_near(near: Sequence[NearMatch], uses: Iterable[WordUse]) -> None:
    for use in uses:
        say(use_text(use))
    if near:
        say("To be decided on, each record with its field:")
        for line in near_lines(near):
            say(line)


def _meant(archive: Archive, beginning: str) -> AnyRecord:
    """The record with this id or the beginning of an id; a withdrawn one as the log has it.

    Raises `UnknownRecord` if there is none, or several.
    """
    if beginning == archive.case.id:
        return archive.case
    try:
        return archive.ask(_held, beginning)
    except UnknownRecord:
        gone = next(_in_log(archive, beginning), None)
        if gone is None:
            raise
        return gone


def _in_log(archive: Archive, id: str) -> Iterator[AnyRecord]:
    """The versions of the record with this id in the log, newest first."""
    for entry in archive.history(id):
        for edit in entry.edits:
            for side in (edit.after, edit.before) if edit.id == id else ():
                if side is not None and not isinstance(side, Redacted):
                    yield side


def _asked_for_words() -> str:
    """The words from stdin, so that no shell history keeps them."""
    if can_be_asked():
        return str(click.prompt("The words", err=True))
    words = sys.stdin.readline().rstrip("\n") if sys.stdin is not None else ""
    if not words:
        raise UsageError("standard input is empty", "without --words the whole field is redacted")
    return words
