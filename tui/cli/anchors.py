"""The commands that anchor a case outside of it: the head of its log, and time stamps."""

import shlex
from collections.abc import Iterator
from pathlib import Path

import msgspec

from store.custody.anchor import Anchored, TypedHash, find, grouped, head
from store.custody.seal import Seal, check_kept, check_seal, keep_answer, request
from store.errors import ConflictError, LostHistory
from store.model.labels import count_text
from store.model.log_line import Line as LogLine
from tui.cli.layout import Line, write_lines
from tui.cli.lists import case_of
from tui.cli.new_file import new_binary_file
from tui.output import NAME, output, say, with_names


class HeadReport(msgspec.Struct, frozen=True):
    """The head of the log of a case; `when` is UTC."""

    case: str
    sequence: int
    sha256: str
    who: str
    when: str


def show_head(case: Path | None, *, as_json: bool) -> None:
    """Write the hash of the last entry of a log, whole; raises what `head` raises."""
    path = case_of(case)
    line = head(path)
    with output() as stream:
        if as_json:
            report = HeadReport(
                with_names(str(path)), line.sequence, line.hash, line.who, line.when
            )
            stream.write(msgspec.json.encode(report).decode() + "\n")
            return
        entry = f"{path}: {_entry(line)}"
        groups = (Line(one, as_it_is=True) for one in grouped(line.hash).splitlines())
        write_lines(stream, (Line(entry, "", "  "), *groups))


def make_request(case: Path | None, into: Path) -> None:
    """Write a request for a time stamp of the head of a log; raises what `request` raises."""
    path = case_of(case)
    line, content = request(path)
    with new_binary_file(into) as stream:
        stream.write(content)
    say(
        f"{into} asks for a time stamp of entry {line.sequence}. Send it to an authority from any"
        f" machine, then: {NAME} seal {shlex.quote(str(path))} --answer ANSWER.tsr"
    )


def keep_seal(case: Path | None, answer: Path) -> None:
    """Keep the answer of an authority with a case; raises what `keep_answer` raises."""
    path = case_of(case)
    seal = keep_answer(path, answer)
    say(
        f"{seal.file.name} is kept with the case. It says that {_existed(seal)}. Its signature is"
        f" not checked yet: {NAME} verify {shlex.quote(str(path))} --ca CA.pem"
    )


def anchors(
    path: Path, wanted: TypedHash | None, seal: Path | None, ca: Path | None
) -> Iterator[str]:
    """Find a hash, and check one time stamp, or all that are kept; a line for each.

    Raises `LostHistory`, `UntrustedSeal`, `UnreadableCase` and `UnfitMachine`.
    """
    if wanted:
        found = find(path, wanted)
        yield f"{path}: {_entry(found.entry, merged=found.merged)} has this hash; {_later(found)}"
    if seal and ca:
        yield _checked(check_seal(path, seal, ca))
    elif ca:
        yield from _all_kept(path, ca)


def _all_kept(path: Path, ca: Path) -> Iterator[str]:
    checked = list(check_kept(path, ca))
    failed = [one for one in checked if isinstance(one, ConflictError)]
    yield from (one.message if isinstance(one, ConflictError) else _checked(one) for one in checked)
    if not checked:
        yield f"{path}: no time stamp is kept with it"
    if failed:
        lost = next((one for one in failed if isinstance(one, LostHistory)), failed[0])
        raise type(lost)(
            f"{path}: {len(failed)} of {count_text(len(checked), 'time stamp')} prove nothing",
            lost.hint,
        )


def _checked(seal: Seal) -> str:
    return (
        f"{seal.file}: {_existed(seal)}; its signature and its certificates hold;"
        f" {_later(seal.anchored)}"
    )


def _existed(seal: Seal) -> str:
    entry = _entry(seal.anchored.entry, merged=seal.anchored.merged)
    return f"{entry} existed on {seal.when:%Y-%m-%d %H:%M:%S} UTC, by the clock of {seal.by}"


def _entry(line: LogLine, *, merged: bool = False) -> str:
    log = "log of a copy that was merged" if merged else "log"
    return f"entry {line.sequence:,} of the {log}, by {line.who or 'nobody'} on {_utc(line.when)}"


def _later(found: Anchored) -> str:
    """`after it came 3 entries, to 2026-11-30 06:12:00 UTC: Ana 2, Bo 1`."""
    if found.last is None:
        return "it is the last entry"
    number = found.later.total()
    by = ", ".join(f"{who or 'nobody'} {times:,}" for who, times in found.later.items())
    entries = "1 entry" if number == 1 else f"{number:,} entries"
    return f"after it came {entries}, the last on {_utc(found.last.when)}: {by}"


def _utc(at: str) -> str:
    """`2026-11-30 06:12:00 UTC`: a time of the log as it stands there."""
    return f"{at[:-1].replace('T', ' ')} UTC" if at.endswith("Z") else at
