"""Watching the sources: what each owes, how well it keeps to it, and whom to tell."""
