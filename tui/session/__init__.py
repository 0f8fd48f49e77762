"""An open case and the location of its user in it, without Textual."""
