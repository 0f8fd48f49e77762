"""Articles read from the bytes of a file: one module a format, and what was left out of each."""
