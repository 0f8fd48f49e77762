"""One module a question: each is given a connection to the index and returns frozen rows."""
