"""The import of data sets into an open archive, shared by the command and the screen."""
