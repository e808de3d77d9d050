"""Planning answers that are kept: opened, signed, and remarked upon."""
