"""`python -m tui` is `conflict-tui`."""

from tui.cli import main

main()
