"""What each command does on the screen."""
