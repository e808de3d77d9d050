"""Coordinate systems and the checks that tell a wrong one."""
