"""The commands without a screen: data on stdout, words on stderr."""
