"""Benchmarks of growth from 10,000 to 10,000,000 events, with other programs for comparison."""
