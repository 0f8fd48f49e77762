"""Pure functions over records: what follows from the claims of an event."""
