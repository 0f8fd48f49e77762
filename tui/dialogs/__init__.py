"""Windows over the screen, each of which asks for one thing."""
