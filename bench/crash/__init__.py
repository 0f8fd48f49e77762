"""What is lost when something goes wrong: of an archive, and of stock TinyDB beside it.

`python -m bench.crash [--runs N] [--seed N] [PART …]`; each part is a module.
"""
