"""Deliveries over HTTP: handed in, watched, looked at and decided by data stewards."""
