"""The records of a case: plain frozen values, without I/O."""
