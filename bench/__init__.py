"""The benchmarks of `make bench`: measurements of the running program, with budgets."""
