"""The options that commands share."""

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from store.errors import UsageError
from tui.cli.shell import ADDRESS_MARK
from tui.output import say, show_as, tell

if TYPE_CHECKING:
    from store.model.case_address import CaseAddress
    from store.queries.filters import FilterKind

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
Names = Callable[[], Iterable[str]]


def formats() -> Iterable[str]:
    """The available formats."""
    from store.exporters import FORMATS

    return FORMATS


def export_formats() -> Iterable[str]:
    """The formats of an export."""
    from store.exporters.exports import EXPORTS

    return EXPORTS


def exported() -> Iterable[str]:
    """The records that an export can hold."""
    from store.exporters.exports import What

    return What


def sorts() -> Iterable[str]:
    """The orders of the events."""
    from store.queries.event_sort import Sort

    return Sort


def readings() -> Iterable[str]:
    """The readings of two statements that are at odds."""
    from store.analysis.readings import SHOWN
    from store.analysis.siblings import PERHAPS_ONE_EVENT

    words = (*SHOWN, PERHAPS_ONE_EVENT)
    return (reading.replace(",", "").replace(" ", "-") for reading in words)


def one_of(names: Names) -> dict[str, Any]:
    """The settings that make an option take one of these names, looked up when it is used.

    An option that may be repeated takes one of them each time. One that is not given is None.
    """

    def check(ctx: click.Context, option: click.Parameter, given: T) -> T:
        known = tuple(names())
        for one in given if isinstance(given, tuple) else (given,):
            if one is not None and one not in known:
                raise click.BadParameter(f"{one!r} is not one of {', '.join(known)}", ctx, option)
        return given

    return {"callback": check, **completed(names)}


def completed(names: Names) -> dict[str, Any]:
    """The settings that make a shell complete an option with these names."""

    def complete(_ctx: click.Context, _option: click.Parameter, incomplete: str) -> list[str]:
        return [str(name) for name in names() if name.startswith(incomplete)]

    return {"shell_complete": complete}


_ASKED = "conflict-tui.bundled"


def ask_for_bundled(ctx: click.Context, _option: click.Parameter | None, given: bool) -> bool:
    """Note for the code that opens the case that the bundled case itself is wanted."""
    if given:
        ctx.meta[_ASKED] = True
    return given


def bundled_asked() -> bool:
    """True if the bundled case itself is wanted, not the user's own copy of it."""
    ctx = click.get_current_context(silent=True)
    return ctx is not None and _ASKED in ctx.meta


FILE = click.Path(path_type=Path)


class CaseType(click.Path):
    """A case: the path of a file or, for an address, of the copy of a case on a server."""

    name = "case"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path of the case; raises what reading the address and opening the copy raise."""
        address = _address(value)
        if address is None:
            return super().convert(value, param, ctx)
        if ctx is not None and ctx.resilient_parsing:
            return None
        from store.custody.server_cases import copy_of, has_copy

        if not has_copy(address):
            say(f"Fetching the whole case from {address} for the first time.")
        path = copy_of(address, tell)
        show_as(str(path), str(address))
        return path


class NewCaseType(click.Path):
    """A case to be made: the path of a new file, or the address of a case on a server."""

    name = "case"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path or the `CaseAddress`; raises `UsageError` where it cannot be one."""
        return _address(value) or super().convert(value, param, ctx)


def _address(value: object) -> "CaseAddress | None":
    """Read an address, None for the name of a file; raises `UsageError`."""
    if not isinstance(value, str) or ADDRESS_MARK not in value:
        return None
    from store.model.case_address import is_address, read_address

    return read_address(value) if is_address(value) else None


A_CASE = CaseType(path_type=Path)
NEW_CASE = NewCaseType(path_type=Path)

BUNDLED = click.option(
    "--bundled",
    is_flag=True,
    expose_value=False,
    callback=ask_for_bundled,
    help="Use the bundled case itself, not your own copy of it.",
)

FORMAT = click.option(
    "--format",
    "form",
    metavar="FORMAT",
    default="table",
    help="table, json (all fields) or csv. [default: table]",
    **one_of(formats),
)

CASE = click.option(
    "--case",
    type=A_CASE,
    metavar="CASE",
    help="The case: a file, or an address."
    " [default: your copy of the bundled case, or the bundled case]",
)

OF_CASE = (CASE, BUNDLED, FORMAT)

BY = click.option(
    "--by",
    metavar="NAME",
    help="Your name for the log. [default: author in your settings]",
)

INTO_CASE = (
    click.option(
        "--into",
        type=A_CASE,
        metavar="CASE",
        help="The case: a file, or an address."
        " [default: your copy of the bundled case, made if needed]",
    ),
    BY,
)


def of_case(command: F) -> F:
    """Adds the options of every command: the case and the format."""
    for option in reversed(OF_CASE):
        command = option(command)
    return command


def into_case(command: F) -> F:
    """Adds the options of every command that changes a case: the case, and the name for the log."""
    for option in reversed(INTO_CASE):
        command = option(command)
    return command


def of_named_case(command: F) -> F:
    """Adds those of `of_case`, to a command without arguments, and the case as an argument."""
    return of_case(_named(command, "case"))


def into_named_case(command: F) -> F:
    """Adds those of `into_case`, to a command without arguments, and the case as an argument."""
    return into_case(_named(command, "into"))


def _named(command: F, option: str) -> F:
    """Let the case be named by an argument as well as by its option, once."""

    @wraps(command)
    def with_case(named: Path | None = None, **asked: Any) -> Any:
        if named is not None:
            if asked[option] is not None:
                raise UsageError("the case is named twice", f"leave out --{option}")
            asked[option] = named
        return command(**asked)

    argument = click.argument("named", metavar="[CASE]", type=A_CASE, required=False)
    return argument(with_case)  # type: ignore[return-value]


class FilteredCommand(click.Command):
    """A command with an option for each kind of filter, before its own.

    The options are made when they are first asked for, so that the program
    starts without reading what a filter is.
    """

    _params: list[click.Parameter]
    _filled: bool

    @property
    def params(self) -> list[click.Parameter]:
        """All options, in the one list that click adds to."""
        if not self._filled:
            self._filled = True
            self._params[:0] = [filter_option(kind) for kind in kinds()]
        return self._params

    @params.setter
    def params(self, own: list[click.Parameter]) -> None:
        """Take the options of the command itself."""
        self._params = own
        self._filled = False


def kinds() -> "Iterable[FilterKind]":
    """The kinds of filter that there are."""
    from store.queries.filters import FilterKind

    return FilterKind


def filter_option(kind: "FilterKind") -> click.Option:
    """The option that asks for filters of a kind."""
    row = kind.row
    return click.Option(
        param_decls=[f"--{row.name}"],
        metavar=row.argument,
        multiple=not row.single,
        help=row.option_help or row.help,
        **(completed(lambda: row.values) if row.choices else {}),
    )
