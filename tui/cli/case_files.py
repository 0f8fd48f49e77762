"""The commands that make, verify, repair, convert and pack a whole case."""

import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path
from typing import TypeVar

from store.archive import Archive, has_database_suffix, is_database
from store.custody.anchor import typed_hash
from store.custody.chain import chain as chain_of_log
from store.custody.convert import convert
from store.custody.doctor import doctor, repair, salvage
from store.custody.findings import Finding
from store.custody.pack import is_packed
from store.custody.salvage_database import repair_database
from store.custody.server_cases import address_of, convert_from_server
from store.custody.verify import (
    beside_findings,
    checked_counts,
    is_of_index,
    recomputed,
    verify,
)
from store.custody.verify_database import DatabaseCheck
from store.errors import (
    ConflictError,
    DamagedCase,
    UsageError,
)
from store.model.labels import MIXED_SCRIPTS, count_text
from store.model.log_line import Act, is_null, reason_of
from store.model.records import RECORD_TYPES
from store.queries.datasets import datasets
from store.queries.judgements import private_notes
from store.queries.mixed_names import mixed_names
from store.reader import Reader
from tui.cli.anchors import anchors
from tui.cli.layout import Line, write_lines
from tui.cli.licences import warn
from tui.cli.lists import case_of
from tui.cli.progress import CheckBar
from tui.draw.exported import restricted_words
from tui.output import NAME, output, say
from tui.session.new_case import make_case, writing

T = TypeVar("T")


def new_case(path: Path, title: str) -> None:
    """Write an empty case; raises `ExistingFile` where something is there already."""
    make_case(path, title)
    say(f"{path} is an empty case; open it: {opening(path)}")


def opening(path: Path) -> str:
    """The command that opens a case, as a user types it."""
    named = path if path.suffix or path.is_absolute() else f"./{path}"
    return f"{NAME} {shlex.quote(str(named))}"


def verify_case(
    case: Path | None, head: str | None = None, seal: Path | None = None, ca: Path | None = None
) -> None:
    """Write every fault of a case, one finding a line, or else what was checked.

    Then look for the hash `head` in its log, and check the time stamp `seal`, or all that
    are kept with it, by the certificates in the file `ca`.

    Raises `DamagedCase` if something is wrong, what `verify` raises, and what `anchors`
    raises, which comes before damage.
    """
    wanted = typed_hash(head) if head is not None else None
    if seal and not ca:
        raise UsageError(
            "--seal needs --ca", "name a PEM file of the certificates of authorities that you trust"
        )
    path = case_of(case)
    damage = None
    try:
        _verify(path)
    except DamagedCase as error:
        damage = error
    _write(anchors(path, wanted, seal, ca))
    if damage:
        raise damage


def _verify(path: Path) -> None:
    with suppress(OSError):  # what cannot be read is told by the check
        if path.is_file() and is_packed(path):
            again = f"{NAME} unpack {shlex.quote(str(path))} --into NEW, and verify NEW"
            raise UsageError(f"{path}: is a packed case", f"unpack it first: {again}")
    if is_database(path):
        _verify_database(path)
        return
    found = list(verify(path))
    with suppress(ConflictError):  # where it does not open, the findings say why
        found += _recomputed(path)
    _write(map(_in_words, found))
    if found and all(map(is_of_index, found)):
        raise DamagedCase(
            f"{path}: the case is intact; only the index that is kept beside it is wrong",
            f"delete {found[0].file}: it is made anew",
        )
    if found:
        raise _damaged(path, len(found))
    _write([f"{path}: intact; {_checked(path)}", *_left_out(path), *_mixed_names(path)])


def _left_out(path: Path) -> Iterator[str]:
    """A line for each time that some of the case was left out, with the number of records."""
    for line in chain_of_log(path):
        if line.act is Act.LEFT_OUT:
            gone = count_text(sum(is_null(edit.after) for edit in line.edits), "record")
            yield f"{path}: entry {line.sequence}: left out {gone} {reason_of(line)}"


def _verify_database(path: Path) -> None:
    """Write the findings as they come, because reading a large database takes time."""
    shown = CheckBar()
    verifying = DatabaseCheck(path, shown)
    number = 0

    def told() -> Iterator[str]:
        nonlocal number
        for found in chain(verifying.findings(), beside_findings(path)):
            number += 1
            shown.end()
            yield _in_words(found)

    try:
        _write(told())
    finally:
        shown.end()
    if number:
        raise _damaged(path, number)
    entries, records, passages, texts = verifying.counts
    hashes = entries + records + passages + texts
    intact = f"{path}: intact; {_counted(entries, records, passages, hashes)}"
    _write([intact, *_left_out(path), *_mixed_names(path)])


