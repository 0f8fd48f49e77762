"""`python -m tui` is `conflict-tui`."""

from tui.cli.main import main

main()
