"""A case as text: a folder of TOML files and articles, for an editor."""
