"""The generated parts of the documentation: pages, tables and the output of examples.

A table stands between `<!-- made: NAME -->` and `<!-- end -->`; an example is
a block of `console` whose first line begins with `$ conflict-tui`.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import NoneType

from store.analysis.readings import GLYPHS, MEANINGS, Reading
from store.custody.redaction_traces import PLACES
from store.errors import EXIT_CODES
from store.importing.layouts import LAYOUTS
from store.model.values import VALUE_OF_KIND
from store.model.vocabulary import EVENT_TYPES, FLAGS
from store.queries.filter_choices import SUPPORTS
from tui.commands.form_keys import FIELD_COMMANDS, FORM_COMMANDS
from tui.commands.registry import (
    BY_ID,
    COMMANDS,
    OVERLAY_COMMANDS,
    Command,
    Group,
    shown_key,
    typed_form,
)

ROOT = Path(__file__).parents[1]

KEYS_PAGE = Path("docs/keys.md")

MAIN_KEYS = (
    ("move.down", "move.up"),
    ("pane.next", "pane.timeline", "pane.actors", "pane.sources", "pane.article"),
    ("pivot",),
    ("article.next", "article.previous"),
    ("match.next", "match.previous"),
    ("compare",),
    ("who",),
    ("dispute.next", "dispute.case"),
    ("back", "forward"),
    ("find",),
    ("filter.words",),
    ("filter.add", "filter.drop"),
    ("scope",),
    ("zoom",),
    ("palette",),
    ("help",),
    ("cancel",),
    ("quit",),
)
"""The commands among the main keys; those of one line are described by the first one's help."""

CASE_KEYS = (
    *("note", "tag", "star", "read", "assess", "grade", "rule", "withdraw", "redact", "attach"),
    *("date_rule", "said", "undo", "redo", "log", "filter.save"),
)
"""The commands that change a case, for the page on custody."""

