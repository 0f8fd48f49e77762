"""New files that complete the argument of a command that writes one."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tui.commands.registry import Command, typed_form
from tui.dialogs.file_names import folders
from tui.dialogs.picker import PickerRow
from tui.session.read_original import home
from tui.session.session import Session

ENDINGS: Mapping[str, str] = {"annotations": "jsonld", "csl": "json", "ftm": "jsonl"}
"""The endings of exported files that are not the names of their formats."""

OF_FILTER, OF_DISPUTE = "filter", "dispute"
"""The words before the file of a dossier for what it is about, if that is not the event."""


def complete_export(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    """The formats, each with a new file of that name; after a format, the files."""
    from store.exporters.exports import EXPORTS

    form, _, file = argument.partition(" ")
    if form in EXPORTS and argument != form:
        yield from _files(session, command, f"{form} ", file, ENDINGS.get(form, form))
        return
    if not any(name.startswith(argument) for name in EXPORTS if argument):
        yield _as_typed(command, argument)
    for name, of in EXPORTS.items():
        if name.startswith(argument):
            new = f"{name} {_free(session, ENDINGS.get(name, name))}"
            yield PickerRow(f"{command.label}: {new}", ", ".join(of.holds), "", (command.id, new))


def complete_dossier(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    """The files, and what the dossier can be about besides what is at hand."""
    word, _, file = argument.partition(" ")
    if word in (OF_FILTER, OF_DISPUTE) and argument != word:
        yield from _files(session, command, f"{word} ", file, "html")
        return
    if not argument:
        yield _as_typed(command, argument)
    yield from _files(session, command, "", argument, "html")
    for name, about in ((OF_FILTER, "the filter shown"), (OF_DISPUTE, "the dispute compared")):
        if name.startswith(argument):
            new = f"{name} {_free(session, 'html')}"
            yield PickerRow(f"{command.label}: {new}", about, "", (command.id, new))


def _as_typed(command: Command, argument: str) -> PickerRow:
    """The row for the command as it is typed, which says what it lacks."""
    title = f"{command.label}: {argument}" if argument else command.label
    return PickerRow(title, typed_form(command), command.help, (command.id, argument))


def _files(
    session: Session, command: Command, before: str, typed: str, ending: str
) -> Iterator[PickerRow]:
    """The typed file, or else one of the name of the case; then the folders."""
    new = before + (typed or _free(session, ending))
    yield PickerRow(f"{command.label}: {new}", typed_form(command), command.help, (command.id, new))
    for folder in folders(typed):
        there = f"{before}{folder}{_free(session, ending, folder)}"
        yield PickerRow(f"{command.label}: {there}", "folder", "", (command.id, there))


def _free(session: Session, ending: str, folder: str = "") -> str:
    """The name of the case with another ending, with a number if there is such a file."""
    stem, number = session.archive.path.stem, 1
    name = f"{stem}.{ending}"
    while (home(Path(folder or ".")) / name).exists():
        number += 1
        name = f"{stem}-{number}.{ending}"
    return name
