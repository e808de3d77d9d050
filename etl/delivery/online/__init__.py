"""Deliveries over HTTP: handed in and decided as the caller's role, worked in a process beside."""
