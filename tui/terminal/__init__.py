"""The cells that the terminal shows, and the shortest way to those that it is to show."""
