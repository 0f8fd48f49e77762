"""A case in PostgreSQL, and the copy of it on each desk that follows its log."""
