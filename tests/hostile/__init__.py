"""What adversaries write, and how the program takes it."""
