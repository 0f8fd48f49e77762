"""Commands without a screen: data on stdout, messages on stderr."""