def _mixed_names(path: Path) -> list[str]:
    """A line for each name of the case that mixes scripts, which is no fault of the case."""
    found = _asked(path, mixed_names)
    return [f"{one.table} {one.id}: {MIXED_SCRIPTS} in its name: {one.name}" for one in found]


def _in_words(found: Finding) -> str:
    return ": ".join(filter(None, (str(found.file), found.where, found.what)))


def _recomputed(path: Path) -> Iterator[Finding]:
    archive = Archive.open(path)
    try:
        for id in recomputed(archive):
            yield Finding(path, f"events {id}", "its figures do not match its claims")
    finally:
        archive.close()


def _checked(path: Path) -> str:
    """The counts of what was checked, in words."""
    of = checked_counts(path)
    begins = f"; its log begins after entry {of.before:,}" if of.before else ""
    return _counted(of.entries, of.records, of.passages, of.hashes) + begins


def _counted(entries: int, records: int, passages: int, hashes: int) -> str:
    return (
        f"{_entries(entries)}, {count_text(records, 'record')},"
        f" {count_text(passages, 'passage')}, {hashes:,} hash{'' if hashes == 1 else 'es'} checked"
    )


def _entries(number: int) -> str:
    return f"{number:,} {'entry' if number == 1 else 'entries'}"


def doctor_case(case: Path | None, to: Path | None) -> None:
    """Write what is wrong with a case and what can be saved; save it in `to` if given.

    Raises `DamagedCase` if something is wrong and nothing was to be saved,
    and what `doctor` and `repair` raise.
    """
    path = case_of(case)
    if to is not None:
        with writing(to):
            done = _repaired(path, to)
        _write(done)
        say(f"{path} is unchanged. Open the saved case: {opening(to)}")
        return
    found = doctor(path)
    if not found:
        _write([f"{path}: no damage found"])
        return
    _write(found)
    if not is_database(path):
        saved = salvage(path)
        held = Counter(table for table, _ in saved.records)
        _write(
            ["", "In a new file:", *saved.messages, f"{_saved(held, len(saved.log))} can be saved"]
        )
    raise _damaged(path, len(found))


def _repaired(path: Path, to: Path) -> list[str]:
    """Save what can be saved in a new file; return lines on what was left out and what it has."""
    if is_database(path):
        number, entries, told = repair_database(path, to)
    else:
        saved = repair(path, to)
        number, told = Counter(table for table, _ in saved.records), saved.messages
        entries = len(saved.log)
    return [*told, f"{to}: has {_saved(number, entries)}"]


def _saved(number: Counter[str], entries: int) -> str:
    """`115 events, 900 claims and the log of 12 entries`."""
    held = [f"{number[table]:,} {table}" for table in RECORD_TYPES if number[table]]
    log = f"its log of {_entries(entries)}" if entries else "no log"
    return f"{', '.join(['1 case', *(one for one in held if not one.endswith(' case'))])} and {log}"


def _damaged(path: Path, number: int) -> DamagedCase:
    hint = f"save what can be saved: {NAME} doctor {shlex.quote(str(path))} --repair NEW"
    if address_of(path):
        hint = (
            f"its copy here may be what is damaged: delete the folder {path.parent}, and verify the"
            " copy that is made anew"
        )
    return DamagedCase(f"{path}: {count_text(number, 'finding')}", hint)


def _write(lines: Iterable[str]) -> None:
    with output() as stream:
        write_lines(stream, (Line(line, "", "  ") for line in lines))


def convert_case(case: Path, new: Path, *, force: bool) -> None:
    """Make a database of a case file, or a case file of a database; raises what `convert` raises.

    A case file larger than one should be is made only with `force`.
    """
    with writing(new):
        (convert_from_server if address_of(case) else convert)(case, new, force=force)
    warn(restricted_of(new if has_database_suffix(new) else case))
    say(f"{new} has every record and the log; check it: {NAME} verify {shlex.quote(str(new))}")


def restricted_of(path: Path) -> str:
    """The number of records from data sets that may not be passed on, in words; empty for none."""
    return restricted_words(
        (one.label, one.licence, one.rows + one.articles)
        for one in _asked(path, datasets)
        if not one.redistributable and one.rows + one.articles
    )


def private_of(path: Path) -> str:
    """The number of private notes in a case, in words; empty for none."""
    number = _asked(path, private_notes)
    return f"{count_text(number, 'private note')} {'is' if number == 1 else 'are'}" * bool(number)


def _asked(path: Path, question: Callable[[Reader], T]) -> T:
    """The answer to a question about the case in a file."""
    with closing(Archive.open(path)) as archive:
        return archive.ask(question)
