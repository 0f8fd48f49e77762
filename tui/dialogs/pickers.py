"""The lists in the windows over the screen: commands, keys, events and more."""

from collections.abc import Callable, Iterator, Sequence

from store.analysis.readings import GLYPHS
from store.errors import ConflictError
from store.model.dates import long_or_latest
from store.model.labels import count_text
from store.model.vocabulary import EVENT_TYPES, FLAGS, DateRule
from store.queries.datasets import SetRow
from store.queries.filters import ANY, MADE, MARKED, SUPPORTS, FilterKind
from store.queries.search import NamedRecord
from store.queries.timeline import Sort, TimelineRow
from tui.commands.registry import BY_ID, COMMANDS, Command, in_pane, shown_keys, typed_form
from tui.dialogs.file_names import complete_file
from tui.dialogs.picker import Picker, PickerRow
from tui.dialogs.signs import SIGNS
from tui.session.session import Session
from tui.session.views import DisputeSummary

TYPED = {command.typed: command for command in COMMANDS if command.typed}
"""The commands by the word that is typed for them."""

CHIP_OF_COMMAND = {
    "filter.actor": FilterKind.ACTOR,
    "filter.place": FilterKind.PLACE,
    "filter.source": FilterKind.SOURCE,
    "filter.type": FilterKind.TYPE,
    "filter.date": FilterKind.DATE,
    "filter.support": FilterKind.SUPPORT,
    "filter.dataset": FilterKind.DATASET,
    "filter.flag": FilterKind.FLAG,
    "filter.made": FilterKind.MADE,
    "filter.tag": FilterKind.TAG,
    "filter.marked": FilterKind.MARKED,
    "filter.words": FilterKind.WORDS,
}

TAKE_FILES = ("import", "attach")
"""The commands for which a file is typed."""

TYPED_FOR = {kind: BY_ID[id_].typed for id_, kind in CHIP_OF_COMMAND.items()}
"""What is typed for each kind of chip."""


def help_window(pane: str) -> Picker:
    """The keys that do something in a pane, by purpose."""
    commands = list(in_pane(pane))

    def rows(typed: str) -> Sequence[PickerRow]:
        words = typed.lower().split()
        return [
            PickerRow(command.label, shown_keys(command), command.help, command.id, command.group)
            for command in commands
            if all(word in _searched(command) for word in words)
        ] + list(_signs(words))

    named = {"compare": "comparing", "who": "who says so"}.get(pane, f"the {pane}")
    return Picker(f"Keys and signs: {named}", rows, ask="find a key or a sign", aside_first=18)


def _signs(words: Sequence[str]) -> Iterator[PickerRow]:
    """The signs on the screen with their meanings."""
    for sign, name, meaning in SIGNS:
        if all(word in f"{sign} {name} {meaning} signs legend".lower() for word in words):
            yield PickerRow(name, sign, meaning, None, "Signs")


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
        PickerRow(one.label, count_text(one.rows, "row"), ". ".join(_about_set(one)), one.id)
        for one in found
    ]
    return Picker("Data sets", lambda _: picks, empty="The case has no rows of data sets.")


def _about_set(one: SetRow) -> Iterator[str]:
    """The licence of a data set, its counts, what is odd about it, and its citation."""
    passed = "may be passed on" if one.redistributable else "not to be passed on"
    yield f"{one.licence or 'Licence not stated'}, {passed}"
    machine = f", {one.machine:,} made by a machine" if one.machine else ""
    yield f"{count_text(one.rows, 'event')}, {count_text(one.articles, 'article')}{machine}"
    if one.flagged:
        yield f"{count_text(one.flagged, 'flagged row')}: {', '.join(one.flags)}"
    if one.citation:
        yield f"Cite: {one.citation}"


def palette_window(session: Session, typed: str = "") -> Picker:
    """All commands, and typed ones with an argument: `actor HTS`, `date 2024-11-29..`.

    The value of a row is a pair: the command's id and its argument.
    """

    def rows(typed: str) -> Sequence[PickerRow]:
        word, blank, argument = typed.lstrip(" :").partition(" ")
        command = TYPED.get(word.lower())
        if command is not None and (blank or not command.argument):
            found = list(_typed_rows(session, command, argument.strip()))
            return found or list(_commands(typed))
        return [*_commands(typed.lstrip(" :")), *_names(session, typed.strip(" :"))]

    return Picker(
        "Commands",
        rows,
        ask="a command, or a name",
        typed=typed,
        empty="No such command.",
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


def _names(session: Session, typed: str) -> Iterator[PickerRow]:
    if len(typed) < 2:
        return
    for named in session.named(typed):
        command = next(id_ for id_, kind in CHIP_OF_COMMAND.items() if kind is named.kind)
        about = f"Filter by {named.names}{_id_of(named)}"
        yield PickerRow(named.name, named.apart or named.kind, about, (command, named.id))


def _id_of(named: NamedRecord) -> str:
    """The id and what distinguishes it, if another record could have the same name."""
    return f" ({named.apart}: {named.id})" if named.apart else ""


def _typed_rows(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    """The rows for a typed command: its possible arguments."""
    complete = _COMPLETE.get(command.id)
    if complete is not None:
        yield from complete(session, command, argument)
        return
    is_chip = command.id in CHIP_OF_COMMAND
    if not argument:
        yield PickerRow(
            command.label,
            typed_form(command),
            command.help,
            None if is_chip else (command.id, ""),
        )
        return
    if not is_chip:
        title = f"{command.label}: {argument}"
        yield PickerRow(title, typed_form(command), command.help, (command.id, argument))
        return
    try:
        chip = session.chip(CHIP_OF_COMMAND[command.id], argument)
    except ConflictError as error:
        yield PickerRow(error.message, typed_form(command), error.hint, None)
        return
    yield PickerRow(
        f"{command.label}: {chip.label}", typed_form(command), command.help, (command.id, argument)
    )


def _complete_name(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    for named in session.named(argument, CHIP_OF_COMMAND[command.id]):
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
    """The `!` before the typed text, and the rest as it is searched."""
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


_COMPLETE: dict[str, Callable[[Session, Command, str], Iterator[PickerRow]]] = {
    "filter.actor": _complete_name,
    "filter.place": _complete_name,
    "filter.source": _complete_name,
    "compare": _complete_subject,
    "filter.type": _complete_type,
    "filter.support": _complete_support,
    "filter.dataset": _complete_dataset,
    "filter.flag": _complete_flag,
    "filter.made": _complete_made,
    "filter.tag": _complete_tag,
    "filter.marked": _complete_marked,
    "sort": _complete_sort,
    "date_rule": _complete_rule,
    "filter.open": _complete_saved,
    **dict.fromkeys(TAKE_FILES, complete_file),
}
