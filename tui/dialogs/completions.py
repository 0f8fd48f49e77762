"""Completion of the arguments of commands in the palette.

All of it may run in any thread: it asks the session and touches no widget.
"""

from collections.abc import Callable, Iterator, Mapping

from store.errors import ConflictError
from store.model.case_address import is_address
from store.model.vocabulary import EVENT_TYPES, DateRule
from store.queries.event_sort import Sort
from store.queries.filter_row import Suggestion
from store.queries.filters import COMPARES, KINDS, Filter, FilterKind
from store.queries.frequency import Field
from store.queries.search import NamedKind
from tui.commands.registry import BY_FILTER, THEME_NAMES, Command, Completion, typed_form
from tui.dialogs.file_names import complete_file
from tui.dialogs.new_files import complete_dossier, complete_export
from tui.dialogs.picker import PickerRow
from tui.session.columns import ABOUT_BY_WIDTH, BY_WIDTH, COLUMNS
from tui.session.filter_line import Clause, clauses, replaced
from tui.session.recent_cases import place_of, recent_cases
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
    """The filters by a date or a number killed, or by what has a name that begins so."""
    if len(typed) < 2:
        return
    yield from _bare_value(session, typed)
    for named in session.named(typed):
        about = f"Filter by {named.names}{named.distinction}"
        command = BY_FILTER[KINDS[named.kind]]
        yield PickerRow(named.name, named.apart or named.kind, about, (command.id, named.id))


def _bare_value(session: Session, typed: str) -> Iterator[PickerRow]:
    """The filter by a date, or by a number killed (`>20`), that is typed without its word."""
    kind = FilterKind.DATE if typed[0].isdigit() else FilterKind.KILLED
    if not typed[0].isdigit() and typed[0] not in COMPARES:
        return
    command = BY_FILTER[kind]
    try:
        found = session.read_filter(kind, typed)
    except ConflictError:
        return
    yield PickerRow(
        f"{command.label}: {found.label}", typed_form(command), command.help, (command.id, typed)
    )


def _as_typed(_: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    if argument and not command.argument:
        why = f":{command.typed} is complete without “{argument}”."
        yield PickerRow(why, typed_form(command), command.help, None)
        return
    title = f"{command.label}: {argument}" if argument else command.label
    yield PickerRow(title, typed_form(command), command.help, (command.id, argument))


def _complete_filter(
    session: Session, command: Command, first: FilterKind, line: str
) -> Iterator[PickerRow]:
    """The filters that a typed line can become; the reason if it can become none.

    Of several filters each but the last must be clear, or its choices are listed first.
    """
    *before, last = clauses(first, line)
    read: list[Filter] = []
    for clause in before:
        try:
            read.append(session.read_filter(clause.kind, clause.argument))
        except ConflictError as error:
            yield from _unclear(session, command, line, clause, error)
            return
    known = "".join(f"{filter_.text()}  " for filter_ in read)
    for title, aside, about, value in _last_filter(session, last):
        shown = f"{known}{Filter(last.kind, '', title).text()}"
        if not read:  # names say enough alone
            label = f"{BY_FILTER[last.kind].label}: "
            shown = title if last.kind.row.parse is None else label + title
        yield PickerRow(
            title if value is None else shown,
            aside or typed_form(command),
            about or BY_FILTER[last.kind].help,
            None if value is None else (command.id, replaced(line, last, value)),
        )


def _last_filter(session: Session, clause: Clause) -> Iterator[Suggestion]:
    """The filters that the last one of a line can become; only the reason if it can become none."""
    kind, argument = clause.kind, clause.argument
    if kind.row.parse is None and (found := session.suggestions(kind, argument)):
        yield from found
        return
    if not argument:
        yield Suggestion(BY_FILTER[kind].label, "", "", None)
        return
    try:
        filter_ = session.read_filter(kind, argument)
    except ConflictError as error:
        yield Suggestion(error.message, "", error.hint, None)
        return
    yield Suggestion(filter_.label, "", "", argument)


def _unclear(
    session: Session, command: Command, line: str, clause: Clause, error: ConflictError
) -> Iterator[PickerRow]:
    """The choices for a filter in the middle of a line; the reason if there are none.

    If the others are clear the choice filters; else the palette asks what else the line can mean.
    """
    others = [one for one in clauses(command.filter or clause.kind, line) if one != clause]
    clear = all(_is_clear(session, one) for one in others)
    found = session.suggestions(clause.kind, clause.argument) if clause.kind.row.suggest else ()
    if not found:
        yield PickerRow(error.message, typed_form(command), error.hint, None)
    for title, aside, about, value in found:
        if value is not None:
            whole = replaced(line, clause, value)
            then = (command.id, whole) if clear else ("palette", f"{command.typed} {whole}")
            yield PickerRow(f"{clause.kind}: {title}", aside, about, then)


def _is_clear(session: Session, clause: Clause) -> bool:
    try:
        session.read_filter(clause.kind, clause.argument)
    except ConflictError:
        return False
    return True


def _complete_subject(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    if not argument:
        yield PickerRow(command.label, typed_form(command), command.help, (command.id, ""))
        return
    sources = command.completion is Completion.NAME
    for named in session.named(argument):
        if sources or named.kind is not NamedKind.SOURCE:
            about = f"All names: {named.names}{named.distinction}"
            yield PickerRow(named.name, named.apart or named.kind, about, (command.id, named.id))


def _complete_type(_: Session, command: Command, begun: str) -> Iterator[PickerRow]:
    for kind, row in EVENT_TYPES.items():
        if kind.startswith(begun.lower()) or begun.lower() in row.label:
            yield PickerRow(
                f"{command.label}: {row.label}", row.glyph, command.help, (command.id, kind)
            )


def _complete_rule(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    for rule in DateRule:
        if argument.lower() in rule:
            yield PickerRow(f"by {rule}", "rule", command.help, (command.id, rule.value))


def _complete_saved(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    for saved in session.saved_filters():
        if argument.lower() in saved.name.lower():
            filters = " ".join(filter_.label for filter_ in saved.chips)
            yield PickerRow(saved.name, "saved filter", filters, (command.id, saved.name))


def _complete_case(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    if is_address(argument):
        yield PickerRow(argument, "on a server", command.help, (command.id, argument))
        return
    for case in recent_cases():
        if argument.lower() in case.name.lower():
            yield PickerRow(case.name, place_of(case), command.help, (command.id, str(case)))
    yield from complete_file(session, command, argument)


def _complete_sort(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    for sort in Sort:
        if argument.lower() in sort:
            yield PickerRow(f"by {sort}", "sort", command.help, (command.id, sort.value))


def _complete_theme(_: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    if not argument:
        yield PickerRow(command.label, typed_form(command), command.help, (command.id, ""))
    for name in THEME_NAMES:
        if argument.lower() in name:
            yield PickerRow(name, "theme", command.help, (command.id, name))


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
    Completion.CASE: _complete_case,
    Completion.EXPORT: complete_export,
    Completion.DOSSIER: complete_dossier,
    Completion.SUBJECT: _complete_subject,
    Completion.NAME: _complete_subject,
    Completion.SORT: _complete_sort,
    Completion.FIELD: _complete_field,
    Completion.COLUMN: _complete_column,
    Completion.DATE_RULE: _complete_rule,
    Completion.EVENT_TYPE: _complete_type,
    Completion.SAVED_FILTER: _complete_saved,
    Completion.THEME: _complete_theme,
}
"""What completes an argument of each sort."""
