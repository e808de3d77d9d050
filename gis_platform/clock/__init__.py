"""Now, working days, and when something is due."""
