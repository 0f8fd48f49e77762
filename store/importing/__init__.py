"""Importing data sets into an open archive: what every front of it does."""
