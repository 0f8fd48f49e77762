"""An open case and where its user is in it, without Textual."""
