"""Hostile input, and the program's response to it."""
