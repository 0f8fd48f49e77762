"""Reading of the words of a text by rules: its dates and its sentences. Pure functions."""
