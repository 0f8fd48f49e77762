"""A case as SQL tables: the index that every query reads, and a database of its own."""
