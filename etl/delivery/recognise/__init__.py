"""What a delivered file is, before it is believed: encoding, grid, columns, and whether it lies shifted."""
