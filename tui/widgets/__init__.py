"""Building blocks of the panes."""
