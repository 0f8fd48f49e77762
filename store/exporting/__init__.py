"""The writing of what leaves an open archive, shared by the command and the screen."""
