"""The help of a form: its keys, and how values of each type are typed."""

from collections.abc import Mapping, Sequence

from store.coding.typed_values import FORMS
from store.model.values import Coded, Control, Count, Distance, Participant, When, Where
from tui.commands.form_keys import FIELD_COMMANDS, FORM_COMMANDS
from tui.commands.registry import shown_keys
from tui.dialogs.picker import Picker, PickerRow
from tui.dialogs.window import Avoided

_NAMES: Mapping[type, str] = {
    Count: "number",
    When: "date",
    Distance: "distance",
    Where: "place",
    Participant: "actor",
    Control: "control",
    Coded: "other",
}
"""The names of the types of values."""


def form_help_window(beside: Avoided | None) -> Picker:
    """The keys of a form, and how values of each type are typed; nothing is chosen there."""
    picks = [
        PickerRow(one.label, shown_keys(one), one.help, None, "Keys of a form")
        for one in (*FORM_COMMANDS, *FIELD_COMMANDS)
    ]
    picks += [
        PickerRow(words, _NAMES[type], words, None, "How values are typed")
        for type, words in FORMS.items()
    ]

    def rows(typed: str) -> Sequence[PickerRow]:
        words = typed.lower().split()
        return [
            pick
            for pick in picks
            if all(word in f"{pick.title} {pick.aside} {pick.about}".lower() for word in words)
        ]

    return Picker("Keys of a form", rows, ask="find a key", aside_first=18, beside=beside)
