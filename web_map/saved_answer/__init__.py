"""A kept planning answer as one HTML file with a map: opens from a disk, asks nothing of any host."""

BEYOND = 0.6
"""A map can be moved: so far beyond the paper's frame its surroundings reach, as a share of its width."""
