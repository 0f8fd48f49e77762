"""Everything about a case that needs a terminal."""
