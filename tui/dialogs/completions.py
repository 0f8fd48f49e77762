"""Completion of the arguments of commands in the palette.

All of it may run in any thread: it asks the session and touches no widget.
"""

from collections.abc import Callable, Iterator, Mapping

from store.errors import ConflictError
from store.model.vocabulary import DateRule
from store.queries.event_sort import Sort
from store.queries.filters import KINDS, FilterKind
from store.queries.frequency import Field
from store.queries.search import NamedKind
from tui.commands.registry import BY_FILTER, Command, Completion, typed_form
from tui.dialogs.file_names import complete_file
from tui.dialogs.picker import PickerRow
from tui.session.columns import ABOUT_BY_WIDTH, BY_WIDTH, COLUMNS
from tui.session.session import Session

Completer = Callable[[Session, Command, str], Iterator[PickerRow]]


def complete(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    """The rows for a typed command: what its argument can be."""
    if command.completion is not None:
        return COMPLETERS[command.completion](session, command, argument)
    if command.filter is not None:
        return _complete_filter(session, command, command.filter, argument)
    return _as_typed(session, command, argument)


def complete_name(session: Session, typed: str) -> Iterator[PickerRow]:
    """The filters by an actor, place or source whose name begins so."""
    if len(typed) < 2:
        return
    for named in session.named(typed):
        about = f"Filter by {named.names}{named.distinction}"
        command = BY_FILTER[KINDS[named.kind]]
        yield PickerRow(named.name, named.apart or named.kind, about, (command.id, named.id))


def _as_typed(_: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    title = f"{command.label}: {argument}" if argument else command.label
    yield PickerRow(title, typed_form(command), command.help, (command.id, argument))


def _complete_filter(
    session: Session, command: Command, kind: FilterKind, argument: str
) -> Iterator[PickerRow]:
    """The filters that the typed text can become; the reason if it can become none."""
    if kind.row.choices or kind.row.suggest is not None:
        for title, aside, about, value in session.suggestions(kind, argument):
            yield PickerRow(
                title,
                aside or typed_form(command),
                about or command.help,
                None if value is None else (command.id, value),
            )
        return
    if not argument:
        yield PickerRow(command.label, typed_form(command), command.help, None)
        return
    try:
        filter_ = session.read_filter(kind, argument)
    except ConflictError as error:
        yield PickerRow(error.message, typed_form(command), error.hint, None)
        return
    yield PickerRow(
        f"{command.label}: {filter_.label}",
        typed_form(command),
        command.help,
        (command.id, argument),
    )


def _complete_subject(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    if not argument:
        yield PickerRow(command.label, typed_form(command), command.help, (command.id, ""))
        return
    for named in session.named(argument):
        if named.kind is not NamedKind.SOURCE:
            about = f"All names: {named.names}{named.distinction}"
            yield PickerRow(named.name, named.apart or named.kind, about, (command.id, named.id))


def _complete_rule(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    for rule in DateRule:
        if argument.lower() in rule:
            yield PickerRow(f"by {rule}", "rule", command.help, (command.id, rule.value))


def _complete_saved(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    for saved in session.saved_filters():
        if argument.lower() in saved.name.lower():
            filters = " ".join(filter_.label for filter_ in saved.chips)
            yield PickerRow(saved.name, "saved filter", filters, (command.id, saved.name))


def _complete_sort(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    for sort in Sort:
        if argument.lower() in sort:
            yield PickerRow(f"by {sort}", "sort", command.help, (command.id, sort.value))


def _complete_field(_: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    for field in Field:
        if argument.lower() in field:
            yield PickerRow(
                f"{command.label}: {field}", "field", command.help, (command.id, field.value)
            )


def _complete_column(_: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    if not argument:
        yield PickerRow(command.label, typed_form(command), command.help, (command.id, ""))
    for name, about in (
        (BY_WIDTH, ABOUT_BY_WIDTH),
        *((one, COLUMNS[one].about) for one in COLUMNS),
    ):
        if argument and argument.lower() in name:
            yield PickerRow(f"columns {name}", "column", about, (command.id, str(name)))


COMPLETERS: Mapping[Completion, Completer] = {
    Completion.FILE: complete_file,
    Completion.SUBJECT: _complete_subject,
    Completion.SORT: _complete_sort,
    Completion.FIELD: _complete_field,
    Completion.COLUMN: _complete_column,
    Completion.DATE_RULE: _complete_rule,
    Completion.SAVED_FILTER: _complete_saved,
}
"""What completes an argument of each sort."""
