"""Construction permits over HTTP."""
