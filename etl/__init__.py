"""Data in: delivered files, bulk loading, and the demo city."""
