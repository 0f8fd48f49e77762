"""The commands' interface to the shell: one line on stderr for an error, and an exit code."""

import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from store.errors import (
    EXIT_CODES,
    INTERRUPTED,
    ConflictError,
    MissingCase,
    OutOfMemory,
    UsageError,
)
from tui.output import NAME, complain, quiet_pipe

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


ADDRESS_MARK = "://"
"""What no name of a file has that a person types, and every address."""


class Commands(click.Group):
    """The commands; a first argument that is no command is a case, and goes to `opener`.

    Every error becomes one line on stderr and its exit code.
    """

    def __init__(self, *args: Any, opener: click.Command, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opener = opener

    def main(  # type: ignore[override]  # it always exits, so `standalone_mode` is not for callers
        self, args: Any = None, prog_name: str | None = None, **extra: Any
    ) -> Any:
        """Run a command line and exit."""
        extra["standalone_mode"] = False
        try:
            status = super().main(args, prog_name or NAME, **extra)
        except (ConflictError, MemoryError) as error:
            told = OutOfMemory() if isinstance(error, MemoryError) else error
            complain(told.message, told.hint)
            status = told.exit_code
        except click.ClickException as error:
            ctx = getattr(error, "ctx", None)
            message = error.format_message().rstrip(".")
            complain(message, _hint(ctx, message))
            status = UsageError.exit_code
        except (click.Abort, KeyboardInterrupt):
            status = INTERRUPTED
        except Exception as error:
            status = _crashed(error)
        sys.exit(status or 0)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """The context of a command line; `--help` writes its text here."""
        with quiet_pipe():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with quiet_pipe():
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names, else the command that opens it as a case."""
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        if not ctx.resilient_parsing and _is_missing(args[0]):
            raise MissingCase(
                f"{args[0]}: there is no such file, and no such command",
                f"the commands are {', '.join(self.commands)}",
            )
        return self.opener.name, self.opener, args

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """The commands and files, because either may come first."""
        from click.shell_completion import CompletionItem

        found = super().shell_complete(ctx, incomplete)
        return found if incomplete.startswith("-") else [*found, CompletionItem("", type="file")]


_EXTRA = re.compile(r"extra argument \((.*)\)", re.DOTALL)
"""The words of click on one argument that a command does not take."""


def _hint(ctx: click.Context | None, message: str) -> str:
    """The option that a case given without it belongs to, else the help to read."""
    from tui.cli.options import CaseType

    if ctx is None:
        return f"see: {NAME} --help"
    extra = _EXTRA.search(message)
    for one in ctx.command.params if extra else ():
        of_case = isinstance(one, click.Option) and isinstance(one.type, CaseType)
        known = any(isinstance(ctx.params.get(name), Path) for name in (one.name or "", "named"))
        if extra and of_case and not known:
            name = shlex.quote(extra[1])
            return f"a case is named so: {ctx.command_path} {one.opts[0]} {name}"
    return f"see: {ctx.command_path} --help"


def exit_codes() -> str:
    """The exit codes with their meaning, as click leaves them."""
    codes = "\n".join(f"  {code:3}  {meaning}" for code, meaning in EXIT_CODES)
    return f"\b\nExit codes:\n{codes}"


def _is_missing(name: str) -> bool:
    if ADDRESS_MARK in name:
        return False  # reading it as an address says what is wrong
    try:
        Path(name).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False  # it may be there: opening it says what is wrong
    return False


def _crashed(error: Exception) -> int:
    from tui.crash import report

    path = report(error)
    complain(
        "something unexpected happened",
        f"a report, without any text of the case, is in {path}"
        if path
        else "no report could be written",
    )
    return ConflictError.exit_code
