"""The type of a kind of filter: one row of the table in `store.queries.filters`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from store.errors import UsageError
from store.reader import Reader


class Choice(NamedTuple):
    """One of the few values of a kind of filter.

    `meaning` goes on from "Only events where". `title` lists it, `label` shows
    it as a filter; both are the value where they are empty. `sql` is its own
    condition, in place of that of the kind.
    """

    value: str
    meaning: str = ""
    title: str = ""
    label: str = ""
    sql: str = ""


class FilterValue(NamedTuple):
    """The meaning of a typed text: the value that is kept, and what is shown."""

    value: str
    label: str


class Suggestion(NamedTuple):
    """An argument that a filter can have, and words about it; `value` is None if it has none."""

    title: str
    aside: str
    about: str
    value: str | None


def _value_alone(value: str) -> tuple[object, ...]:
    return (value,)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterRow:
    """All about a kind of filter: commands, completion, options, help and SQL follow from it.

    `name` is its option and its name in a saved filter, `typed` its word in the
    palette where that is another. `help` is said in the palette, and
    `option_help` of the option where that says more.

    A text is understood by `choices`, where the values are few (`refusal` begins
    the message where it is none of them, and `aside` stands beside a choice in
    the palette); else by `find`, where it means a record of the case; else by
    `parse`. Both raise `ConflictError`. `suggest` gives what a text that was
    begun can become.

    `sql` is a condition on `events`, and `parameters` fill it from a value; where the
    condition itself depends on the value, `condition_of` gives both.
    With `excludes`, `!` before the text negates it. With `single`, a newer filter takes the
    place of an older; with `narrows`, several are all to hold, where of other
    kinds one is enough.
    """

    name: str
    argument: str
    label: str
    help: str
    typed: str = ""
    option_help: str = ""
    choices: tuple[Choice, ...] = ()
    refusal: str = ""
    aside: str = ""
    find: Callable[[Reader, str], FilterValue] | None = None
    parse: Callable[[str], FilterValue] | None = None
    suggest: Callable[[Reader, str], Iterator[Suggestion]] | None = None
    sql: str = ""
    parameters: Callable[[str], tuple[object, ...]] = _value_alone
    condition_of: Callable[[str], tuple[str, tuple[object, ...]]] | None = None
    excludes: bool = False
    single: bool = False
    narrows: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """The values of the choices."""
        return tuple(choice.value for choice in self.choices)

    def chosen(self, text: str) -> FilterValue:
        """The choice that a text names by value or label; raises `UsageError` for another."""
        wanted = text.strip().lower().replace(" ", "-")
        for choice in self.choices:
            label = choice.label or choice.value
            if wanted in (choice.value, label.replace(" ", "-")):
                return FilterValue(choice.value, label)
        raise UsageError(f"{self.refusal} {text!r}", f"one of {', '.join(self.values)}")

    def condition(self, value: str) -> tuple[str, tuple[object, ...]]:
        """The condition on `events` for a value, in SQL, and its parameters."""
        for choice in self.choices:
            if choice.value == value and choice.sql:
                return choice.sql, ()
        if self.condition_of is not None:
            return self.condition_of(value)
        return self.sql, self.parameters(value)
