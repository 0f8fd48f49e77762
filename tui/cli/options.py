"""The options that commands share."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
Names = Callable[[], Iterable[str]]


def formats() -> Iterable[str]:
    """The available formats."""
    from store.exporters import FORMATS

    return FORMATS


def sorts() -> Iterable[str]:
    """The orders of the events."""
    from store.queries.timeline import Sort

    return Sort


def types() -> Iterable[str]:
    """The types of events."""
    from store.model.vocabulary import EventType

    return EventType


def supports() -> Iterable[str]:
    """The kinds of support."""
    from store.queries.filters import SUPPORTS

    return SUPPORTS


def markings() -> Iterable[str]:
    """The marks that persons may have put on events."""
    from store.queries.filters import MARKED

    return MARKED


def flags() -> Iterable[str]:
    """The flags of a row of a data set, and `any`."""
    from store.model.vocabulary import Flag
    from store.queries.filters import ANY

    return (ANY, *Flag)


def makers() -> Iterable[str]:
    """The kinds of makers of events."""
    from store.queries.filters import MADE

    return MADE


def readings() -> Iterable[str]:
    """The readings of two statements that are at odds."""
    from store.analysis.readings import SHOWN
    from store.analysis.siblings import PERHAPS_ONE_EVENT

    words = (*SHOWN, PERHAPS_ONE_EVENT)
    return (reading.replace(",", "").replace(" ", "-") for reading in words)


def one_of(names: Names) -> dict[str, Any]:
    """The settings that make an option take one of these names, looked up when it is used.

    An option that may be repeated takes one of them each time.
    """

    def check(ctx: click.Context, option: click.Parameter, given: T) -> T:
        known = tuple(names())
        for one in given if isinstance(given, tuple) else (given,):
            if one not in known:
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

BUNDLED = click.option(
    "--bundled",
    is_flag=True,
    expose_value=False,
    callback=ask_for_bundled,
    help="The bundled case itself, where you have changed your own copy of it.",
)

FORMAT = click.option(
    "--format",
    "form",
    metavar="FORMAT",
    default="table",
    help="table for people, json for everything, or csv. [default: table]",
    **one_of(formats),
)

OF_CASE = (
    click.option(
        "--case",
        type=FILE,
        metavar="CASE",
        help="The case file. [default: your copy of the bundled case, else that itself]",
    ),
    BUNDLED,
    FORMAT,
)

OF_FILTER = (
    click.option(
        "--actor",
        metavar="NAME",
        multiple=True,
        help="Only events in which this actor, or a part of it, acts.",
    ),
    click.option(
        "--source",
        metavar="NAME",
        multiple=True,
        help="Only events for which this source stands in a chain.",
    ),
    click.option(
        "--place", metavar="NAME", multiple=True, help="Only events at this place or within it."
    ),
    click.option(
        "--type",
        metavar="TYPE",
        multiple=True,
        help="Only events of this type, such as capture or air-strike.",
        **completed(types),
    ),
    click.option(
        "--date",
        metavar="DATE",
        help="Only events that may have happened then: 2024-11-29, 2024-11 or"
        " 2024-11-27..2024-12-01, of which either end may be left out.",
    ),
    click.option(
        "--support",
        metavar="KIND",
        multiple=True,
        help="Only events whose claims or support are so: disputed, differs, stale, denied,"
        " single-root or 2+ (two origins or more).",
        **completed(supports),
    ),
    click.option(
        "--dataset",
        metavar="NAME",
        multiple=True,
        help="Only events that are rows of this data set.",
    ),
    click.option(
        "--flag",
        metavar="FLAG",
        multiple=True,
        help="Only rows of a data set that are odd in this way, such as low-above-best, or any;"
        " !FLAG excludes.",
        **completed(flags),
    ),
    click.option(
        "--made",
        metavar="BY",
        multiple=True,
        help="Only events made by a person, a data-set or a machine; !BY excludes.",
        **completed(makers),
    ),
    click.option(
        "--tag",
        metavar="NAME",
        multiple=True,
        help="Only events with this tag, or with an article or a claim that has it.",
    ),
    click.option(
        "--marked",
        metavar="HOW",
        multiple=True,
        help="Only events that persons have starred, noted, tagged, graded, assessed or ruled on,"
        " or what stands behind them; read or unread.",
        **completed(markings),
    ),
    click.option(
        "--words",
        metavar="WORDS",
        multiple=True,
        help="Only events with these words in title, names or passages; !WORDS excludes.",
    ),
)

BY = click.option(
    "--by",
    metavar="NAME",
    help="In whose name the log has it. [default: the name in your settings]",
)

INTO_CASE = (
    click.option(
        "--into",
        type=FILE,
        metavar="CASE",
        help="The case file. [default: your copy of the bundled case, made where there is none]",
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


def of_filter(command: F) -> F:
    """Adds the options of a filter of events, and those of every command."""
    command = of_case(command)
    for option in reversed(OF_FILTER):
        command = option(command)
    return command
