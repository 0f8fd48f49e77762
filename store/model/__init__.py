"""The records of a case: plain, frozen, without I/O."""
