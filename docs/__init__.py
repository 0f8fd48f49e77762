"""The documentation: pages, the parts of them that are made, and the checks."""
