"""What `make bench` runs: the program measured from outside, beside its budgets."""
