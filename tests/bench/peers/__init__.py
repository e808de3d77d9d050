"""Other servers over the same database, each set up as fast as its documents say it can be."""
