"""Benchmarks: measured and told, never asserted."""
