"""The registry: every command works, explains itself, and has its keys to itself."""

from collections import Counter

import pytest

from store.queries.filters import FilterKind
from tui.commands.registry import (
    BY_FILTER,
    BY_ID,
    BY_TYPED,
    COMMANDS,
    OVERLAY_COMMANDS,
    PANES,
    VIEWS,
    Command,
    Completion,
    Group,
    in_pane,
    shown_key,
    shown_keys,
    typed_form,
)
from tui.dialogs.completions import COMPLETERS
from tui.dialogs.picker import Picker
from tui.screens.explore import ExploreScreen

every_command = pytest.mark.parametrize(
    "command", [*COMMANDS, *OVERLAY_COMMANDS], ids=lambda command: command.id
)


def test_every_command_is_handled_and_nothing_else_is() -> None:
    assert ExploreScreen().dispatcher.handled == frozenset(BY_ID)


def test_every_key_is_bound_to_its_command() -> None:
    bound = {(one.key, one.action) for one in ExploreScreen.BINDINGS}  # type: ignore[union-attr]
    wanted = {(key, f"command('{one.id}')") for one in COMMANDS for key in one.keys}
    assert bound == wanted


def test_every_key_of_the_windows_is_bound_to_its_command() -> None:
    bound = {(one.key, one.action) for one in Picker.BINDINGS}  # type: ignore[union-attr]
    wanted = {(key, f"list('{one.id}')") for one in OVERLAY_COMMANDS for key in one.keys}
    assert bound == wanted


@pytest.mark.parametrize("pane", PANES)
def test_no_two_commands_share_a_key_in_a_pane(pane: str) -> None:
    keys = Counter(key for command in in_pane(pane) for key in command.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_two_commands_of_the_windows_share_a_key() -> None:
    keys = Counter(key for command in OVERLAY_COMMANDS for key in command.keys)
    assert set(keys.values()) == {1}


def test_no_two_commands_share_an_id_or_a_typed_word() -> None:
    assert len(BY_ID) == len(COMMANDS)
    words = [word for one in COMMANDS for word in (one.typed, *one.aliases) if word]
    assert len(BY_TYPED) == len(words)


@every_command
def test_a_command_says_what_it_does(command: Command) -> None:
    assert command.label[0].isupper()
    assert command.help.endswith(".")
    assert len(command.help) > len("Up.")
    assert set(command.panes) <= {*PANES, *VIEWS}


@every_command
def test_a_command_can_be_reached(command: Command) -> None:
    assert command.keys or command.typed
    assert shown_keys(command)


@every_command
def test_keys_that_terminals_and_multiplexers_take_are_left_to_them(command: Command) -> None:
    taken = {"ctrl+j", "ctrl+o", "ctrl+s", "ctrl+h", "ctrl+i", "ctrl+m", "f1", "f11"}
    assert not taken & set(command.keys)


def test_every_kind_of_filter_can_be_typed() -> None:
    assert set(BY_FILTER) == set(FilterKind)
    for kind, command in BY_FILTER.items():
        assert command.typed == {FilterKind.TAG: "tagged"}.get(kind, kind)
        assert command.argument


def test_every_sort_of_completion_has_its_completer() -> None:
    assert set(COMPLETERS) == set(Completion)


def test_every_command_that_changes_the_case_is_said_to() -> None:
    seen = {"log", "said", "entity.page"}  # they show, and change nothing by themselves
    seen |= {"mark", "mark.range", "unmark", "gazetteer", "coding"}  # nor do these change the case
    selecting = {one.id for one in COMMANDS if one.id.startswith("select")}
    changing = {one.id for one in COMMANDS if one.changes_case}
    groups = (Group.CASE, Group.CODE)
    assert changing == {one.id for one in COMMANDS if one.group in groups} - seen - selecting


def test_only_what_needs_no_case_waits_for_nothing() -> None:
    free = {one.id for one in COMMANDS if not one.needs_case}
    assert free == {"quit", "interrupt", "suspend", "redraw", "help", "theme"}
    assert not any(BY_ID[id_].waits_for_panes or BY_ID[id_].changes_case for id_ in free)


@pytest.mark.parametrize(
    ("key", "shown"),
    [("down", "↓"), ("enter", "Enter"), ("ctrl+d", "Ctrl+D"), ("alt+left", "Alt+←"), ("?", "?")],
)
def test_a_key_is_written_for_people(key: str, shown: str) -> None:
    assert shown_key(key) == shown


def test_the_typed_form_names_the_argument() -> None:
    assert typed_form(BY_ID["filter.actor"]) == ":actor NAME"
    assert typed_form(BY_ID["filter.clear"]) == ":all"
    assert typed_form(BY_ID["move.down"]) == ""
