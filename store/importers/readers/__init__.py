"""Readers of files that are not plain text; they run in a process of their own."""
