"""The name and the tag by which conflicts of two merged copies of a case are found."""

MERGER = "merge of two copies"
"""The author of the notes that tell of conflicts."""

TAG = "merge-conflict"
"""The tag of a record with a conflict that nobody has ruled on; ruling on it takes it off."""
