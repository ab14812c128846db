"""Writes FIT files, for the demo, the benchmarks and the tests."""
