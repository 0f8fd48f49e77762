"""How the argument of each command is completed in the palette.

All of it may run in any thread: it asks the session and touches no widget.
"""

from collections.abc import Callable, Iterator, Mapping

from store.errors import ConflictError
from store.model.labels import count_text
from store.model.vocabulary import EVENT_TYPES, FLAGS, DateRule
from store.queries.filters import ANY, MADE, MARKED, SUPPORTS, FilterKind
from store.queries.search import NamedRecord
from store.queries.timeline import Sort
from tui.commands.registry import BY_FILTER, Command, Completion, typed_form
from tui.dialogs.file_names import complete_file
from tui.dialogs.picker import PickerRow
from tui.session.session import Session

Completer = Callable[[Session, Command, str], Iterator[PickerRow]]


def complete(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    """The rows for a typed command: what its argument can be."""
    if command.completion is not None:
        return COMPLETERS[command.completion](session, command, argument)
    if command.filter is not None:
        return _OF_FILTER.get(command.filter, _complete_filter)(session, command, argument)
    return _as_typed(session, command, argument)


def complete_name(session: Session, typed: str) -> Iterator[PickerRow]:
    """The filters by an actor, place or source whose name begins so."""
    if len(typed) < 2:
        return
    for named in session.named(typed):
        about = f"Filter by {named.names}{_id_of(named)}"
        command = BY_FILTER[named.kind]
        yield PickerRow(named.name, named.apart or named.kind, about, (command.id, named.id))


def _id_of(named: NamedRecord) -> str:
    """The id, and what tells it from others, where the name alone could be another's."""
    return f" ({named.apart}: {named.id})" if named.apart else ""


def _as_typed(_: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    title = f"{command.label}: {argument}" if argument else command.label
    yield PickerRow(title, typed_form(command), command.help, (command.id, argument))


def _complete_filter(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    """The filter that is typed, or why it is none."""
    if not argument:
        yield PickerRow(command.label, typed_form(command), command.help, None)
        return
    assert command.filter is not None
    try:
        chip = session.chip(command.filter, argument)
    except ConflictError as error:
        yield PickerRow(error.message, typed_form(command), error.hint, None)
        return
    yield PickerRow(
        f"{command.label}: {chip.label}", typed_form(command), command.help, (command.id, argument)
    )


def _complete_name(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    for named in session.named(argument, command.filter):
        yield _named_row(named, command)


def _named_row(named: NamedRecord, command: Command) -> PickerRow:
    about = f"All names: {named.names}{_id_of(named)}"
    return PickerRow(named.name, named.apart or named.kind, about, (command.id, named.id))


def _complete_subject(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    if not argument:
        yield PickerRow(command.label, typed_form(command), command.help, (command.id, ""))
        return
    for named in session.named(argument):
        if named.kind is not FilterKind.SOURCE:
            yield _named_row(named, command)


def _complete_type(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    for event_type, row in EVENT_TYPES.items():
        if argument.lower() in row.label:
            yield PickerRow(row.label, "type", command.help, (command.id, event_type.value))


def _complete_support(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    for name, backing in SUPPORTS.items():
        if argument.lower() in name:
            yield PickerRow(
                name, "support", f"Only events where {backing.meaning}.", (command.id, name)
            )


def _complete_dataset(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    for one in session.datasets():
        if argument.lower() in one.label.lower():
            yield PickerRow(
                one.label, count_text(one.rows, "row"), command.help, (command.id, one.id)
            )


def _complete_marked(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    for name, backing in MARKED.items():
        if argument.lower() in name:
            yield PickerRow(
                name, "marked", f"Only events where {backing.meaning}.", (command.id, name)
            )


def _complete_flag(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    without, wanted = _excluded(argument)
    meanings = [(ANY, "anything is odd about the row"), *FLAGS.items()]
    for name, meaning in meanings:
        if wanted in name.replace("-", " "):
            which = f"Only events where {'it is not so that ' * bool(without)}{meaning}."
            yield PickerRow(without + name, "flag", which, (command.id, without + name))


def _complete_made(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    without, wanted = _excluded(argument)
    for name, backing in MADE.items():
        if wanted in name.replace("-", " "):
            which = f"Only events where {'it is not so that ' * bool(without)}{backing.meaning}."
            yield PickerRow(without + name, "made by", which, (command.id, without + name))


def _excluded(argument: str) -> tuple[str, str]:
    """The `!` before what is typed, and the rest as it is looked for."""
    rest = argument.lstrip("!").strip().lower().replace("-", " ")
    return "!" if argument.startswith("!") else "", rest


def _complete_rule(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    for rule in DateRule:
        if argument.lower() in rule:
            yield PickerRow(f"by {rule}", "rule", command.help, (command.id, rule.value))


def _complete_saved(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    for saved in session.saved_filters():
        if argument.lower() in saved.name.lower():
            chips = " ".join(chip.label for chip in saved.chips)
            yield PickerRow(saved.name, "saved filter", chips, (command.id, saved.name))


def _complete_tag(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    known = session.tags()
    for name, number in known.items():
        if argument.lower() in name.lower():
            yield PickerRow(
                f"#{name}", count_text(number, "record"), command.help, (command.id, name)
            )
    if not known:
        yield PickerRow("The case has no tags.", typed_form(command), command.help, None)


def _complete_sort(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    for sort in Sort:
        if argument.lower() in sort:
            yield PickerRow(f"by {sort}", "sort", command.help, (command.id, sort.value))


COMPLETERS: Mapping[Completion, Completer] = {
    Completion.FILE: complete_file,
    Completion.SUBJECT: _complete_subject,
    Completion.SORT: _complete_sort,
    Completion.DATE_RULE: _complete_rule,
    Completion.SAVED_FILTER: _complete_saved,
}
"""What completes an argument of each sort."""

_OF_FILTER: Mapping[FilterKind, Completer] = {
    FilterKind.ACTOR: _complete_name,
    FilterKind.PLACE: _complete_name,
    FilterKind.SOURCE: _complete_name,
    FilterKind.TYPE: _complete_type,
    FilterKind.SUPPORT: _complete_support,
    FilterKind.DATASET: _complete_dataset,
    FilterKind.FLAG: _complete_flag,
    FilterKind.MADE: _complete_made,
    FilterKind.TAG: _complete_tag,
    FilterKind.MARKED: _complete_marked,
}
