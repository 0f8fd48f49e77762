"""What the words of a text say, read by rules: its dates and its sentences. Pure functions."""