_TABLE = re.compile(r"(<!-- made: ([\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_EXAMPLE = re.compile(r"(```console\n\$ conflict-tui ([^\n]+)\n).*?(```)", re.DOTALL)


def pages(root: Path = ROOT) -> Iterator[Path]:
    """All text pages, relative to the root."""
    yield from (Path(name) for name in ("README.md", "CHANGELOG.md"))
    yield from sorted(path.relative_to(root) for path in (root / "docs").rglob("*.md"))


def up_to_date(page: Path, text: str) -> str:
    """Return the page with its generated parts up to date."""
    if page == KEYS_PAGE:
        return keys_page()
    text = _TABLE.sub(lambda found: found[1] + TABLES[found[2]]() + found[3], text)
    return _EXAMPLE.sub(lambda found: found[1] + _answer(found[2]) + found[3], text)


@cache
def _answer(arguments: str) -> str:
    """Run a command and return its output. Raises `CalledProcessError` where it fails."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *shlex.split(arguments)],
        cwd=ROOT,
        # the user's own copy of the bundled case must not affect the output
        env={**os.environ, "XDG_DATA_HOME": os.devnull, "HOME": os.devnull},
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout


def _table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (heading, ("---",) * len(heading), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _keys(commands: Iterable[Command]) -> str:
    return " ".join(_code(shown_key(key)) for command in commands for key in command.keys)


def exit_codes() -> str:
    """Every exit code with its meaning."""
    return _table(
        ("code", "meaning"), ((_code(str(code)), meaning) for code, meaning in EXIT_CODES)
    )


def main_keys() -> str:
    """The main keys, one line for each group."""
    lines = [[BY_ID[id_] for id_ in ids] for ids in MAIN_KEYS]
    return _table(
        ("keys", "what they do"),
        (
            (_keys(line), line[0].help if len(line) == 1 else " · ".join(c.label for c in line))
            for line in lines
        ),
    )


def case_keys() -> str:
    """The commands that change a case on the screen, with key or typed form."""
    lines = [BY_ID[id_] for id_ in CASE_KEYS]
    return _table(
        ("key", "what it does"),
        (
            (_keys([line]) or _code(typed_form(line)), f"{line.label}. {line.help}")
            for line in lines
        ),
    )


def readings() -> str:
    """Every reading of two claims with its glyph and meaning."""
    return _table(
        ("reading", "glyph", "what it means"),
        ((reading.value, _code(GLYPHS[reading]), MEANINGS[reading]) for reading in Reading),
    )


def flags() -> str:
    """The flags of rows of a data set."""
    return _table(
        ("flag", "what it says"), ((_code(flag), meaning) for flag, meaning in FLAGS.items())
    )


def kinds_of_support() -> str:
    """Every filter by support with its meaning."""
    return _table(
        ("support", "only events where"),
        ((_code(choice.value), choice.meaning) for choice in SUPPORTS),
    )


def event_types() -> str:
    """Every type of event with its glyph and its equivalents in other schemes."""
    return _table(
        ("type", "label", "glyph", "ACLED sub-event", "GED", "PLOVER"),
        (
            (_code(type_), row.label, _code(row.glyph), row.acled, row.ged, row.plover)
            for type_, row in EVENT_TYPES.items()
        ),
    )


def layouts() -> str:
    """The columns of each data set, by what is done with them."""
    return _table(
        ("data set", "read", "only kept in the article of the row", "not read"),
        (
            (
                one.words,
                *(", ".join(map(_code, names)) for names in (one.read, one.kept, one.unread)),
            )
            for one in LAYOUTS
        ),
    )


def value_kinds() -> str:
    """The type of value of each kind of claim."""
    return _table(
        ("kind", "value"),
        (
            (_code(kind), "nothing" if value is NoneType else value.__name__)
            for kind, value in VALUE_OF_KIND.items()
        ),
    )


def decisions() -> str:
    """Every decision with a link to its page."""
    paths = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    titles = ((path.name, path.read_text("utf-8").partition("\n")[0]) for path in paths)
    return "".join(f"- [{title.removeprefix('# ')}]({name})\n" for name, title in titles)


def keys_page() -> str:
    """The page of all keys."""
    parts = [
        "# Keys\n",
        "Made from the registry of commands, `tui/commands/registry.py`. In the program `?` shows"
        " the keys of the pane that has the focus, and `:` finds a command by its name.\n",
    ]
    for group in Group:
        parts += [f"## {group}\n", _commands(one for one in COMMANDS if one.group is group)]
    parts += [
        "## In a window\n",
        "Commands, keys and choices open in a window over the screen, as large as its content and"
        " never over the words that a judgement is about. Typing narrows its rows. What is not"
        " understood stays in its window, with the reason.\n",
        _commands(OVERLAY_COMMANDS),
        "## In a form\n",
        "A form is filled in field by field; the line below says what the field takes.\n",
        _commands((*FORM_COMMANDS, *FIELD_COMMANDS)),
        "A note, a reason or a form that is left, or that a kill interrupts, is a draft: it is"
        " there when the same one is begun again, for 30 days. Delete its text to be rid of it.\n",
        "## Filters in a line\n",
        "`:actor HTS place Aleppo date 29-30 Nov 2024` adds three filters. A name that several"
        " records have lists them, with the number of their events; quotes hold words together, as"
        ' in `:actor "Date Palm Brigade"`. A date is understood in every form that is printed:'
        " `29 Nov 2024`, `~29 Nov` (of the year of the current event), `28 Oct-4 Nov 2016`,"
        " `Nov 2024`, `1982`, `from 2011`, `2024-11-29..30`.\n",
        "## At the prompt\n",
        "`/` and `&` open a line to type in. `Enter` accepts it; `Esc` and `Ctrl+C` leave it.\n",
        "## With the mouse\n",
        "A click moves the cursor and gives the focus. A double click is `Enter`. The wheel"
        " scrolls. A click on a key in the last line presses it; on a filter it lists the filters,"
        " and on its `×` it drops it.\n",
    ]
    return "\n".join(parts)


def _aliases(command: Command) -> Iterator[str]:
    return (f":{word}" for word in command.aliases)


def _commands(commands: Iterable[Command]) -> str:
    return _table(
        ("keys", "typed", "name", "what it does", "panes"),
        (
            (
                _keys([command]),
                " ".join(map(_code, (typed_form(command), *_aliases(command)))).strip(),
                command.label,
                command.help,
                ", ".join(command.panes) or "all",
            )
            for command in commands
        ),
    )


def places_of_words() -> str:
    """Every place that keeps words of a case, and what a redaction does there."""
    return _table(("place", "where", "a redaction"), PLACES)


TABLES: Mapping[str, Callable[[], str]] = {
    "places of words": places_of_words,
    "exit codes": exit_codes,
    "main keys": main_keys,
    "case keys": case_keys,
    "event types": event_types,
    "layouts": layouts,
    "value kinds": value_kinds,
    "readings": readings,
    "kinds of support": kinds_of_support,
    "flags": flags,
    "decisions": decisions,
}
"""Every generated table by the name in its marker."""
