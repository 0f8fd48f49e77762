"""The looks: two themes, and a small sheet for each part of the screen."""
