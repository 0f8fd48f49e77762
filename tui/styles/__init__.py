"""The styles: two themes, and a small style sheet for each part of the screen."""
