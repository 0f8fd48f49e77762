"""The actions of the commands on the screen."""
