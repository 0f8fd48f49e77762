"""The commands that put a case into one file, whole or for somebody, and take it out again."""

import shlex
from pathlib import Path

from store.archive import is_database
from store.custody.age import check_recipient
from store.custody.pack import pack, unpack
from store.custody.pack_for import ForWhom, restricted_of_log
from store.errors import RestrictedRows, UsageError
from store.model.typed_text import one_typed_line
from tui.cli.case_files import private_of, restricted_of
from tui.cli.changing import signed
from tui.cli.edit import now
from tui.cli.licences import warn
from tui.cli.lists import case_of
from tui.output import NAME, say
from tui.session.new_case import writing


def pack_case(
    case: Path | None,
    to: Path,
    whom: str | None = None,
    by: str | None = None,
    recipient: str = "",
    *,
    with_restricted: bool = False,
) -> None:
    """Put a case and its log into one file, whole or for somebody; raises what `pack` raises.

    It is encrypted for a `recipient`, if that is a public key of age. Raises
    `RestrictedRows` if it or its log holds rows that may not be passed on, and neither
    `with_restricted` is set nor it is for somebody, `UsageError` if both are, and what
    `check_recipient` raises.
    """
    path = case_of(case)
    if recipient:
        check_recipient(recipient)
    if whom is not None:
        if with_restricted:
            raise UsageError("--for leaves out what --with-restricted includes", "use one of them")
        _pack_for(path, to, whom, by, recipient)
        return
    words = restricted_of(path) or _restricted_in_log(path)
    if words and not with_restricted:
        raise RestrictedRows(
            f"{path}: not redistributable: {words}",
            "--for NAME leaves these out, and --with-restricted packs them for people who may"
            " have them",
        )
    with writing(to):
        pack(path, to, recipient=recipient)
    warn(words)
    if private := private_of(path):
        say(f"{private} in it; --for NAME leaves such notes out.")
    _packed(path, to, "contains the case and its log", recipient)


def _restricted_in_log(path: Path) -> str:
    """The data sets of which only the log still has rows, in words; empty for none."""
    names = ", ".join(restricted_of_log(path))
    return f"its log still has withdrawn rows of {names}" * bool(names)


def _pack_for(path: Path, to: Path, whom: str, by: str | None, recipient: str) -> None:
    name = one_typed_line(whom, "name")
    if not name:
        raise UsageError("--for needs a name", "such as --for Ana")
    with writing(to):
        found = pack(path, to, ForWhom(name, signed(by).name, now()), recipient)
    if found is None:
        say(f"{path} has no restricted row and no private note: nothing is left out.")
        _packed(path, to, "contains the case and its log", recipient)
    else:
        say(f"Left out for {name}: {found.words}.")
        _packed(path, to, "contains the rest of the case, and its log without that", recipient)


def _packed(path: Path, to: Path, what: str, recipient: str) -> None:
    if recipient:
        say(f"{to} {what}, encrypted for {recipient}; they decrypt it with age, then unpack it.")
        return
    new = _free(to.with_suffix(".db" if is_database(path) else ".json"))
    names = f"{shlex.quote(str(to))} --into {shlex.quote(str(new))}"
    say(f"{to} {what}; to extract them: {NAME} unpack {names}")


def _free(path: Path) -> Path:
    """This name for a new file or, if it is taken, the first similar one that is free."""
    taken = path
    number = 1
    while path.exists():
        number += 1
        path = taken.with_stem(f"{taken.stem}-{number}")
    return path


def unpack_case(packed: Path, to: Path) -> None:
    """Get a case and its log out of one file; raises what `unpack` raises."""
    with writing(to):
        unpack(packed, to)
    say(f"{to} is the case; check it: {NAME} verify {shlex.quote(str(to))}")
