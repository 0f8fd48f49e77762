"""Crash tests: the data lost by an archive, and by stock TinyDB, when something fails.

`python -m bench.crash [--runs N] [--seed N] [PART …]`; each part is a module.
"""
