"""Windows over the screen, each asking for one thing."""
