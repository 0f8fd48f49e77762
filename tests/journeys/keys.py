"""The keys that a person may press."""

import string

from tui.commands.registry import COMMANDS, OVERLAY_COMMANDS

QUITTING = frozenset(
    key for command in COMMANDS if command.id in ("quit", "suspend") for key in command.keys
)

REGISTERED = [key for command in COMMANDS for key in command.keys if key not in QUITTING]
"""Every key of the registry but those that quit."""

SAFE_KEYS = [
    *REGISTERED,
    *(key for command in OVERLAY_COMMANDS for key in command.keys if key not in QUITTING),
    *(letter for letter in string.printable if letter.isprintable() and letter not in QUITTING),
]
"""Those, those of the windows, and everything else that writes a letter."""
