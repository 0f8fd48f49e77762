"""The lists in the windows over the screen: commands, keys, events and more."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import partial

from rich.cells import cell_len

from store.analysis.readings import GLYPHS
from store.model.dates import long_or_latest
from store.model.labels import count_text
from store.model.vocabulary import EVENT_TYPES
from store.queries.datasets import SetRow
from store.queries.timeline_row import TimelineRow
from tui.commands.command import Group
from tui.commands.registry import BY_TYPED, COMMANDS, Command, in_pane, shown_keys, typed_form
from tui.dialogs.completions import complete, complete_name
from tui.dialogs.picker import LookUp, Picker, PickerRow, Rows
from tui.dialogs.signs import SIGNS, signs_in
from tui.session.session import Session
from tui.session.views import DisputeSummary


def help_window(pane: str, *, selecting: bool) -> Picker:
    """The keys that do something in a pane, by purpose; first those on a selection, if there is."""
    commands = [(command, str(command.group)) for command in in_pane(pane)]
    if selecting:
        chosen = [(one, "With the selected words") for one, _ in commands if one.of_selection]
        chosen.sort(key=lambda row: row[0].group is not Group.CODE)
        commands = chosen + [(one, group) for one, group in commands if not one.of_selection]

    def rows(typed: str) -> Sequence[PickerRow]:
        words = typed.lower().split()
        return [
            PickerRow(command.label, shown_keys(command), command.help, command.id, group)
            for command, group in commands
            if all(word in _searched(command) for word in words)
        ] + list(_signs(words))

    named = {"compare": "comparing", "who": "who says so"}.get(pane, f"the {pane}")
    return Picker(f"Keys and signs: {named}", rows, ask="find a key or a sign", aside_first=18)


def _signs(words: Sequence[str]) -> Iterator[PickerRow]:
    """The signs of the screen with their meanings."""
    for sign, name, meaning in SIGNS:
        if all(word in f"{sign} {name} {meaning} signs legend".lower() for word in words):
            yield PickerRow(name, sign, meaning, None, "Signs")


def signs_window(text: str) -> Picker:
    """The signs in a text of the screen, with their meanings beside them."""
    found = list(signs_in(text))
    width = max((cell_len(sign) for sign, _, _ in found), default=0) + 1
    picks = []
    for sign, name, meaning in found:
        title = f"{name}: {meaning}"
        fits = width + cell_len(title) <= IN_A_ROW
        picks.append(PickerRow(title, sign, "" if fits else meaning, None))
    empty = "There are no signs here."
    return Picker("Signs on the screen", lambda _: picks, empty=empty, aside_first=width)


IN_A_ROW = 74
"""Cells of a sign with its meaning that are read in a row at 80 columns; a longer meaning is
shown below, too."""

LISTED = 5_000
"""Rows that a window has at most: all are gone through at every letter that is typed."""


def disputes_window(subjects: Sequence[DisputeSummary]) -> Picker:
    """The disputes of the case; the value of a row is the id of its subject.

    If there are very many, lists the first `LISTED`, and says so.
    """
    total, subjects = len(subjects), subjects[:LISTED]
    told = (f"The first {LISTED:,} of {total:,}.",) if total > LISTED else ()

    def rows(typed: str) -> Sequence[PickerRow]:
        words = typed.lower().split()
        return [
            PickerRow(
                one.subject.title,
                f"{GLYPHS[one.worst]} {one.subject.kind}",
                one.brief,
                one.subject.id,
            )
            for one in subjects
            if all(word in f"{one.subject.title} {one.brief}".lower() for word in words)
        ]

    return Picker(
        "At odds in this case",
        rows,
        ask="find",
        told=told,
        empty="Nothing was found at odds in this case.",
        no_match="No dispute matches" if subjects else "",
    )


def datasets_window(found: Sequence[SetRow]) -> Picker:
    """The data sets of the case; the value of a row is the id of one."""
    picks = [
        PickerRow(one.label, count_text(one.rows, "row"), "\n".join(_about_set(one)), one.id)
        for one in found
    ]
    return Picker("Data sets", lambda _: picks, empty="The case has no data sets.")


def _about_set(one: SetRow) -> Iterator[str]:
    """The licence of a data set, its counts, what is odd about it, and its citation."""
    passed = "redistributable" if one.redistributable else "not redistributable"
    yield f"{one.licence or 'Licence not stated'}, {passed}"
    machine = f", {one.machine:,} made by a machine" if one.machine else ""
    yield f"{count_text(one.rows, 'event')}, {count_text(one.articles, 'article')}{machine}"
    if one.flagged:
        yield f"{count_text(one.flagged, 'flagged row')}: {', '.join(one.flags)}"
    if one.citation:
        yield f"Cite: {one.citation}"


def palette_rows(session: Session, typed: str) -> Rows:
    """All commands, and typed ones with an argument: `actor HTS`, `date 2024-11-29..`.

    The value of a row is a pair: the command's id and its argument. May run in
    any thread; it asks the case nothing where nothing is typed.
    """
    word, blank, argument = typed.lstrip(" :").partition(" ")
    command = BY_TYPED.get(word.lower())
    if command is not None and (blank or not command.argument):
        found = list(complete(session, command, argument.strip())) or list(_commands(typed))
    else:
        found = [*_commands(typed.lstrip(" :")), *complete_name(session, typed.strip(" :"))]
    return found or [_unknown(word)]


def _unknown(word: str) -> PickerRow:
    """Says that nothing is called so, and which commands are called nearly so."""
    near = get_close_matches(word.lower(), BY_TYPED, 3)
    meant = f"Perhaps {' or '.join(f':{one}' for one in near)}." if near else "? lists the keys."
    return PickerRow("No matching command or name.", "", meant, None)


def palette_window(
    session: Session, look_up: LookUp, typed: str, first: Rows, why: str = ""
) -> Picker:
    """The palette with `palette_rows`, of which the `first` were found for what is `typed`.

    `why` says why that was refused before.
    """
    return Picker(
        "Commands",
        partial(palette_rows, session),
        ask="a command, or a name",
        typed=typed,
        why=why,
        empty="No matching command or name.",
        look_up=look_up,
        first=first,
    )


def events_window(rows: Sequence[TimelineRow]) -> Picker:
    """Some events to choose one from; the value of a row is the event's number."""

    def matching(_: str) -> Sequence[PickerRow]:
        return [
            PickerRow(row.title, long_or_latest(row.edtf, row.at_latest), _described(row), row.n)
            for row in rows
        ]

    return Picker("This passage supports", matching)


def _described(row: TimelineRow) -> str:
    where = f", {row.place}" if row.place else ""
    return f"{EVENT_TYPES[row.type].label}{where}, support {row.support}"


def _searched(command: Command) -> str:
    return f"{command.label} {shown_keys(command)} {command.typed}".lower()


def _commands(typed: str) -> Iterator[PickerRow]:
    words = typed.lower().split()
    for command in sorted(COMMANDS, key=lambda one: words != [one.typed]):
        if all(word in f"{command.label} {command.typed}".lower() for word in words):
            yield PickerRow(
                command.label,
                f"{typed_form(command)}  {shown_keys(command) if command.keys else ''}".strip(),
                command.help,
                (command.id, ""),
            )
