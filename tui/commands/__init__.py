"""The commands, each with all that describes it."""
