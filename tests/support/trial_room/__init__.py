"""A room of one small workflow that has what the real ones may not have yet."""
