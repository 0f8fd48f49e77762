"""A form of fields with offered values; taking an offer is a person's act, leaving a field is none.

It knows no terminal: `tui.dialogs.form` draws it and passes on the keys.
"""

import json
from collections.abc import Callable, Sequence
from enum import StrEnum, auto
from typing import NamedTuple


class Choice(NamedTuple):
    """A value that a field can have: its words, the value itself, and why it is offered.

    `typed` are the words that mean it when they are read again; empty if the `shown` do. `hint`
    stands beside it and says how it came about.
    """

    shown: str
    value: object
    why: str = ""
    typed: str = ""
    hint: str = ""

    @property
    def words(self) -> str:
        """The words to type for this value."""
        return self.typed or self.shown


class Among(NamedTuple):
    """Several values that typed words may mean, of which a person chooses one.

    Each choice comes with what stands beside it.
    """

    name: str
    choices: tuple[tuple[Choice, str], ...]


class Way(StrEnum):
    """The ways in which a field is filled: typed, or chosen among rows that typing narrows."""

    TYPED = auto()
    CHOSEN = auto()


class Field:
    """One field: what was taken, what is offered, and what is wrong with what was typed."""

    def __init__(
        self,
        key: str,
        label: str,
        help: str,
        *,
        way: Way = Way.TYPED,
        needed: bool = False,
        usual: str = "",
        quiet: bool = False,
    ) -> None:
        """`usual` is shown where nothing was taken: what an empty field means.

        The offers of a `quiet` field are shown, and the cursor does not stop at them.
        """
        self.key = key
        self.label = label
        self.help = help
        self.way = way
        self.needed = needed
        self.usual = usual
        self.quiet = quiet
        self.taken: Choice | None = None
        self.offers: Sequence[Choice] = ()
        self.unread = ""
        """Words that were typed, or found in a draft, and are not read yet."""
        self.error = ""
        self._at = 0

    @property
    def words(self) -> str:
        """The words of the field, read or not; empty without any."""
        return self.unread or (self.taken.words if self.taken else "")

    @property
    def offer(self) -> Choice | None:
        """The offered value that Enter takes; None once one is taken or typed, or without any."""
        if self.taken is not None or self.unread or not self.offers:
            return None
        return self.offers[self._at]

    @property
    def place(self) -> str:
        """`2/3`: which of several offers is shown, or was taken; empty for one."""
        shown = self.offer or self.taken
        if len(self.offers) < 2 or shown not in self.offers:
            return ""
        return f"{self.offers.index(shown) + 1}/{len(self.offers)}"

    @property
    def is_open(self) -> bool:
        """True if the cursor is to stop here: for an offer, a needed value, or words not read."""
        offered = self.offer is not None and not self.quiet
        return bool(self.unread) or offered or (self.needed and self.taken is None)

    def turn(self, by: int) -> None:
        """Show another offer; a value that is none of them is given back first.

        Words that are not read yet stay.
        """
        if self.unread or not self.offers:
            return
        taken, self.taken = self.taken, None
        if taken is not None and taken not in self.offers:
            return
        at = self.offers.index(taken) if taken is not None else self._at
        self._at = (at + by) % len(self.offers)

    def propose(self, offers: Sequence[Choice]) -> None:
        """Offer other values."""
        self.offers = offers
        self._at = 0

    def put(self, choice: Choice | None) -> None:
        """Take a value, or give it back (None)."""
        self.taken = choice
        self.unread = self.error = ""

    @property
    def value(self) -> object:
        """The value taken; None without one."""
        return self.taken.value if self.taken else None


class Form:
    """Fields in order, of which the cursor is on one; the row after the last saves."""

    def __init__(self, fields: Sequence[Field], changed: Callable[["Form", Field], None]) -> None:
        """`changed` is called after a field got another value, to adapt the others."""
        self._all = list(fields)
        self._changed = changed
        self.hidden: set[str] = set()
        self.at = 0
        self._first: dict[str, str] = {}

    def __getitem__(self, key: str) -> Field:
        return next(field for field in self._all if field.key == key)

    @property
    def fields(self) -> list[Field]:
        """The fields that are shown."""
        return [field for field in self._all if field.key not in self.hidden]

    @property
    def field(self) -> Field | None:
        """The field under the cursor; None on the row that saves."""
        shown = self.fields
        return shown[self.at] if self.at < len(shown) else None

    def draft(self) -> str:
        """The words that were filled in since the form was made, as a text; empty without any."""
        words = {
            one.key: one.words for one in self._all if one.words != self._first.get(one.key, "")
        }
        return json.dumps(words, ensure_ascii=False) if words else ""

    def go_on_with(self, draft: str) -> None:
        """Begin with the fields as they are, and the words of a draft.

        Words that mean one of the offers take it; others are to be read again. Another text is no
        draft.
        """
        self._first = {one.key: one.words for one in self._all}
        try:
            found = json.loads(draft)
        except ValueError:
            return
        words = found if isinstance(found, dict) else {}
        for one in self._all:
            if isinstance(typed := words.get(one.key), str) and typed != one.words:
                meant = [offer for offer in one.offers if offer.words == typed]
                if len(meant) == 1:
                    self.put(one, meant[0])
                else:
                    one.taken, one.unread = None, typed
        for one in self._all:  # what came with an offer, and was given back
            if one.key not in words and not self._first[one.key]:
                one.put(None)

    def move(self, by: int) -> None:
        """Move the cursor; nothing is taken."""
        self.at = max(0, min(self.at + by, len(self.fields)))

    def put(self, field: Field, choice: Choice | None) -> None:
        """Give a field a value, and adapt the others."""
        field.put(choice)
        self._changed(self, field)

    def turn(self, field: Field, by: int) -> None:
        """Show another offer of a field, and adapt the others where that gave a value back."""
        before = field.taken
        field.turn(by)
        if field.taken is not before:
            self._changed(self, field)

    def take(self) -> bool:
        """Take the offer under the cursor and go on; False if there is none to take."""
        field = self.field
        offer = field.offer if field else None
        if field is None or offer is None:
            return False
        self.put(field, offer)
        self.go_on()
        return True

    def go_on(self) -> None:
        """Move to the next field that has an offer or is needed, else to the row that saves."""
        shown = self.fields
        after = [*range(self.at + 1, len(shown)), *range(min(self.at + 1, len(shown)))]
        self.at = next((at for at in after if shown[at].is_open), len(shown))

    @property
    def missing(self) -> Field | None:
        """The first needed field without a value, or one with an error or unread words."""
        return next(
            (
                field
                for field in self.fields
                if field.error or field.unread or (field.needed and field.taken is None)
            ),
            None,
        )
