"""Pure functions: rows and a size in, Content out."""
